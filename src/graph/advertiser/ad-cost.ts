import type { Context } from "../../context.js";
import type { Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { connection, type PageArgs } from "../column/connection.js";
import { foreignKey, ownNumber } from "../column/foreign-key.js";
import type { OfferRow } from "../column/row.js";
import { int } from "../mutation/write.js";

const costsOf = (offer: number, page: PageArgs, { load }: Context) =>
  connection(page, load.pages.adCosts({ query: { offer_id: offer } }));

export const Query = {
  adCosts: (_, { offerId, ...page }, context) => costsOf(int(offerId, "offerId"), page, context),
} satisfies Resolvers["Query"];

export const Offer = {
  adCosts: ({ id }: OfferRow, page: PageArgs, context: Context) => costsOf(ownNumber(id), page, context),
};

export const AdCost = {
  ...foreignKey("offer", "offer_id"),
  ...foreignKey("affiliate", "affiliate_id"),
  amount: column("costs"),
} satisfies Resolvers["AdCost"];
