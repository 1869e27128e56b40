import type { CapRule } from "../model/cap.js";
import type { Offer } from "../model/offer.js";
import { numbered, type Row } from "../model/row.js";

const blank: Pick<Offer, "columns" | "detail"> = {
  columns: {
    external_offer_id: null,
    bundle_id: "",
    hide_payments: false,
    url: "",
    cross_postback_url: "",
    cross_postback_method: "get",
    ...{ cross_postback_body: null, url_preview: "", domain_url: "", parallel_tracking_url: "", trafficback_url: "", is_top: 0 },
    description_lang: { en: "" },
    logo: "",
    logo_source: null,
    creatives_zip: null,
    macro_url: "",
    use_https: true,
    use_http: false,
    is_cpi: false,
    strictly_country: 0,
    strictly_os: {},
    strictly_brands: [],
    strictly_connection_type: "",
    strictly_isp: [],
    ...{ restriction_isp: null, is_redirect_overcap: false, is_impression_overcap: false, notice_percent_overcap: null },
    notes: "",
    allowed_ip: "",
    disallowed_ip: "",
    hash_password: "",
    allow_deeplink: 0,
    hide_referer: 0,
    start_at: null,
    stop_at: "",
    ...{ auto_offer_connect: 0, enabled_commission_tiers: false, consider_personal_targeting_only: false, hosts_only: false },
    ...{ uniq_ip_only: false, sign_clicks_integration: "no_sign", allow_duplicate_conversions: false },
    enable_impression_sub3_uniqueness: false,
    kpi: { en: "" },
    caps_goal_overcap: "",
    allow_impressions: false,
    impressions_url: "",
    ...{ duplicate_clicks_threshold: 0, note_aff: "", note_sales: "", disabled_by: null },
    ...{ host_uniqueness_number_unique_clicks: null, host_uniqueness_time_frame: null },
    sub_accounts: { "1": { value: "", except: false }, "2": { value: "", except: false } },
  },
  detail: {
    hide_caps: 0,
    sub_restrictions: [],
    redirect_type: "http302",
    strictly_devices: [],
    disabled_choice_postback_status: false,
    search_empty_sub: 0,
    schedule: null,
    click_session: "1y",
    minimal_click_session: "0s",
    io_document: null,
    reject_not_uniq_ip: 0,
  },
};

/** The columns of an offer about which nothing has been said. Their values are replaced, never changed in place. */
export const blankColumns = (): Pick<Offer, "columns" | "detail"> => ({
  columns: { ...blank.columns },
  detail: { ...blank.detail },
});

const emptyRules = (): Row => ({
  enabled: 1,
  name: "",
  condition: "and",
  os_deny: 0,
  device_type: [],
  device_type_deny: 0,
  connection: [],
  connection_deny: 0,
  ...{ country: { allow: [], deny: [] }, region: { allow: [], deny: [] }, city: { allow: [], deny: [] }, os: { allow: [] } },
  ...{ isp: { allow: [], deny: [] }, isp_organization: [], ip: { allow: [], deny: [], ipv6_deny: 0 }, device_model: [] },
  ...{ browser_version: [], browser: { allow: [], deny: [] }, brand: { allow: [], deny: [] }, zip: [], ua: [] },
  ...{ sub: { allow: [], deny: [], deny_groups: [] }, block_proxy: 0, block_known_bots: 0, affiliate_id: [], url: "", urls: [] },
  ...{ referrer: { allow: [], deny: [], deny_empty: 0, is_regexp: 0 }, macros_replacement: [], macros_replacement_enabled: [] },
});

/** A targeting group with nothing said but what is given. */
export const asTargetingGroup = (sent: Row, id: string): Row => ({ ...emptyRules(), ...sent, id });

/** A payout rule about which nothing has been said. */
export const blankPayment = (): Row => ({
  ...{ title: "", goal: "1", total: 0, revenue: 0, countries: [], country_exclude: false, cities: [], devices: [], os: [] },
  ...{ url: null, with_regions: false },
  ...numbered("sub", Array(8).fill(null)),
  ...numbered("custom_field", Array(15).fill(null)),
});

/** A cap rule that limits ten conversions a day of all together, but for what is given. */
export const asCapRule = (given: Partial<CapRule>): CapRule => ({
  ...{ period: "day", type: "conversions", value: 10, goal_type: "all", goals: [], affiliate_type: "all", affiliates: [] },
  ...{ country_type: "all", country: [], sub_number: null, sub_value: [] },
  ...given,
});

/** A step of a payout ladder with nothing said but what is given. */
export const asTier = (given: Row, id: string): Row => ({
  ...{ id, timeframe: "month", type: "conversions", value: 0, modifier_value: 0, modifier_type: "by_percent" },
  ...{ modifier_payment_type: "payout", goals: [], target_goals: [], affiliate_type: "each", affiliates: [], countries: [] },
  conversion_status: ["confirmed"],
  ...given,
});
