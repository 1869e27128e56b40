import type { Offer } from "../model/offer.js";
import type { State } from "../model/state.js";

/** What an offer's traffic has come to. */
export interface OfferFigures {
  cr: number;
  epc: number;
  affiliateEpc: number;
}

const cache = new WeakMap<Offer, { version: number; figures: OfferFigures }>();

/**
 * Over all the offer's traffic: conversions of every status by clicks in percent, and what the advertiser pays for the
 * confirmed ones by clicks, of which the affiliates' part.
 */
export const figuresOf = (state: State, offer: Offer): OfferFigures => {
  const known = cache.get(offer);
  if (known && known.version === state.traffic.version) return known.figures;
  let clicks = 0;
  let count = 0;
  let payout = 0;
  let revenue = 0;
  for (const click of state.traffic.clicksByOffer.get(offer.id) ?? []) clicks += click.raw;
  for (const conversion of state.traffic.byOffer.get(offer.id) ?? []) {
    count += 1;
    if (conversion.status !== "confirmed") continue;
    payout += conversion.payout;
    revenue += conversion.revenue;
  }
  const perClick = (sum: number): number => (clicks ? Math.round((sum / clicks) * 10_000) / 10_000 : 0);
  const figures = { cr: Math.round(perClick(count) * 10_000) / 100, epc: perClick(revenue), affiliateEpc: perClick(payout) };
  cache.set(offer, { version: state.traffic.version, figures });
  return figures;
};
