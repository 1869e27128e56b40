import type { QueryResolvers, TrafficSourceResolvers } from "../generated/schema.js";
import { localized } from "./localized.js";

export const Query = {
  trafficSources: async (_, __, { call }) => (await call("GET /3.0/admin/offer/sources")).sources,
} satisfies QueryResolvers;

export const TrafficSource = {
  titles: (source) => localized(source.title_lang),
} satisfies TrafficSourceResolvers;
