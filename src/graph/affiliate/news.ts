import type { AffiliateResolvers, NewsItemResolvers } from "../../generated/schema.js";
import { absent } from "../column/absent.js";
import { connection } from "../column/connection.js";
import { from, list, record } from "../column/read.js";
import { bit, hex } from "../mutation/write.js";

export const Affiliate = {
  news: (_, { isPinned, ...page }, { call }) =>
    connection(
      page,
      async ({ page, limit }) => {
        const query = { limit, skip: (page - 1) * limit, fixed: bit(isPinned) };
        const { items, all_items } = await call("GET /3.0/news", { query });
        return { rows: (list(items) ?? []).map((item) => record(item) ?? {}), total: all_items };
      },
      { max: 100 },
    ),

  newsItem: (_, { id }, { load }) => absent(load.newsItem.load(hex(id, "id"))),
} satisfies AffiliateResolvers;

export const NewsItem = {
  id: from("_id"),
  summary: from("small_desc"),
  text: from("desc"),
} satisfies NewsItemResolvers;
