import type { Affiliate } from "../model/affiliate.js";
import type { Category } from "../model/category.js";
import { spaced } from "../model/clock.js";
import type { Offer, OfferPayment } from "../model/offer.js";
import { longHex } from "../model/random.js";
import { omit, pick, type Row } from "../model/row.js";
import type { State } from "../model/state.js";
import { figuresOf } from "../rule/offer-figures.js";
import { among } from "../rule/paging.js";
import { payoutsFor } from "../rule/payout.js";
import { mayRun } from "../rule/reach.js";
import { capForAffiliate, capRow } from "./cap.js";

/** A rate as a number; on some offers as text, as Affise prints it at times. */
const rate = (offer: Offer, value: number): number | string | null => {
  if (offer.quirk === "blank") return null;
  return offer.quirk === "text" ? String(value) : value;
};

const categoriesOf = (state: State, offer: Offer): Category[] => offer.categories.flatMap((id) => state.categories.get(id) ?? []);

const sourcesOf = (state: State, offer: Offer): Row[] =>
  offer.sources.flatMap(({ id, allowed }) => {
    const source = state.sources.get(id);
    return source ? [{ id, title: source.title, allowed }] : [];
  });

const seenByAll =
  `is_cpi creatives_zip macro_url use_https use_http enabled_commission_tiers consider_personal_targeting_only hosts_only
  uniq_ip_only sign_clicks_integration allow_duplicate_conversions enable_impression_sub3_uniqueness`.split(/\s+/);

const seenByAdmins =
  `external_offer_id hide_payments url cross_postback_url cross_postback_method cross_postback_body url_preview domain_url
  parallel_tracking_url trafficback_url is_top strictly_country strictly_os strictly_brands strictly_connection_type strictly_isp
  restriction_isp is_redirect_overcap is_impression_overcap notice_percent_overcap notes allowed_ip disallowed_ip hash_password
  allow_deeplink hide_referer start_at stop_at auto_offer_connect sub_accounts disabled_by kpi caps_goal_overcap allow_impressions
  impressions_url duplicate_clicks_threshold note_aff note_sales host_uniqueness_number_unique_clicks
  host_uniqueness_time_frame`.split(/\s+/);

const beforeCaps = ["advertiser", "status", "privacy", "payments", "partner_payments", "landings"] as const;

const behindCaps = ["targeting", "commission_tiers", "creatives", "tags"] as const;

/** What every view of an offer shows. Rows are filled in place: laying large objects over one another made a page of 500 slow. */
const base = (state: State, offer: Offer, epc: number): Row => {
  const { columns } = offer;
  const categories = categoriesOf(state, offer);
  const row: Row = {
    id: offer.id,
    offer_id: offer.offer_id,
    bundle_id: columns.bundle_id,
    title: offer.title,
    preview_url: columns.url_preview,
    description_lang: columns.description_lang,
    cr: rate(offer, figuresOf(state, offer).cr),
    epc: rate(offer, epc),
    logo: columns.logo,
    logo_source: columns.logo_source,
    sources: sourcesOf(state, offer),
    categories: categories.map(({ title }) => title),
    full_categories: categories,
    hold_period: offer.hold_period,
    hold_type: offer.hold_type,
  };
  for (const name of seenByAll) row[name] = columns[name];
  return row;
};

const time = (offer: Offer, value: number): string => (offer.quirk === "zero" ? "0000-00-00 00:00:00" : spaced(value));

/** An offer in an admin's list. */
export const offerRow = (state: State, offer: Offer): Row => {
  const { epc, affiliateEpc } = figuresOf(state, offer);
  const row = base(state, offer, epc);
  for (const name of seenByAdmins) row[name] = offer.columns[name];
  row.required_approval = offer.privacy !== "public";
  for (const name of beforeCaps) row[name] = offer[name];
  row.caps = offer.quirk === "blank" && !offer.caps.length ? null : offer.caps.map((cap) => capRow(state, offer, cap));
  for (const name of behindCaps) row[name] = offer[name];
  row.countries = offer.quirk === "blank" ? null : offer.countries;
  row.reject_not_uniq_ip = Boolean(offer.detail.reject_not_uniq_ip);
  row.smartlink_categories = offer.smartlink_categories;
  row.affiliate_epc = rate(offer, affiliateEpc);
  row.created_at = time(offer, offer.created_at);
  row.updated_at = time(offer, offer.updated_at);
  return row;
};

