import { listRows } from "../../affise/list/list.js";
import type { PixelModerationStatus, Resolvers } from "../../generated/schema.js";
import { foreignKey, ownNumber } from "../column/foreign-key.js";
import { ids, int } from "../mutation/write.js";

const moderation = (status: PixelModerationStatus | undefined) =>
  status === undefined ? undefined : (Number(status) as -1 | 0 | 1);

export const Query = {
  pixels: async (_, { affiliateIds, moderationStatus }, { call }) => {
    const query = { pid: ids(int, affiliateIds, "affiliateIds"), moderation_status: moderation(moderationStatus) };
    return listRows(call, "GET /3.0/partner/pixels", "pixel", { query });
  },
} satisfies Resolvers["Query"];

export const Affiliate = {
  pixels: ({ id }, _, { load }) => load.pixels.load(ownNumber(id)).then((found) => [...(found ?? [])]),
} satisfies Resolvers["Affiliate"];

export const Pixel = {
  ...foreignKey("offer", "offer_id"),
  ...foreignKey("affiliate", "pid"),
} satisfies Resolvers["Pixel"];
