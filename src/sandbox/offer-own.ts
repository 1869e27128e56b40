import { isVisibleTo, mayRun, reachesOffer } from "./access.js";
import { spaced } from "./clock.js";
import { denied, notFound, refused } from "./failure.js";
import { existingOffer, type Offer, type OfferPayment, type Row } from "./offer.js";
import { figuresOf } from "./offer-figures.js";
import { findOffers, hasFullCap, sortOffers } from "./offer-filter.js";
import { affiliateOffer, trackingLink } from "./offer-view.js";
import { includesText, page, pageWithNext } from "./paging.js";
import { uuid } from "./random.js";
import type { Call, Operation, Query, Routes } from "./route.js";
import { goalTitles } from "./seed/brand.js";
import type { State } from "./state.js";

type LiveQuery = Query<"GET /3.0/partner/live-offers">;

/** Any caps filter makes all other filters ignored; several types and countries may be named. */
const findForAffiliates = (call: Call<Operation>, query: LiveQuery): Offer[] => {
  const { state, caller } = call;
  const { caps_type = [], caps_country = [], ids, sort, ...filters } = query;
  if (!caps_type.length && !caps_country.length) {
    const found = findOffers(state, caller, { ...filters, sort } as Query<"GET /3.0/offers">);
    return ids?.length ? found.filter(({ offer_id }) => ids.includes(offer_id)) : found;
  }
  const isOpen = (offer: Offer): boolean => {
    if (!caps_country.length) return !hasFullCap(state, offer, caps_type);
    return caps_country.some((code) => !hasFullCap(state, offer, caps_type, code.toUpperCase()));
  };
  return sortOffers(state, findOffers(state, caller, {}).filter(isOpen), sort);
};

const listForAffiliates = (call: Call<Operation>, query: LiveQuery): unknown => {
  const { state, caller } = call;
  const { rows, pagination } = pageWithNext(findForAffiliates(call, query), { page: query.page ?? 1, limit: query.limit ?? 100 });
  // A network user's key sees the affiliates' rows too, as the first affiliate there is.
  const [anyone] = state.affiliates.values();
  const affiliate = caller.kind === "affiliate" ? caller.affiliate : anyone;
  if (!affiliate) throw denied();
  const withAffiliates = caller.kind === "admin" && query.additional_fields === "enabled_affiliates";
  const offers = rows.map((offer) => ({
    ...affiliateOffer(state, offer, affiliate),
    ...(withAffiliates ? { enabled_affiliates: [...offer.enabled] } : {}),
  }));
  return { status: 1, offers, pagination };
};

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

const asTargeting = (group: Row): Row => {
  const { block_proxy, block_known_bots: _bots, sub: _sub, url: _url, ...rest } = group;
  return {
    ...rest,
    ...{ enabled: isOn(group.enabled), os_deny: isOn(group.os_deny), device_type_deny: isOn(group.device_type_deny) },
    ...{
      connection_deny: isOn(group.connection_deny),
      block_proxy_vpn: isOn(block_proxy),
      subs: [],
      sub_regexps: [],
      affiliate_id: [],
    },
  };
};

/** An offer as its advertiser reads it: quite another shape than in the shared lists. */
const advertiserView = (state: State, offer: Offer): Row => {
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

export const offerOwn: Routes = {
  "GET /3.0/partner/offers": (call) => listForAffiliates(call, call.query),
  "GET /3.0/partner/live-offers": (call) => listForAffiliates(call, call.query),
  "GET /3.1/advertiser/offers": ({ state, caller, query }) => {
    const country = query.country?.toUpperCase();
    const found = [...state.offers.values()].filter(
      (offer) =>
        reachesOffer(state, caller, offer) &&
        includesText(offer.title, query.search ?? "") &&
        (query.offer_id === undefined || offer.id === query.offer_id) &&
        (country === undefined || offer.countries.includes(country)),
    );
    const { rows, pagination } = page(found, { page: query.page ?? 1, limit: query.limit ?? 100 });
    return { status: 1, offers: rows.map((offer) => advertiserView(state, offer)), pagination };
  },
  "GET /3.1/advertiser/offers/{id}": (call) => {
    const offer = existingOffer(call, call.path.id);
    const status = offer.status === "active" ? 1 : 0;
    return { status: 1, offer: { ...advertiserView(call.state, offer), status, traffic_sources: null } };
  },
  "POST /3.0/admin/offer/{offerId}/tracking-link": (call) => {
    const { affiliate_id, ...subs } = call.body;
    const offer = existingOffer(call, call.path.offerId);
    const affiliate = call.state.affiliates.get(affiliate_id);
    if (!affiliate) throw notFound();
    if (!isVisibleTo(call.state, offer, affiliate) || !mayRun(call.state, offer, affiliate))
      throw refused("Offer is not available for affiliate");
    const named = Object.fromEntries(Object.entries(subs).filter(([name]) => /^sub[1-8]$/.test(name)));
    return { status: 1, tracking_link: trackingLink(offer, affiliate.id, named as Record<string, string>) };
  },
};
