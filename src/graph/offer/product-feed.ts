import type { Context } from "../../context.js";
import type { AffiliateProductFeedItemsArgs, Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { ownNumber } from "../column/foreign-key.js";
import type { AffiliateRow } from "../column/row.js";
import { hex, int } from "../mutation/write.js";
import { ownKeyOnly } from "../statistics/report-sub-value.js";

export const Affiliate = {
  productFeedItems: async (row: AffiliateRow, { feedId, offerId }: AffiliateProductFeedItemsArgs, { load }: Context) => {
    const product_feed_id = hex(feedId, "feedId");
    const offer_id = int(offerId, "offerId");
    ownKeyOnly(row, "productFeedItems");
    const items = await load.productFeedItems.load(product_feed_id, { affiliate_id: ownNumber(row.id), offer_id });
    return [...(items ?? [])];
  },
};

export const ProductFeedItem = {
  feedId: column("product_feed_id"),
  trackingLink: column("affise_url"),
} satisfies Resolvers["ProductFeedItem"];
