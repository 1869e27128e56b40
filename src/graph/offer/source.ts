import { listRows } from "../../affise/list/list.js";
import type { Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { localized } from "../column/localized.js";
import { hex } from "../mutation/write.js";

export const Query = {
  trafficSource: (_, { id }, { load }) => load.trafficSource.load(hex(id, "id")),
  trafficSources: (_, __, { call }) => listRows(call, "GET /3.0/admin/offer/sources", "sources"),
} satisfies Resolvers["Query"];

export const TrafficSource = {
  titles: (source) => localized(source.title_lang),
  isAllowed: column("allowed"),
} satisfies Resolvers["TrafficSource"];
