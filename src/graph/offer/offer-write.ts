import type { MutationResolvers } from "../../generated/schema.js";
import { ownNumber } from "../column/foreign-key.js";
import { reread } from "../mutation/reread.js";
import { int } from "../mutation/write.js";
import { bodyOf } from "./offer-body.js";

export const Mutation = {
  createOffer: async (_, { input }, { call, load }) => {
    const { offer } = await call("POST /3.0/admin/offer", { body: bodyOf<"POST /3.0/admin/offer">(input) });
    return { offer: reread(async () => (await load.offer.load(ownNumber(offer?.id))) ?? offer, offer) };
  },

  updateOffer: async (_, { input: { id, ...changes } }, { call, load }) => {
    const number = int(id, "input.id");
    const body = bodyOf<"POST /3.0/admin/offer/{id}">(changes);
    const { offer } = await call("POST /3.0/admin/offer/{id}", { path: { id: number }, body });
    return { offer: reread(async () => (await load.offer.load(number)) ?? offer, offer) };
  },
} satisfies MutationResolvers;
