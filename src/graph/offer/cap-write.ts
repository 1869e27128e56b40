import type { Value } from "../../affise/encoding/encode.js";
import { withFieldNames } from "../../affise/error/caller-words.js";
import { badInput } from "../../affise/error/error.js";
import type { Resolvers } from "../../generated/schema.js";
import { rows } from "../column/decode.js";
import { itemsOf, Many } from "../mutation/settle.js";
import { int } from "../mutation/write.js";
import { capAsBody, capColumns, capFits } from "./cap-body.js";
import type { OfferBody } from "./offer-body.js";
import { editPart, type Part } from "./offer-bulk-write.js";

const offerCaps: Part<Record<string, Value>> = { column: "caps", field: "caps", read: (printed) => rows(printed).map(capAsBody) };

export const Mutation = {
  updateOfferCaps: async (_, { input }, { call }) => {
    const items = itemsOf(
      int,
      input.offers.map(({ offerId, caps }, index) => ({ id: offerId, caps, argument: `input.offers.${index}.offerId` })),
    );
    const changed = items.map((item, index) => {
      const at = `input.offers.${index}.caps`;
      const caps = item.caps.map((cap, place) => capColumns(cap, `${at}.${place}`));
      return { ...item, body: withFieldNames({ caps }, { caps: at }) as OfferBody };
    });
    const offers = new Many(changed);
    const answers = await offers.each(({ id, body }) => call("POST /3.0/admin/offer/{id}", { path: { id }, body }));
    return { results: offers.results((item) => ({ offer: answers.get(item)?.offer })) };
  },

  addOfferCaps: async (_, { input }, context) => {
    const added = input.caps.map((cap, index) => capColumns(cap, `input.caps.${index}`));
    return editPart(offerCaps, input.offerIds, context, (present) => [...present, ...added]);
  },

  removeOfferCaps: async (_, { input }, context) => {
    const nothing = input.caps.findIndex((cap) => !Object.keys(cap).length);
    if (nothing >= 0) throw badInput(`input.caps.${nothing}`, `input.caps.${nothing} fits every cap: say what the cap is like.`);
    return editPart(offerCaps, input.offerIds, context, (present) => {
      const left = present.filter((cap) => !input.caps.some((wanted) => capFits(cap, wanted)));
      return left.length < present.length ? left : undefined;
    });
  },
} satisfies Resolvers["Mutation"];
