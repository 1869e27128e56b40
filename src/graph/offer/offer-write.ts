import { laidOver } from "../../affise/error/caller-words.js";
import { InputError } from "../../affise/error/error.js";
import type { Resolvers } from "../../generated/schema.js";
import { ownNumber } from "../column/foreign-key.js";
import { withFound } from "../mutation/outcome.js";
import { rereadBy } from "../mutation/reread.js";
import { int } from "../mutation/write.js";
import { offerBody } from "./offer-body.js";
import { leftBehind, offerAsBody } from "./offer-copy-body.js";

export const Mutation = {
  createOffer: async (_, { input }, { call, load }) => {
    const { offer } = await call("POST /3.0/admin/offer", { body: offerBody<"POST /3.0/admin/offer">(input) });
    return { offer: rereadBy(async () => (await load.offer.load(ownNumber(offer?.id))) ?? offer, offer) };
  },

  copyOffer: async (_, { input }, { call, load }) => {
    const id = int(input.offerId, "input.offerId");
    const [listed, detail] = await Promise.all([load.offer.load(id), load.offerDetail.load(id)]);
    if (!listed || !detail)
      throw new InputError("NOT_FOUND", `There is no offer ${id}, or this key may not see it.`, { arguments: ["input.offerId"] });
    const original = { ...listed, ...detail };
    const { offerId: _original, ...changes } = input;
    const changed = offerBody<"POST /3.0/admin/offer">(changes);
    const body = laidOver({ ...offerAsBody(original, "input.offerId"), status: "stopped" as const }, changed);
    const found = { leftBehind: leftBehind(original) };
    const { offer } = await withFound(found, call("POST /3.0/admin/offer", { body }));
    return { offer: rereadBy(async () => (await load.offer.load(ownNumber(offer?.id))) ?? offer, offer), ...found };
  },

  updateOffer: async (_, { input: { id, ...changes } }, { call, load }) => {
    const number = int(id, "input.id");
    const body = offerBody<"POST /3.0/admin/offer/{id}">(changes);
    const { offer } = await call("POST /3.0/admin/offer/{id}", { path: { id: number }, body });
    return { offer: rereadBy(async () => (await load.offer.load(number)) ?? offer, offer) };
  },
} satisfies Resolvers["Mutation"];
