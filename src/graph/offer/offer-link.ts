import type { OfferResolvers } from "../../generated/schema.js";
import type { TrackingLinkArgs } from "../../loaders.js";
import { ownNumber } from "../column/foreign-key.js";
import { int } from "../mutation/write.js";

export const Offer = {
  trackingLinkFor: ({ id }, { affiliateId, subs }, { load }) => {
    const given = Object.entries(subs ?? {}).filter(([, value]) => value !== null && value !== undefined);
    const args: TrackingLinkArgs = { affiliate_id: int(affiliateId, "affiliateId"), ...Object.fromEntries(given) };
    return load.trackingLink.load(ownNumber(id), args);
  },
} satisfies OfferResolvers;
