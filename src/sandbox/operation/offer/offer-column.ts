import type { Offer } from "../../model/offer.js";
import type { Row } from "../../model/row.js";

type Kind = "text" | "flag" | "number" | "list" | "map" | "yes";

/** Body fields of an offer that are written as they come: where the answer shows them, and as what. */
const columns: Record<string, readonly [place: "columns" | "detail", column: string, kind: Kind]> = {
  url: ["columns", "url", "text"],
  parallel_tracking_url: ["columns", "parallel_tracking_url", "text"],
  cross_postback_url: ["columns", "cross_postback_url", "text"],
  cross_postback_method: ["columns", "cross_postback_method", "text"],
  cross_postback_body: ["columns", "cross_postback_body", "text"],
  domain_url: ["columns", "domain_url", "text"],
  tracking_domain: ["columns", "domain_url", "text"],
  macro_url: ["columns", "macro_url", "text"],
  url_preview: ["columns", "url_preview", "text"],
  trafficback_url: ["columns", "trafficback_url", "text"],
  description_lang: ["columns", "description_lang", "map"],
  kpi: ["columns", "kpi", "map"],
  is_top: ["columns", "is_top", "number"],
  is_cpi: ["columns", "is_cpi", "flag"],
  notice_percent_overcap: ["columns", "notice_percent_overcap", "number"],
  strictly_country: ["columns", "strictly_country", "number"],
  strictly_connection_type: ["columns", "strictly_connection_type", "text"],
  restriction_os: ["columns", "strictly_os", "list"],
  restriction_isp: ["columns", "restriction_isp", "list"],
  strictly_brands: ["columns", "strictly_brands", "list"],
  caps_goal_overcap: ["columns", "caps_goal_overcap", "text"],
  enabled_commission_tiers: ["columns", "enabled_commission_tiers", "flag"],
  notes: ["columns", "notes", "text"],
  allowed_ip: ["columns", "allowed_ip", "text"],
  disallowed_ip: ["columns", "disallowed_ip", "text"],
  hash_password: ["columns", "hash_password", "text"],
  allow_deeplink: ["columns", "allow_deeplink", "number"],
  hide_referer: ["columns", "hide_referer", "number"],
  is_redirect_overcap: ["columns", "is_redirect_overcap", "flag"],
  is_impression_overcap: ["columns", "is_impression_overcap", "flag"],
  hide_payments: ["columns", "hide_payments", "flag"],
  uniqIpOnly: ["columns", "uniq_ip_only", "flag"],
  external_offer_id: ["columns", "external_offer_id", "text"],
  bundle_id: ["columns", "bundle_id", "text"],
  note_aff: ["columns", "note_aff", "text"],
  note_sales: ["columns", "note_sales", "text"],
  allow_impressions: ["columns", "allow_impressions", "flag"],
  impressions_url: ["columns", "impressions_url", "text"],
  consider_personal_targeting_only: ["columns", "consider_personal_targeting_only", "yes"],
  sign_clicks_integration: ["columns", "sign_clicks_integration", "text"],
  duplicate_clicks_threshold: ["columns", "duplicate_clicks_threshold", "number"],
  auto_offer_connect: ["columns", "auto_offer_connect", "number"],
  hosts_only: ["columns", "hosts_only", "flag"],
  start_at: ["columns", "start_at", "text"],
  stopDate: ["columns", "stop_at", "text"],
  redirect_type: ["detail", "redirect_type", "text"],
  strictly_devices: ["detail", "strictly_devices", "list"],
  click_session: ["detail", "click_session", "text"],
  minimal_click_session: ["detail", "minimal_click_session", "text"],
  rejectNotUniqIp: ["detail", "reject_not_uniq_ip", "number"],
  hide_caps: ["detail", "hide_caps", "number"],
  sub_restrictions: ["detail", "sub_restrictions", "list"],
  search_empty_sub: ["detail", "search_empty_sub", "number"],
};

const valueOf = (kind: Kind, value: unknown, before: unknown): unknown => {
  if (kind === "flag") return value === 1;
  if (kind === "yes") return value === "true";
  if (kind === "map") return { ...(before as Row | undefined), ...(value as Row) };
  return value;
};

/** Writes the plain fields of a body into an offer's columns; what the body leaves out stays. */
export const writeColumns = (offer: Offer, body: Row): void => {
  for (const [field, [place, column, kind]] of Object.entries(columns)) {
    if (body[field] === undefined) continue;
    offer[place][column] = valueOf(kind, body[field], offer[place][column]);
  }
};
