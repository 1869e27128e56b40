import type { GraphQLResolveInfo } from "graphql";
import type { Context } from "../../context.js";
import type { QueryTicketsArgs, Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { connection } from "../column/connection.js";
import { time } from "../column/decode.js";
import { nullIfNotFound } from "../column/failure.js";
import { foreignKey, ownNumber } from "../column/foreign-key.js";
import { inOrder } from "../column/ordered.js";
import { hex, ids, int } from "../mutation/write.js";

/** A connection over the tickets list; `only` narrows it to what a parent stands for. */
const ticketConnection = (
  context: Context,
  { filter, orderBy, ...page }: Partial<QueryTicketsArgs>,
  info: GraphQLResolveInfo,
  only: { pid?: number[]; offer_id?: number[] } = {},
) => {
  const query = {
    status: filter?.status?.[0],
    type: filter?.types,
    search: filter?.search,
    pid: ids(int, filter?.affiliateIds, "filter.affiliateIds"),
    manager_id: ids(hex, filter?.managerIds, "filter.managerIds"),
    offer_id: ids(int, filter?.offerIds, "filter.offerIds"),
    ...only,
  };
  return connection(page, inOrder(context.load.pages.tickets({ query }), orderBy, context, info));
};

export const Query = {
  ticket: (_, { id }, { load }) => nullIfNotFound(load.ticket.load(int(id, "id"))),
  tickets: (_, args, context, info) => ticketConnection(context, args, info),
} satisfies Resolvers["Query"];

export const Offer = {
  tickets: ({ id }, args, context, info) => ticketConnection(context, args, info, { offer_id: [ownNumber(id)] }),
} satisfies Resolvers["Offer"];

export const Affiliate = {
  tickets: ({ id }, args, context, info) => ticketConnection(context, args, info, { pid: [ownNumber(id)] }),
} satisfies Resolvers["Affiliate"];

const never = "1970-01-01";

export const Ticket = {
  ...foreignKey("affiliate", "partner"),
  ...foreignKey("offer", "offer"),
  createdAt: column("created"),
  updatedAt: ({ updated }) => {
    const found = time(updated);
    return found?.startsWith(never) ? null : found;
  },
} satisfies Resolvers["Ticket"];
