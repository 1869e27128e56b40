import { badInput } from "../../affise/error.js";
import type { Input } from "../../affise/operation.js";
import type { Context } from "../../context.js";
import type {
  AffiliatePostbacksArgs,
  AffiliateResolvers,
  CreatePostbackInput,
  MutationResolvers,
  PostbackMetaInput,
  PostbackResolvers,
  QueryResolvers,
  UpdatePostbackInput,
} from "../../generated/schema.js";
import { column } from "../column/column.js";
import { type Connection, connection, mapPages } from "../column/connection.js";
import { text, word } from "../column/decode.js";
import { foreignKey, ownNumber } from "../column/foreign-key.js";
import type { PostbackRow } from "../column/row.js";
import { columns, ids, int, toZeroOne, type Way } from "../mutation/write.js";

/** The list names one affiliate and prints it in no row, so that each row is told whose it is. */
const postbackConnection = (
  { load }: Context,
  affiliate: number,
  { first, after, filter }: Partial<AffiliatePostbacksArgs>,
): Connection<PostbackRow> => {
  const query = {
    partner_id: affiliate,
    offer_ids: ids(int, filter?.offerIds, "filter.offerIds"),
    only_global: toZeroOne(filter?.isGlobal ?? undefined),
    after_id: filter?.afterId ? int(filter.afterId, "filter.afterId") : undefined,
  };
  const pages = mapPages(load.pages.postbacks({ query }), (row) => ({ ...row, affiliate }));
  return connection({ first, after }, pages);
};

export const Query = {
  postbacks: (_, { affiliateId, ...args }, context) => postbackConnection(context, int(affiliateId, "affiliateId"), args),
} satisfies QueryResolvers;

export const Affiliate = {
  postbacks: ({ id }, args, context) => postbackConnection(context, ownNumber(id), args),
} satisfies AffiliateResolvers;

/** not_found is an older word that Affise itself turns into declined. */
const triggers = {
  ...{ by_creating: "by_creating", confirmed: "confirmed", pending: "pending", declined: "declined", hold: "hold" },
  not_found: "declined",
} as const;

const offer = foreignKey("offer", "offer_id");
const affiliate = foreignKey("affiliate", "pid", "affiliate");

export const Postback = {
  isGlobal: ({ offer_id }) => (offer_id === undefined ? null : text(offer_id) === null),
  offerId: offer.id,
  offer: offer.row,
  affiliateId: affiliate.id,
  affiliate: affiliate.row,
  trigger: ({ status }) => word(status, triggers) as never,
  isForced: column("forced"),
  createdAt: column("created"),
} satisfies PostbackResolvers;

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const together = ["eventName", "metaAccessToken", "metaPixelId"] as const;

const metaColumns = (meta: PostbackMetaInput) => {
  const missing = together.filter((name) => !meta[name]);
  if (missing[0] && missing.length < together.length) {
    throw badInput(`input.meta.${missing[0]}`, `input.meta.${missing[0]} is missing: ${together.join(", ")} belong together.`);
  }
  const filled = Object.entries(meta).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(filled.map(([name, value]) => [snake(name), value]));
};

const ways: Record<string, Way> = {
  affiliateId: (id: string) => ({ pid: int(id, "input.affiliateId") }),
  offerId: (id: string) => ({ offer_id: int(id, "input.offerId") }),
  trigger: "status",
  isForced: (isForced: boolean) => ({ forced: isForced ? 1 : 0 }),
  meta: (meta: PostbackMetaInput) => ({ meta: metaColumns(meta) }),
  customFilter: ({ field, text }: { field: string; text: string }) => ({
    custom_filter_field: field,
    custom_filter_text: text,
  }),
};

/** What is null is left out, but for the goal, which null clears. */
const bodyOf = (input: CreatePostbackInput | Omit<UpdatePostbackInput, "id">) => {
  const filled = Object.entries(input).filter(([name, value]) => value !== null || name === "goal");
  return columns(Object.fromEntries(filled), ways);
};

type Create = Input<"POST /3.0/partner/postback">["body"];
type Update = Input<"POST /3.0/partner/postback/{id}">["body"];

const someIds = (given: readonly string[], argument: string) => {
  if (!given.length) throw badInput(argument, `${argument} is empty: give at least one.`);
  return given.map((id) => int(id, argument));
};

export const Mutation = {
  createPostback: (_, { input }, { call }) => call("POST /3.0/partner/postback", { body: bodyOf(input) as Create }),

  updatePostback: (_, { input: { id, ...changes } }, { call }) =>
    call("POST /3.0/partner/postback/{id}", { path: { id: int(id, "input.id") }, body: bodyOf(changes) as Update }),

  deletePostback: (_, { input }, { call }) =>
    call("DELETE /3.0/partner/postback/{id}/remove", { path: { id: int(input.id, "input.id") } }),

  deletePostbacksOfOffers: (_, { input }, { call }) =>
    call("DELETE /3.0/partner/postbacks/by-offers", { query: { ids: someIds(input.offerIds, "input.offerIds") } }),

  deletePostbacksOfAffiliates: (_, { input }, { call }) =>
    call("DELETE /3.0/partner/postbacks/by-affiliates", {
      query: { ids: someIds(input.affiliateIds, "input.affiliateIds") },
    }),
} satisfies MutationResolvers;
