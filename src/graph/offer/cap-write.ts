import { spokenAs } from "../../affise/check.js";
import type { MutationResolvers } from "../../generated/schema.js";
import { itemsOf, resultsOf, type Settlement, settleEach } from "../mutation/settle.js";
import { int } from "../mutation/write.js";
import { capColumns } from "./cap-body.js";
import type { BodyOf } from "./offer-body.js";

type OfferBody = BodyOf<"POST /3.0/admin/offer/{id}">;

export const Mutation = {
  updateOfferCaps: async (_, { input }, { call }) => {
    const items = itemsOf(
      int,
      input.offers.map(({ offerId }, index) => ({ id: offerId, argument: `input.offers.${index}.offerId` })),
    );
    const bodies = new Map(
      items.map((item, index) => {
        const at = `input.offers.${index}.caps`;
        const caps = (input.offers[index]?.caps ?? []).map((cap, place) => capColumns(cap, `${at}.${place}`));
        return [item, spokenAs({ caps }, { caps: at }) as OfferBody];
      }),
    );
    const settlement: Settlement = new Map();
    const answers = await settleEach(items, settlement, (item) =>
      call("POST /3.0/admin/offer/{id}", { path: { id: item.id }, body: bodies.get(item) }),
    );
    return { results: resultsOf(items, settlement, (item) => ({ offer: answers.get(item)?.offer })) };
  },
} satisfies MutationResolvers;
