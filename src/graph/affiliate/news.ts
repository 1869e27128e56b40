import type { AffiliateResolvers, NewsItemResolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { connection } from "../column/connection.js";
import { list, record } from "../column/decode.js";
import { nullIfNotFound } from "../column/null-if-not-found.js";
import { hex, toZeroOne } from "../mutation/write.js";

export const Affiliate = {
  news: (_, { isPinned, ...page }, { call }) =>
    connection(
      page,
      async ({ page, limit }) => {
        const query = { limit, skip: (page - 1) * limit, fixed: toZeroOne(isPinned) };
        const { items, all_items } = await call("GET /3.0/news", { query });
        return { rows: (list(items) ?? []).map((item) => record(item) ?? {}), total: all_items };
      },
      { max: 100 },
    ),

  newsItem: (_, { id }, { load }) => nullIfNotFound(load.newsItem.load(hex(id, "id"))),
} satisfies AffiliateResolvers;

export const NewsItem = {
  id: column("_id"),
  summary: column("small_desc"),
  text: column("desc"),
} satisfies NewsItemResolvers;
