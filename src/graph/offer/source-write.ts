import { withFieldNames } from "../../affise/error/caller-words.js";
import type { LocalizedTextInput, Resolvers } from "../../generated/schema.js";
import { byLanguage } from "../column/localized.js";
import { creating, deleting, updating } from "../mutation/single.js";
import { type ColumnWriter, hex } from "../mutation/write.js";

const ways: Record<string, ColumnWriter> = {
  titles: (titles: LocalizedTextInput[], argument) => ({
    // Affise wants a name in English, whatever others there are.
    title_lang: withFieldNames(byLanguage(titles, argument), { en: `${argument}: en` }),
  }),
};

export const Mutation = {
  createTrafficSource: creating("POST /3.0/admin/offer/source", ways, ({ source }) => ({ trafficSource: source })),
  updateTrafficSource: updating("POST /3.0/admin/offer/source/{id}", hex, ways, ({ source }) => ({ trafficSource: source })),
  deleteTrafficSource: deleting(hex, (call, path) => call("DELETE /3.0/admin/offer/source/{id}", { path })),
} satisfies Resolvers["Mutation"];
