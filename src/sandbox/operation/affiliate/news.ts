import type { NewsItem } from "../../model/news.js";
import type { Routes } from "../../model/route.js";
import type { Row } from "../../model/row.js";
import { orNotFound } from "../../rule/failure.js";

const row = ({ id, title, summary, text, created }: NewsItem): Row => ({
  _id: { $id: id },
  ...{ title, small_desc: summary, desc: text, status: 1 },
  created_at: { sec: Math.floor(created / 1000), usec: 0 },
});

export const news: Routes = {
  "GET /3.0/news": ({ state, query }) => {
    const all = [...state.news.values()].filter((item) => query.fixed === undefined || Number(item.isFixed) === query.fixed);
    const skip = query.skip ?? 0;
    const rows = all.slice(skip, skip + (query.limit ?? 10));
    // The pinned ones alone come as a map by id, as in Affise's own test data.
    const items = query.fixed === 1 ? Object.fromEntries(rows.map((item) => [item.id, row(item)])) : rows.map(row);
    return { status: 1, items, all_items: all.length };
  },
  "GET /3.0/news/{id}": ({ state, path }) => {
    const item = orNotFound(state.news.get(path.id));
    return { status: 1, news: row(item) };
  },
};
