import { pagesOf } from "../../affise/list/whole-list.js";
import type { Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { connection } from "../column/connection.js";
import { foreignKey, ownNumber } from "../column/foreign-key.js";
import { ids, int } from "../mutation/write.js";

export const Query = {
  promocodes: (_, { filter, ...page }, { load }) => {
    const query = {
      offer_id: ids(int, filter?.offerIds, "filter.offerIds"),
      search: filter?.search,
      code: filter?.code,
    };
    return connection(page, load.pages.promocodes({ query }));
  },
} satisfies Resolvers["Query"];

export const Offer = {
  promocodes: ({ id }, page, { load }) => {
    const all = async () => (await load.offerPromocodes.load(ownNumber(id))) ?? [];
    return connection(page, pagesOf(all));
  },
} satisfies Resolvers["Offer"];

export const Promocode = {
  usageCount: column("usage_value"),
  startsAt: column("date_from"),
  endsAt: column("date_to"),
  ...foreignKey("offer", "offer_id"),
  ...foreignKey("affiliate", "affiliate_id"),
} satisfies Resolvers["Promocode"];
