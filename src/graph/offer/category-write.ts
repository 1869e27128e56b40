import type { MutationResolvers } from "../../generated/schema.js";
import { hex } from "../mutation/write.js";

export const Mutation = {
  createCategory: async (_, { input }, { call }) => {
    const { category } = await call("POST /3.0/admin/category", { body: { title: input.title } });
    return { category };
  },

  updateCategory: async (_, { input: { id, title } }, { call }) => {
    const { category } = await call("POST /3.0/admin/category/{id}", { path: { id: hex(id, "input.id") }, body: { title } });
    return { category };
  },
} satisfies MutationResolvers;
