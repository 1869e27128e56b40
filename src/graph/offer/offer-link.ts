import type { Resolvers } from "../../generated/schema.js";
import type { TrackingLinkArgs } from "../../loaders.js";
import { ownNumber } from "../column/foreign-key.js";
import { numberedColumns, subs as numberedSubs } from "../column/numbered.js";
import { int } from "../mutation/write.js";

export const Offer = {
  trackingLinkFor: ({ id }, { affiliateId, subs }, { load }) => {
    const carried = numberedColumns(numberedSubs(8), subs, "subs", ({ value }) => value);
    const args: TrackingLinkArgs = { affiliate_id: int(affiliateId, "affiliateId"), ...carried };
    return load.trackingLink.load(ownNumber(id), args);
  },
} satisfies Resolvers["Offer"];
