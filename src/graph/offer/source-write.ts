import type { MutationResolvers, TrafficSourceTitlesInput } from "../../generated/schema.js";
import { hex } from "../mutation/write.js";

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
    const id = hex(input.id, "input.id");
    await call("DELETE /3.0/admin/offer/source/{id}", { path: { id } });
    return { deletedId: id };
  },
} satisfies MutationResolvers;
