import { dateOnly } from "../../model/clock.js";
import type { Offer } from "../../model/offer.js";
import type { Call, Query, Routes } from "../../model/route.js";
import { denied, orNotFound, rejected } from "../../rule/failure.js";
import { findOffers, hasFullCap, sortOffers } from "../../rule/offer-filter.js";
import { among, includesText, listed, page, pageWithNext } from "../../rule/paging.js";
import { existingOffer, isVisibleTo, mayRun, reachesOffer } from "../../rule/reach.js";
import { affiliateOffer, trackingLink } from "../../view/offer.js";
import { advertiserView } from "../../view/offer-own.js";

type LiveQuery = Query<"GET /3.0/partner/live-offers"> & Pick<Query<"GET /3.0/partner/offers">, "from" | "to">;

/** Any caps filter makes all other filters ignored; several types and countries may be named. */
const findForAffiliates = (call: Call, query: LiveQuery): Offer[] => {
  const { state, caller } = call;
  const { caps_type = [], caps_country = [], from = "", to = "9999", sort, ...filters } = query;
  if (!caps_type.length && !caps_country.length) {
    const found = findOffers(state, caller, { ...filters, sort } as Query<"GET /3.0/offers">);
    return found.filter(({ created_at }) => dateOnly(created_at) >= from && dateOnly(created_at) <= to);
  }
  const isOpen = (offer: Offer): boolean => {
    if (!caps_country.length) return !hasFullCap(state, offer, caps_type);
    return caps_country.some((code) => !hasFullCap(state, offer, caps_type, code.toUpperCase()));
  };
  return sortOffers(state, findOffers(state, caller, {}).filter(isOpen), sort);
};

const listForAffiliates = (call: Call, query: LiveQuery): unknown => {
  const { state, caller } = call;
  // A network user's key sees the affiliates' rows too, as the first affiliate there is.
  const [anyone] = state.affiliates.values();
  const affiliate = caller.kind === "affiliate" ? caller.affiliate : anyone;
  if (!affiliate) throw denied();
  const withAffiliates = caller.kind === "admin" && query.additional_fields === "enabled_affiliates";
  return listed("offers", pageWithNext(findForAffiliates(call, query), query), (offer) => ({
    ...affiliateOffer(state, offer, affiliate),
    ...(withAffiliates ? { enabled_affiliates: [...offer.enabled] } : {}),
  }));
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
        among(query.offer_id, offer.id) &&
        (country === undefined || offer.countries.includes(country)),
    );
    return listed("offers", page(found, query), (offer) => advertiserView(state, offer));
  },
  "GET /3.1/advertiser/offers/{id}": (call) => {
    const offer = existingOffer(call, call.path.id);
    const status = offer.status === "active" ? 1 : 0;
    return { status: 1, offer: { ...advertiserView(call.state, offer), status, traffic_sources: null } };
  },
  "POST /3.0/admin/offer/{offerId}/tracking-link": (call) => {
    const { affiliate_id, ...subs } = call.body;
    const offer = existingOffer(call, call.path.offerId);
    const affiliate = orNotFound(call.state.affiliates.get(affiliate_id));
    if (!isVisibleTo(call.state, offer, affiliate) || !mayRun(call.state, offer, affiliate))
      throw rejected("Offer is not available for affiliate");
    const named = Object.fromEntries(Object.entries(subs).filter(([name]) => /^sub[1-8]$/.test(name)));
    return { status: "success", tracking_link: trackingLink(offer, affiliate.id, named as Record<string, string>) };
  },
};
