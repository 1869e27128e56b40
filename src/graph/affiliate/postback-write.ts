import { badInput } from "../../affise/error/error.js";
import { snakeCase } from "../../contract/snake-case.js";
import type { PostbackMetaInput, Resolvers } from "../../generated/schema.js";
import { type Numbered, numberedColumns, subs } from "../column/numbered.js";
import { manyIn } from "../mutation/settle.js";
import { creating, deleting, updating } from "../mutation/single.js";
import { type ColumnWriter, idTo, int, zeroOne } from "../mutation/write.js";

const together = ["eventName", "metaAccessToken", "metaPixelId"] as const;

const metaFields: Numbered = { most: 7, columns: (number) => [snakeCase(`customField${number}`)] };

const metaColumns = (meta: PostbackMetaInput, argument: string) => {
  const missing = together.filter((name) => !meta[name]);
  if (missing[0] && missing.length < together.length) {
    throw badInput(`${argument}.${missing[0]}`, `${argument}.${missing[0]} is missing: ${together.join(", ")} belong together.`);
  }
  const { subs: given, customFields: fields, ...others } = meta;
  return {
    ...Object.fromEntries(Object.entries(others).map(([name, value]) => [snakeCase(name), value])),
    ...numberedColumns(metaFields, fields, `${argument}.customFields`, ({ value }) => value),
    ...numberedColumns(subs(8), given, `${argument}.subs`, ({ value }) => value),
  };
};

const ways: Record<string, ColumnWriter> = {
  affiliateId: idTo("pid", int),
  offerId: idTo("offer_id", int),
  trigger: "status",
  isForced: zeroOne("forced"),
  meta: (meta: PostbackMetaInput, argument) => ({ meta: metaColumns(meta, argument) }),
  customFilter: ({ field, text }: { field: string; text: string }) => ({
    custom_filter_field: field,
    custom_filter_text: text,
  }),
};

/** One REST call for all that belongs to some offers or affiliates: they share what becomes of it. */
const deleteOf = async (ids: readonly string[], argument: string, send: (ids: number[]) => Promise<unknown>) => {
  const parents = manyIn(int, ids, argument);
  await parents.together(send);
  return { results: parents.results() };
};

export const Mutation = {
  createPostback: creating("POST /3.0/partner/postback", ways, ({ postback }) => ({ postback })),
  updatePostback: updating("POST /3.0/partner/postback/{id}", int, ways, ({ postback }) => ({ postback })),
  deletePostback: deleting(int, (call, path) => call("DELETE /3.0/partner/postback/{id}/remove", { path })),

  deletePostbacksOfOffers: (_, { input }, { call }) =>
    deleteOf(input.offerIds, "input.offerIds", (ids) => call("DELETE /3.0/partner/postbacks/by-offers", { query: { ids } })),

  deletePostbacksOfAffiliates: (_, { input }, { call }) =>
    deleteOf(input.affiliateIds, "input.affiliateIds", (ids) =>
      call("DELETE /3.0/partner/postbacks/by-affiliates", { query: { ids } }),
    ),
} satisfies Resolvers["Mutation"];
