import type { Context } from "../context.js";
import type { AffiliateProductFeedItemsArgs, ProductFeedItemResolvers } from "../generated/schema.js";
import { ownNumber } from "./joined.js";
import { from } from "./read.js";
import { ownKeyOnly } from "./report-sub-value.js";
import type { AffiliateRow } from "./row.js";
import { hex, int } from "./write.js";

export const Affiliate = {
  productFeedItems: async (row: AffiliateRow, { feedId, offerId }: AffiliateProductFeedItemsArgs, { call }: Context) => {
    const product_feed_id = hex(feedId, "feedId");
    const offer_id = int(offerId, "offerId");
    ownKeyOnly(row, "productFeedItems");
    const { data } = await call("GET /3.1/product-feed/{product_feed_id}/items", {
      path: { product_feed_id },
      query: { affiliate_id: ownNumber(row.id), offer_id },
    });
    return data;
  },
};

export const ProductFeedItem = {
  feedId: from("product_feed_id"),
  trackingLink: from("affise_url"),
} satisfies ProductFeedItemResolvers;
