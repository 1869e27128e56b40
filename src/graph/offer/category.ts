import type { Resolvers } from "../../generated/schema.js";
import { connection } from "../column/connection.js";
import { hex, ids } from "../mutation/write.js";

export const Query = {
  category: (_, { id }, { load }) => load.category.load(hex(id, "id")),

  categories: (_, { filter, orderBy, ...page }, { load }) => {
    const query = {
      ids: ids(hex, filter?.ids, "filter.ids"),
      order: orderBy?.field,
      orderType: orderBy?.direction,
    };
    return connection(page, load.pages.categories({ query }));
  },
} satisfies Resolvers["Query"];
