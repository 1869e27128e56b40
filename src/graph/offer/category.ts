import type { MutationResolvers, QueryResolvers } from "../../generated/schema.js";
import { connection } from "../column/connection.js";
import { hex, ids } from "../mutation/write.js";

export const Query = {
  category: (_, { id }, { load }) => load.category.load(hex(id, "id")),

  categories: (_, { filter, orderBy, ...page }, { load }) => {
    const query = {
      ids: ids(hex, filter?.ids, "filter.ids"),
      order: orderBy?.field ?? undefined,
      orderType: orderBy?.direction ?? undefined,
    };
    return connection(page, load.pages.categories({ query }));
  },
} satisfies QueryResolvers;

export const Mutation = {
  createCategory: (_, { input }, { call }) => call("POST /3.0/admin/category", { body: { title: input.title } }),

  updateCategory: (_, { input: { id, title } }, { call }) =>
    call("POST /3.0/admin/category/{id}", { path: { id: hex(id, "id") }, body: { title } }),
} satisfies MutationResolvers;
