import type { AffiliateResolvers, NewsItemResolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { connection } from "../column/connection.js";
import { nullIfNotFound } from "../column/null-if-not-found.js";
import { hex, toZeroOne } from "../mutation/write.js";

export const Affiliate = {
  news: (_, { isPinned, ...page }, { load }) => connection(page, load.pages.news({ query: { fixed: toZeroOne(isPinned) } })),

  newsItem: (_, { id }, { load }) => nullIfNotFound(load.newsItem.load(hex(id, "id"))),
} satisfies AffiliateResolvers;

export const NewsItem = {
  id: column("_id"),
  summary: column("small_desc"),
  text: column("desc"),
} satisfies NewsItemResolvers;
