import type { Context } from "../../context.js";
import type { AffiliatePostbacksArgs, Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { type Connection, connection, mapPages } from "../column/connection.js";
import { word } from "../column/decode.js";
import { foreignKey, numberIn, ownNumber } from "../column/foreign-key.js";
import type { PostbackRow } from "../column/row.js";
import { ids, int, toZeroOne } from "../mutation/write.js";

/** The list names one affiliate and prints it in no row, so that each row is told whose it is. */
const postbackConnection = (
  { load }: Context,
  affiliate: number,
  { filter, ...page }: Partial<AffiliatePostbacksArgs>,
): Connection<PostbackRow> => {
  const query = {
    partner_id: affiliate,
    offer_ids: ids(int, filter?.offerIds, "filter.offerIds"),
    only_global: toZeroOne(filter?.isGlobal),
    after_id: filter?.afterId ? int(filter.afterId, "filter.afterId") : undefined,
  };
  const pages = mapPages(load.pages.postbacks({ query }), (row) => ({ ...row, affiliate }));
  return connection(page, pages);
};

export const Query = {
  postbacks: (_, { affiliateId, ...args }, context) => postbackConnection(context, int(affiliateId, "affiliateId"), args),
} satisfies Resolvers["Query"];

export const Affiliate = {
  postbacks: ({ id }, args, context) => postbackConnection(context, ownNumber(id), args),
} satisfies Resolvers["Affiliate"];

/** not_found is an older word that Affise itself turns into declined. */
const triggers = {
  ...{ by_creating: "by_creating", confirmed: "confirmed", pending: "pending", declined: "declined", hold: "hold" },
  not_found: "declined",
} as const;

export const Postback = {
  isGlobal: ({ offer_id }) => (offer_id === undefined ? null : numberIn(offer_id) === null),
  ...foreignKey("offer", "offer_id"),
  ...foreignKey("affiliate", "pid", "affiliate"),
  trigger: ({ status }) => word(status, triggers) as never,
  isForced: column("forced"),
  createdAt: column("created"),
} satisfies Resolvers["Postback"];
