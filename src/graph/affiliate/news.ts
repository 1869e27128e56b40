import type { Pages } from "../../affise/list/list.js";
import type { Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { connection } from "../column/connection.js";
import { nullIfNotFound } from "../column/failure.js";
import { hex, toZeroOne } from "../mutation/write.js";

/** A network without any news answers NOT_FOUND, which means none here and no wrong id. */
const orNone = <Row>(pages: Pages<Row>): Pages<Row> => ({
  ...pages,
  read: async (page, limit) =>
    (await nullIfNotFound(pages.read(page, limit))) ?? { rows: [], form: "list", total: 0, hasNext: false },
});

export const Affiliate = {
  news: (_, { isPinned, ...page }, { load }) =>
    connection(page, orNone(load.pages.news({ query: { fixed: toZeroOne(isPinned) } }))),

  newsItem: (_, { id }, { load }) => nullIfNotFound(load.newsItem.load(hex(id, "id"))),
} satisfies Resolvers["Affiliate"];

export const NewsItem = {
  id: column("_id"),
  summary: column("small_desc"),
  text: column("desc"),
} satisfies Resolvers["NewsItem"];