/** The single offer for an admin's key, with the settings that lists leave out. */
export const offerDetail = (state: State, offer: Offer): Row => ({
  ...offerRow(state, offer),
  ...offer.detail,
  reject_not_uniq_ip: Boolean(offer.detail.reject_not_uniq_ip),
  ...pick(offer, "caps_timezone", "caps_status"),
});

/** An offer in the shared lists for its advertiser's key: what it pays, and nothing of the affiliates. */
export const advertiserOffer = (state: State, offer: Offer): Row => ({
  ...omit(offerRow(state, offer), "partner_payments", "notes", "note_aff", "note_sales", "affiliate_epc"),
  payments: offer.payments.map((payment) => omit(payment, "revenue")),
  caps: offer.caps.map((cap) => ({ ...capRow(state, offer, cap), affiliates: [] })),
  epc: null,
  commission_tiers: [],
});

const payoutForAffiliate = (payment: OfferPayment): Row => ({
  ...pick(payment, "title", "countries", "country_exclude"),
  cities: payment.cities ?? [],
  devices: payment.devices ?? [],
  os: payment.os ?? [],
  ...pick(payment, "goal", "revenue", "currency", "type"),
});

/** An offer's external id inside other rows; false where it has none, as in Affise's own test data, on odd rows null. */
export const externalId = (state: State, offer: Offer): unknown =>
  offer.columns.external_offer_id ?? (state.ugly.has("conversion") && offer.id % 2 ? null : false);

/** The tracking link of an affiliate on an offer. */
export const trackingLink = (offer: Offer, affiliate: number, subs: Record<string, string | undefined> = {}): string => {
  const extra = Object.entries(subs).flatMap(([name, value]) =>
    value === undefined ? [] : `&${name}=${encodeURIComponent(value)}`,
  );
  return `https://go.sandbox.example/click?pid=${affiliate}&offer_id=${offer.id}${extra.join("")}`;
};

const groupForAffiliate = (group: Row): Row => ({
  ...omit(group, "url", "urls", "enabled", "zip", "macros_replacement", "macros_replacement_enabled"),
  affiliate_id: [],
});

/** A list of names, or a map's. */
const namesOf = (goals: unknown): unknown => (Array.isArray(goals) ? goals : Object.keys(goals ?? {}));

/** An offer as an affiliate's key reads it: the payout, not the advertiser's price. */
export const affiliateOffer = (state: State, offer: Offer, affiliate: Affiliate): Row => {
  const link = mayRun(state, offer, affiliate) ? trackingLink(offer, affiliate.id) : null;
  const hash = longHex("link", offer.id).slice(0, 12);
  const isHidden = offer.columns.hide_payments === true;
  const description = offer.columns.description_lang as Record<string, string> | undefined;
  return {
    ...base(state, offer, figuresOf(state, offer).affiliateEpc),
    required_approval: link === null,
    stop_at: offer.columns.stop_at ?? "",
    description: description?.en ?? null,
    payments: isHidden ? [] : payoutsFor(offer, affiliate.id).map(payoutForAffiliate),
    caps: Number(offer.detail.hide_caps ?? 0) ? [] : offer.caps.map((cap) => capForAffiliate(cap)),
    caps_status: [],
    creatives: offer.creatives,
    impressions_link: offer.columns.allow_impressions
      ? `https://go.sandbox.example/impression?pid=${affiliate.id}&offer_id=${offer.id}`
      : null,
    landings: offer.landings,
    links: link === null ? [] : [{ id: null, title: offer.title, hash, url: link, postbacks: [], created: null }],
    link,
    kpi: offer.columns.kpi,
    ...pick(offer.detail, "click_session", "minimal_click_session", "reject_not_uniq_ip"),
    targeting: offer.targeting.filter((group) => among(group.affiliate_id as number[], affiliate.id)).map(groupForAffiliate),
    commission_tiers: offer.commission_tiers.map((tier) => ({
      ...omit(tier, "affiliates", "affiliate_type"),
      goals: namesOf(tier.goals),
      target_goals: namesOf(tier.target_goals),
    })),
  };
};
