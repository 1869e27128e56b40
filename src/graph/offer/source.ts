import { listRows } from "../../affise/list.js";
import type {
  MutationResolvers,
  QueryResolvers,
  TrafficSourceResolvers,
  TrafficSourceTitlesInput,
} from "../../generated/schema.js";
import { column } from "../column/column.js";
import { localized } from "../column/localized.js";
import { hex } from "../mutation/write.js";

export const Query = {
  trafficSource: (_, { id }, { load }) => load.trafficSource.load(hex(id, "id")),
  trafficSources: (_, __, { call }) => listRows(call, "GET /3.0/admin/offer/sources", "sources"),
} satisfies QueryResolvers;

const titleLang = ({ en, ...others }: TrafficSourceTitlesInput) => ({
  en,
  ru: others.ru ?? undefined,
  es: others.es ?? undefined,
  ka: others.ka ?? undefined,
  vi: others.vi ?? undefined,
});

export const Mutation = {
  createTrafficSource: async (_, { input }, { call }) => {
    const { source } = await call("POST /3.0/admin/offer/source", { body: { title_lang: titleLang(input.titles) } });
    return { trafficSource: source };
  },

  updateTrafficSource: async (_, { input: { id, titles } }, { call }) => {
    const path = { id: hex(id, "input.id") };
    const { source } = await call("POST /3.0/admin/offer/source/{id}", { path, body: { title_lang: titleLang(titles) } });
    return { trafficSource: source };
  },

  deleteTrafficSource: async (_, { input }, { call }) => {
    const { source } = await call("DELETE /3.0/admin/offer/source/{id}", { path: { id: hex(input.id, "input.id") } });
    return { trafficSource: source };
  },
} satisfies MutationResolvers;

export const TrafficSource = {
  titles: (source) => localized(source.title_lang),
  isAllowed: column("allowed"),
} satisfies TrafficSourceResolvers;
