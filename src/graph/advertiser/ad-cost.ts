import type { Context } from "../../context.js";
import type { AdCostResolvers, DeleteAdCostPayloadResolvers, MutationResolvers, QueryResolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { connection, type PageArgs } from "../column/connection.js";
import { foreignKey, ownNumber } from "../column/foreign-key.js";
import type { OfferRow } from "../column/row.js";
import { int } from "../mutation/write.js";

const costsOf = (offer: number, page: PageArgs, { load }: Context) =>
  connection(page, load.pages.adCosts({ query: { offer_id: offer } }));

export const Query = {
  adCosts: (_, { offerId, ...page }, context) => costsOf(int(offerId, "offerId"), page, context),
} satisfies QueryResolvers;

export const Offer = {
  adCosts: ({ id }: OfferRow, page: PageArgs, context: Context) => costsOf(ownNumber(id), page, context),
};

const place = ({ offerId, affiliateId, date, sub8 }: { offerId: string; affiliateId: string; date: string; sub8: string }) => ({
  offer_id: int(offerId, "input.offerId"),
  affiliate_id: int(affiliateId, "input.affiliateId"),
  date,
  sub8,
});

export const Mutation = {
  setAdCost: async (_, { input }, { call }) => {
    const body = { ...place(input), costs: input.amount };
    await call("POST /3.1/adcosts", { body });
    return { adCost: body };
  },

  deleteAdCost: async (_, { input }, { call }) => {
    const body = place(input);
    await call("DELETE /3.1/adcosts", { body });
    return body;
  },
} satisfies MutationResolvers;

const offer = foreignKey("offer", "offer_id");
const affiliate = foreignKey("affiliate", "affiliate_id");

export const AdCost = {
  offerId: offer.id,
  offer: offer.row,
  affiliateId: affiliate.id,
  affiliate: affiliate.row,
  amount: column("costs"),
} satisfies AdCostResolvers;

export const DeleteAdCostPayload = {
  offer: ({ offer_id }, _, { load }) => load.offer.load(Number(offer_id)),
} satisfies DeleteAdCostPayloadResolvers;
