import type { Affiliate } from "../model/affiliate.js";
import { day } from "../model/clock.js";
import type { Offer } from "../model/offer.js";
import { createRandom } from "../model/random.js";
import type { Smartlink } from "../model/smartlink.js";
import type { Ticket } from "../model/ticket.js";

const kinds: readonly Ticket["type"][] = [
  "offer_request",
  "offer_request",
  "common",
  "financial",
  "technical",
  "smartlink_request",
  "payment_request",
];

const texts: Record<Ticket["type"], [title: string, description: string]> = {
  common: ["A question", "Could you raise my level?"],
  financial: ["Payment details", "I have changed my wallet."],
  technical: ["Postback not received", "No postbacks since yesterday."],
  offer_request: ["Request for an offer", "I have in-app traffic for it."],
  smartlink_request: ["Request for a SmartLink", "Please connect me."],
  payment_request: ["Payment request", "Please pay the balance."],
};

/** Tickets: mostly requests for pre-moderated offers, a third of them closed. */
export const seedTickets = (
  offers: readonly Offer[],
  affiliates: readonly Affiliate[],
  smartlinks: readonly Smartlink[],
  now: number,
): Ticket[] => {
  const random = createRandom("tickets");
  const closed = offers.filter((offer) => offer.privacy !== "public");
  if (!affiliates.length) return [];
  return Array.from({ length: Math.min(400, affiliates.length * 2) }, (_, index) => {
    const type = closed.length ? random.pick(kinds) : "common";
    const isOpen = random.chance(0.66);
    const created = now - random.int(0, 50) * day - random.int(0, 80_000) * 1000;
    const [title, description] = texts[type];
    return {
      ...{ id: index + 1, status: isOpen ? "open" : "closed", type, title, description },
      affiliate: random.pick(affiliates).id,
      offer: type === "offer_request" ? random.pick(closed).id : null,
      smartlink: type === "smartlink_request" ? random.pick(smartlinks).id : null,
      attachments: type === "technical" ? [`https://api.sandbox.example/3.0/admin/ticket/file/${index + 1}`] : [],
      created,
      updated: isOpen ? null : created + Math.min(day, now - created),
    };
  });
};
