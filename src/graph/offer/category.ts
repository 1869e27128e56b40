import type { MutationResolvers, QueryResolvers } from "../../generated/schema.js";
import { connection } from "../column/connection.js";
import { hex, ids } from "../mutation/write.js";

export const Query = {
  category: (_, { id }, { load }) => load.category.load(hex(id, "id")),

  categories: (_, { filter, orderBy, ...page }, { call }) => {
    const query = {
      ids: ids(hex, filter?.ids, "filter.ids"),
      order: orderBy?.field ?? undefined,
      orderType: orderBy?.direction ?? undefined,
    };
    return connection(page, async ({ page, limit }) => {
      const { categories, pagination } = await call("GET /3.0/offer/categories", { query: { ...query, page, limit } });
      return { rows: categories, total: pagination.total_count };
    });
  },
} satisfies QueryResolvers;

export const Mutation = {
  createCategory: (_, { input }, { call }) => call("POST /3.0/admin/category", { body: { title: input.title } }),

  updateCategory: (_, { input: { id, title } }, { call }) =>
    call("POST /3.0/admin/category/{id}", { path: { id: hex(id, "id") }, body: { title } }),
} satisfies MutationResolvers;
