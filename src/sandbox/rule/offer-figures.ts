import type { Offer } from "../model/offer.js";
import type { State } from "../model/state.js";

/** What an offer's traffic has come to. */
export interface OfferFigures {
  cr: number;
  epc: number;
}

const cache = new WeakMap<Offer, { version: number; figures: OfferFigures }>();

/** Conversion rate in percent and the affiliates' earnings per click, over all the offer's traffic. */
export const figuresOf = (state: State, offer: Offer): OfferFigures => {
  const known = cache.get(offer);
  if (known && known.version === state.traffic.version) return known.figures;
  let clicks = 0;
  let count = 0;
  let payout = 0;
  for (const click of state.traffic.clicksByOffer.get(offer.id) ?? []) clicks += click.raw;
  for (const conversion of state.traffic.byOffer.get(offer.id) ?? []) {
    if (conversion.status !== "confirmed") continue;
    count += 1;
    payout += conversion.payout;
  }
  const figures = clicks
    ? { cr: Math.round((count / clicks) * 10_000) / 100, epc: Math.round((payout / clicks) * 10_000) / 10_000 }
    : { cr: 0, epc: 0 };
  cache.set(offer, { version: state.traffic.version, figures });
  return figures;
};
