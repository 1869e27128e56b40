import { mayRun } from "./access.js";
import type { Affiliate } from "./affiliate.js";
import { capForAffiliate, capRow } from "./cap.js";
import { spaced } from "./clock.js";
import type { Offer, OfferPayment, Row } from "./offer.js";
import { figuresOf } from "./offer-figures.js";
import { longHex } from "./random.js";
import type { State } from "./state.js";

/** A rate as a number; on some offers as text, as Affise prints it at times. */
const rate = (offer: Offer, value: number): number | string | null => {
  if (offer.quirk === "blank") return null;
  return offer.quirk === "text" ? String(value) : value;
};

const base = (state: State, offer: Offer): Row => {
  const { cr, epc } = figuresOf(state, offer);
  const categories = offer.categories.flatMap((id) => state.categories.get(id) ?? []);
  return {
    id: offer.id,
    offer_id: offer.offer_id,
    bundle_id: offer.columns.bundle_id,
    title: offer.title,
    preview_url: offer.columns.url_preview,
    description_lang: offer.columns.description_lang,
    cr: rate(offer, cr),
    epc: rate(offer, epc),
    logo: offer.columns.logo,
    logo_source: offer.columns.logo_source,
    sources: offer.sources.flatMap(({ id, allowed }) => {
      const source = state.sources.get(id);
      return source ? [{ id, title: source.title, allowed }] : [];
    }),
    categories: categories.map(({ title }) => title),
    full_categories: categories.map(({ id, title }) => ({ id, title })),
    is_cpi: offer.columns.is_cpi,
    creatives_zip: offer.columns.creatives_zip,
    macro_url: offer.columns.macro_url,
    use_https: offer.columns.use_https,
    use_http: offer.columns.use_http,
    hold_period: offer.hold_period,
    hold_type: offer.hold_type,
    enabled_commission_tiers: offer.columns.enabled_commission_tiers,
    consider_personal_targeting_only: offer.columns.consider_personal_targeting_only,
    hosts_only: offer.columns.hosts_only,
    uniq_ip_only: offer.columns.uniq_ip_only,
    sign_clicks_integration: offer.columns.sign_clicks_integration,
    allow_duplicate_conversions: offer.columns.allow_duplicate_conversions,
    enable_impression_sub3_uniqueness: offer.columns.enable_impression_sub3_uniqueness,
  };
};

const time = (offer: Offer, value: number): string => (offer.quirk === "zero" ? "0000-00-00 00:00:00" : spaced(value));

/** An offer in an admin's list. */
export const offerRow = (state: State, offer: Offer): Row => ({
  ...base(state, offer),
  required_approval: offer.privacy !== "public",
  advertiser: offer.advertiser,
  ...offer.columns,
  status: offer.status,
  privacy: offer.privacy,
  payments: offer.payments,
  partner_payments: offer.partner_payments,
  landings: offer.landings,
  caps: offer.quirk === "blank" && !offer.caps.length ? null : offer.caps.map((cap) => capRow(state, offer, cap)),
  targeting: offer.targeting,
  commission_tiers: offer.commission_tiers,
  creatives: offer.creatives,
  tags: offer.tags,
  countries: offer.quirk === "blank" ? null : offer.countries,
  smartlink_categories: offer.smartlink_categories,
  affiliate_epc: rate(offer, figuresOf(state, offer).epc),
  created_at: time(offer, offer.created_at),
  updated_at: time(offer, offer.updated_at),
});

/** The single offer for an admin's key, with the settings that lists leave out. */
export const offerDetail = (state: State, offer: Offer): Row => ({
  ...offerRow(state, offer),
  ...offer.detail,
  caps_timezone: offer.caps_timezone,
  caps_status: offer.caps_status,
});

