import type { AdCost } from "../model/ad-cost.js";
import { dateAgo } from "../model/clock.js";
import type { Offer } from "../model/offer.js";
import { createRandom } from "../model/random.js";

/** Costs of the last two weeks on every twentieth offer. */
export const seedAdCosts = (offers: readonly Offer[], now: number): Map<string, AdCost> => {
  const random = createRandom("ad-costs");
  const costs = new Map<string, AdCost>();
  for (const offer of offers) {
    const [affiliate_id] = offer.enabled;
    if (offer.id % 20 !== 1 || affiliate_id === undefined) continue;
    for (let ago = 0; ago < 14; ago += 1) {
      const cost = {
        offer_id: offer.id,
        affiliate_id,
        date: dateAgo(new Date(now), ago),
        sub8: "search",
        costs: random.int(100, 9000) / 100,
      };
      costs.set([cost.offer_id, cost.affiliate_id, cost.date, cost.sub8].join("|"), cost);
    }
  }
  return costs;
};
