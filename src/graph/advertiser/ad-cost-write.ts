import { withFieldNames } from "../../affise/error/caller-words.js";
import type { Resolvers } from "../../generated/schema.js";
import { int } from "../mutation/write.js";

const place = ({ offerId, affiliateId, date, sub8 }: { offerId: string; affiliateId: string; date: string; sub8: string }) => ({
  offer_id: int(offerId, "input.offerId"),
  affiliate_id: int(affiliateId, "input.affiliateId"),
  date,
  sub8,
});

export const Mutation = {
  setAdCost: async (_, { input }, { call }) => {
    const body = withFieldNames(
      { ...place(input), costs: input.amount },
      { costs: "input.amount", offer_id: "input.offerId", affiliate_id: "input.affiliateId" },
    );
    await call("POST /3.1/adcosts", { body });
    return { adCost: body };
  },

  deleteAdCost: async (_, { input }, { call }) => {
    const body = place(input);
    await call("DELETE /3.1/adcosts", { body });
    return {};
  },
} satisfies Resolvers["Mutation"];
