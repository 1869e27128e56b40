import type { Affiliate } from "../model/affiliate.js";
import { day } from "../model/clock.js";
import type { Offer } from "../model/offer.js";
import type { Pixel } from "../model/pixel.js";
import type { Postback } from "../model/postback.js";
import { createRandom } from "../model/random.js";

/** A global postback for most affiliates and a local one for some of their offers. */
export const seedPostbacks = (affiliates: readonly Affiliate[], offers: readonly Offer[], now: number): Postback[] => {
  const random = createRandom("postbacks");
  const postbacks: Postback[] = [];
  const add = (pid: number, offer_id: number | null): void => {
    const created = now - random.int(5, 200) * day;
    postbacks.push({
      id: postbacks.length + 1,
      url: `https://aff${pid}.example/postback?click={sub2}&goal={goal}&status={status}`,
      pid,
      offer_id,
      status: random.pick(["by_creating", "confirmed", "pending"]),
      goal: random.chance(0.3) ? "1" : null,
      integration_method: "all",
      forced: random.chance(0.2) ? 1 : 0,
      created,
      updated_at: created + random.int(0, 4) * day,
    });
  };
  for (const { id } of affiliates) if (id === 1 || random.chance(0.7)) add(id, null);
  for (const offer of offers) if (random.chance(0.12)) add([...offer.enabled][0] ?? 1, offer.id);
  return postbacks.filter(({ pid }) => affiliates.some(({ id }) => id === pid));
};

/** A pixel on about every tenth offer, in all states of moderation. */
export const seedPixels = (offers: readonly Offer[], now: number): Pixel[] => {
  const random = createRandom("pixels");
  const chosen = offers.filter((offer) => offer.enabled.size > 0 && (offer.enabled.has(1) || random.chance(0.1)));
  return chosen.map((offer, index) => {
    const created = now - random.int(1, 100) * day;
    return {
      id: index + 1,
      name: `Pixel ${index + 1}`,
      code: `<img src="https://px.example/${index + 1}">`,
      code_type: "image",
      offer_id: offer.id,
      pid: offer.enabled.has(1) ? 1 : ([...offer.enabled][0] ?? 1),
      is_active: random.chance(0.8) ? 1 : 0,
      moderation_status: random.pick([-1, 0, 1, 1]),
      created_at: created,
      updated_at: created,
    };
  });
};
