import type { Resolvers } from "../../generated/schema.js";
import { reread } from "../mutation/reread.js";
import { int } from "../mutation/write.js";

export const Mutation = {
  disconnectAllAffiliatesFromOffer: async (_, { input }, { call, load }) => {
    const id = int(input.offerId, "input.offerId");
    await call("POST /3.0/admin/offer/{id}/disable-affiliates", { path: { id } });
    return { offer: reread(load.offer, id) };
  },

  disconnectAffiliateFromAllOffers: async (_, { input }, { call, load }) => {
    const id = int(input.affiliateId, "input.affiliateId");
    await call("POST /3.0/admin/affiliate/{id}/disable-offers", { path: { id } });
    return { affiliate: reread(load.affiliate, id) };
  },

  requestOfferAccess: async (_, { input }, { call, load }) => {
    const offer_id = int(input.offerId, "input.offerId");
    await call("POST /3.0/partner/activation/offer", { body: { offer_id, comment: input.comment } });
    return { offer: reread(load.offer, offer_id) };
  },
} satisfies Resolvers["Mutation"];
