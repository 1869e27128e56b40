import { day } from "../model/clock.js";
import type { Offer } from "../model/offer.js";
import type { Promocode } from "../model/promocode.js";
import { createRandom, objectId } from "../model/random.js";

/** Promocodes on about every fifteenth offer. */
export const seedPromocodes = (offers: readonly Offer[], now: number): Promocode[] => {
  const random = createRandom("promocodes");
  const chosen = offers.filter((offer) => offer.enabled.size > 0 && random.chance(0.07));
  return chosen.map((offer, index) => {
    const created = now - random.int(1, 100) * day;
    return {
      id: objectId("promocode", index + 1),
      type: "manual",
      code: `SAVE${offer.id}`,
      code_template: "",
      description: random.pick(["", "Ten percent off"]),
      offer_id: offer.id,
      affiliate_id: offer.enabled.has(1) ? 1 : ([...offer.enabled][0] ?? 1),
      usage_limit: random.pick([0, 100]),
      usage_value: random.int(0, 40),
      date_from: created,
      date_to: created + 90 * day,
      created_at: created,
      updated_at: created,
    };
  });
};
