import type { Resolvers } from "../../generated/schema.js";
import { creating, updating } from "../mutation/single.js";
import { hex } from "../mutation/write.js";

export const Mutation = {
  createCategory: creating("POST /3.0/admin/category", {}, ({ category }) => ({ category })),
  updateCategory: updating("POST /3.0/admin/category/{id}", hex, {}, ({ category }) => ({ category })),
} satisfies Resolvers["Mutation"];
