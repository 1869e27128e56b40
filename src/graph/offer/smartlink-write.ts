import type { Input } from "../../contract/operation.js";
import type { MutationResolvers } from "../../generated/schema.js";
import { deleting } from "../mutation/deletion.js";
import { type ColumnWriter, columns, each, hex, int } from "../mutation/write.js";

const ways: Record<string, ColumnWriter> = {
  title: "name",
  privacy: "privacy_level",
  includedAffiliateIds: each("included_affiliates", int),
  excludedAffiliateIds: each("excluded_affiliates", int),
};

type Body = Input<"POST /3.0/admin/smartlink/category">["body"];

export const Mutation = {
  createSmartlinkCategory: async (_, { input }, { call }) => {
    const { data } = await call("POST /3.0/admin/smartlink/category", { body: columns(input, ways) as Body });
    return { smartlinkCategory: data };
  },

  updateSmartlinkCategory: async (_, { input: { id, ...changes } }, { call }) => {
    const path = { id: hex(id, "input.id") };
    const { data } = await call("POST /3.0/admin/smartlink/category/{id}", {
      path,
      body: columns(changes, ways) as Partial<Body>,
    });
    return { smartlinkCategory: data };
  },

  deleteSmartlinkCategory: deleting(hex, (call, path) => call("POST /3.0/admin/smartlink/category/{id}/remove", { path })),
} satisfies MutationResolvers;
