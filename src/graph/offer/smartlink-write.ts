import type { Resolvers } from "../../generated/schema.js";
import { creating, deleting, updating } from "../mutation/single.js";
import { type ColumnWriter, each, hex, int } from "../mutation/write.js";

const ways: Record<string, ColumnWriter> = {
  title: "name",
  privacy: "privacy_level",
  includedAffiliateIds: each("included_affiliates", int),
  excludedAffiliateIds: each("excluded_affiliates", int),
};

export const Mutation = {
  createSmartlinkCategory: creating("POST /3.0/admin/smartlink/category", ways, ({ data }) => ({ smartlinkCategory: data })),
  updateSmartlinkCategory: updating("POST /3.0/admin/smartlink/category/{id}", hex, ways, ({ data }) => ({
    smartlinkCategory: data,
  })),
  deleteSmartlinkCategory: deleting(hex, (call, path) => call("POST /3.0/admin/smartlink/category/{id}/remove", { path })),
} satisfies Resolvers["Mutation"];
