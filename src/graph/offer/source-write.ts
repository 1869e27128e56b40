import { withFieldNames } from "../../affise/error/caller-words.js";
import type { Input } from "../../contract/operation.js";
import type { LocalizedTextInput, MutationResolvers } from "../../generated/schema.js";
import { byLanguage } from "../column/localized.js";
import { deleting } from "../mutation/deletion.js";
import { columns, hex } from "../mutation/write.js";

type Body = Input<"POST /3.0/admin/offer/source">["body"];

const bodyOf = (input: { titles: LocalizedTextInput[] }): Body =>
  columns(input, {
    titles: (titles: LocalizedTextInput[], argument) => ({
      // Affise wants a name in English, whatever others there are.
      title_lang: withFieldNames(byLanguage(titles, argument), { en: `${argument}: en` }),
    }),
  }) as Body;

export const Mutation = {
  createTrafficSource: async (_, { input }, { call }) => {
    const { source } = await call("POST /3.0/admin/offer/source", { body: bodyOf(input) });
    return { trafficSource: source };
  },

  updateTrafficSource: async (_, { input: { id, titles } }, { call }) => {
    const path = { id: hex(id, "input.id") };
    const { source } = await call("POST /3.0/admin/offer/source/{id}", { path, body: bodyOf({ titles }) });
    return { trafficSource: source };
  },

  deleteTrafficSource: deleting(hex, (call, path) => call("DELETE /3.0/admin/offer/source/{id}", { path })),
} satisfies MutationResolvers;
