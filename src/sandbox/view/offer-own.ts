import { spaced } from "../model/clock.js";
import { goalTitles } from "../model/goal.js";
import type { Offer, OfferPayment } from "../model/offer.js";
import { uuid } from "../model/random.js";
import { omit, type Row } from "../model/row.js";
import type { State } from "../model/state.js";
import { figuresOf } from "../rule/offer-figures.js";

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const asPayout = (offer: Offer, payment: OfferPayment, index: number): Row => ({
  id: uuid("advertiser-payout", offer.id * 10 + index),
  affiliates: [],
  cities: payment.cities ?? [],
  countries: payment.countries,
  include_regions: payment.with_regions === true,
  exclude_countries: payment.country_exclude === true || payment.country_exclude === 1,
  currency: payment.currency,
  devices: payment.devices ?? [],
  goal_title: goalTitles[Number(payment.goal) - 1] ?? "",
  goal_value: payment.goal,
  goal_id: Number(payment.goal),
  oses: payment.os ?? [],
  payment_type: payment.type,
  total: payment.total,
  baseline_value: 0,
  ...Object.fromEntries(Array.from({ length: 8 }, (_, place) => [`sub${place + 1}`, texts(payment[`sub${place + 1}`])])),
  ...Object.fromEntries(Array.from({ length: 15 }, (_, place) => [`cf${place + 1}`, texts(payment[`custom_field${place + 1}`])])),
});

const isOn = (value: unknown): boolean => value === 1 || value === true || value === "1";

const asTargeting = (group: Row): Row => ({
  ...omit(group, "block_proxy", "block_known_bots", "sub", "url"),
  ...{ enabled: isOn(group.enabled), os_deny: isOn(group.os_deny), device_type_deny: isOn(group.device_type_deny) },
  connection_deny: isOn(group.connection_deny),
  block_proxy_vpn: isOn(group.block_proxy),
  subs: [],
  sub_regexps: [],
  affiliate_id: [],
});

/** An offer as its advertiser reads it: quite another shape than in the shared lists. */
export const advertiserView = (state: State, offer: Offer): Row => {
  const { cr } = figuresOf(state, offer);
  return {
    id: offer.id,
    title: offer.title,
    created_at: spaced(offer.created_at),
    description: Array.isArray(offer.columns.description_lang) ? {} : offer.columns.description_lang,
    logo: offer.columns.logo,
    status: offer.status,
    kpi: offer.columns.kpi && !Array.isArray(offer.columns.kpi) ? offer.columns.kpi : {},
    preview_url: offer.columns.url_preview,
    tracking_url: offer.columns.url,
    payouts: offer.payments.map((payment, index) => asPayout(offer, payment, index)),
    targetings: offer.targeting.map(asTargeting),
    creatives: offer.creatives,
    landings: offer.landings,
    categories: offer.categories.flatMap((id) => state.categories.get(id) ?? []),
    traffic_sources: offer.sources.flatMap(({ id }) => {
      const source = state.sources.get(id);
      return source ? [{ id, title: source.title }] : [];
    }),
    cr,
    epc: null,
  };
};
