import { listRows } from "../../affise/list.js";
import type { Input } from "../../affise/operation.js";
import type {
  AffiliateResolvers,
  MutationResolvers,
  PixelModerationStatus,
  PixelResolvers,
  QueryResolvers,
} from "../../generated/schema.js";
import { foreignKey, ownNumber } from "../column/foreign-key.js";
import { columns, ids, int, type Way } from "../mutation/write.js";

const moderation = (status: PixelModerationStatus | null | undefined) =>
  status === null || status === undefined ? undefined : (Number(status) as -1 | 0 | 1);

export const Query = {
  pixels: async (_, { affiliateIds, moderationStatus }, { call }) => {
    const query = { pid: ids(int, affiliateIds, "affiliateIds"), moderation_status: moderation(moderationStatus) };
    return listRows(call, "GET /3.0/partner/pixels", "pixel", { query });
  },
} satisfies QueryResolvers;

export const Affiliate = {
  pixels: async ({ id }, _, { load }) => [...((await load.pixels.load(ownNumber(id))) ?? [])],
} satisfies AffiliateResolvers;

const offer = foreignKey("offer", "offer_id");
const affiliate = foreignKey("affiliate", "pid");

export const Pixel = {
  offerId: offer.id,
  offer: offer.row,
  affiliateId: affiliate.id,
  affiliate: affiliate.row,
} satisfies PixelResolvers;

const ways: Record<string, Way> = {
  offerId: (id: string) => ({ offer_id: int(id, "input.offerId") }),
  affiliateId: (id: string) => ({ pid: int(id, "input.affiliateId") }),
  moderationStatus: (status: PixelModerationStatus) => ({ moderation_status: Number(status) }),
  isActive: (isActive: boolean) => ({ is_active: isActive ? 1 : 0 }),
};

/** What is null is left out: nothing of a pixel can be cleared. */
const bodyOf = (input: object) => columns(Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)), ways);

type Create = Input<"POST /3.0/partner/pixel">["body"];
type Update = Input<"POST /3.0/partner/pixel/{id}">["body"];

export const Mutation = {
  createPixel: (_, { input }, { call }) => call("POST /3.0/partner/pixel", { body: bodyOf(input) as Create }),

  updatePixel: (_, { input: { id, ...changes } }, { call }) =>
    call("POST /3.0/partner/pixel/{id}", { path: { id: int(id, "input.id") }, body: bodyOf(changes) as Update }),

  deletePixel: (_, { input }, { call }) =>
    call("DELETE /3.0/partner/pixel/{id}/remove", { path: { id: int(input.id, "input.id") } }),
} satisfies MutationResolvers;