/** An offer in the shared lists for its advertiser's key: what it pays, and nothing of the affiliates. */
export const advertiserOffer = (state: State, offer: Offer): Row => {
  const {
    partner_payments: _personal,
    notes: _notes,
    note_aff: _aff,
    note_sales: _sales,
    affiliate_epc: _epc,
    ...row
  } = offerRow(state, offer);
  return {
    ...row,
    payments: offer.payments.map(({ revenue: _revenue, ...payment }) => payment),
    caps: offer.caps.map((cap) => ({ ...capRow(state, offer, cap), affiliates: [] })),
    epc: null,
    commission_tiers: [],
  };
};

const payoutForAffiliate = ({
  title,
  countries,
  country_exclude,
  cities,
  devices,
  os,
  goal,
  revenue,
  currency,
  type,
}: OfferPayment): Row => ({
  ...{
    title,
    countries,
    country_exclude,
    cities: cities ?? [],
    devices: devices ?? [],
    os: os ?? [],
    goal,
    revenue,
    currency,
    type,
  },
});

/** Personal payouts come before the general ones they override. */
export const payoutsFor = (offer: Offer, affiliate: number): OfferPayment[] => [
  ...offer.partner_payments.filter((payment) => payment.partners?.includes(affiliate)),
  ...offer.payments,
];

/** The tracking link of an affiliate on an offer. */
export const trackingLink = (offer: Offer, affiliate: number, subs: Record<string, string | undefined> = {}): string => {
  const extra = Object.entries(subs).flatMap(([name, value]) =>
    value === undefined ? [] : `&${name}=${encodeURIComponent(value)}`,
  );
  return `https://go.sandbox.example/click?pid=${affiliate}&offer_id=${offer.id}${extra.join("")}`;
};

const groupForAffiliate = ({
  url: _url,
  urls: _urls,
  enabled: _on,
  zip: _zip,
  macros_replacement: _m,
  macros_replacement_enabled: _e,
  ...group
}: Row): Row => ({
  ...group,
  affiliate_id: [],
});

/** An offer as an affiliate's key reads it: the payout, not the advertiser's price. */
export const affiliateOffer = (state: State, offer: Offer, affiliate: Affiliate): Row => {
  const isOpen = mayRun(state, offer, affiliate);
  const isHidden = offer.columns.hide_payments === true;
  const description = offer.columns.description_lang as Record<string, string> | undefined;
  return {
    ...base(state, offer),
    required_approval: !isOpen,
    stop_at: offer.columns.stop_at ?? "",
    description: description?.en ?? null,
    payments: isHidden ? [] : payoutsFor(offer, affiliate.id).map(payoutForAffiliate),
    caps: Number(offer.detail.hide_caps ?? 0) ? [] : offer.caps.map((cap) => capForAffiliate(offer, cap)),
    caps_status: [],
    creatives: offer.creatives,
    impressions_link: offer.columns.allow_impressions
      ? `https://go.sandbox.example/impression?pid=${affiliate.id}&offer_id=${offer.id}`
      : null,
    landings: offer.landings,
    links: isOpen
      ? [
          {
            id: null,
            title: offer.title,
            hash: longHex("link", offer.id).slice(0, 12),
            url: trackingLink(offer, affiliate.id),
            postbacks: [],
            created: null,
          },
        ]
      : [],
    link: isOpen ? trackingLink(offer, affiliate.id) : null,
    kpi: offer.columns.kpi,
    click_session: offer.detail.click_session,
    minimal_click_session: offer.detail.minimal_click_session,
    reject_not_uniq_ip: offer.detail.reject_not_uniq_ip,
    targeting: offer.targeting
      .filter((group) => !(group.affiliate_id as number[]).length || (group.affiliate_id as number[]).includes(affiliate.id))
      .map(groupForAffiliate),
    commission_tiers: offer.commission_tiers.map(({ affiliates: _affiliates, affiliate_type: _type, ...tier }) => ({
      ...tier,
      goals: Array.isArray(tier.goals) ? tier.goals : Object.keys(tier.goals ?? {}),
      target_goals: Array.isArray(tier.target_goals) ? tier.target_goals : Object.keys(tier.target_goals ?? {}),
    })),
  };
};
