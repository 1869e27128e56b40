import { badInput } from "../error/error.js";
import { formatNumber } from "../error/quoted.js";
import type { Pages } from "./list.js";
import { type Attempt, pageSize, type Rows, readRows, readWindow, sizeOf, totalOf } from "./list-reading.js";
import { mostWhole } from "./whole-list.js";

/** The part of a list that is read from its end: the places behind `from`, before `to` or to the end of the list. */
export interface Range {
  from: number;
  to?: number;
}

/** What is left of a range before the place where the list ends. */
const lastOf = ({ from, to = Number.POSITIVE_INFINITY }: Range, end: number, count: number) => {
  const until = Math.max(from, Math.min(to, end));
  return { start: Math.max(from, until - count), until };
};

/** Where a list does not tell where it ends, it is read to its end. */
const readToEnd = async <Row>(pages: Pages<Row>, range: Range, count: number): Promise<Rows<Row>> => {
  const silent: Pages<Row> = {
    ...pages,
    read: async (number, limit) => ({ ...(await pages.read(number, limit)), total: undefined }),
  };
  const { rows, total = rows.length, hasMore } = await readRows(silent, 0, mostWhole);
  if (hasMore) {
    const most = formatNumber(mostWhole);
    const message = `last: Affise does not tell where this list ends, and it has more than ${most} rows. Narrow it by a filter, or read it by first.`;
    throw badInput("last", message);
  }
  const { start, until } = lastOf(range, total, count);
  // Where rows were left out of the pages, the places of those that came are not known.
  const isWhole = rows.length === total || start === until;
  const found = isWhole ? rows.slice(start, until) : (await readRows(silent, start, until - start)).rows;
  return { rows: found, start, total, hasMore: until < total };
};

/**
 * Reads the last rows of a list, or the last of a range of it. One page of the asked size tells how long the list is; when not all of it stands
 * there, the pages that have the rows are read together. A list that tells no length is read to its end: BAD_USER_INPUT where that is more
 * than ten thousand rows.
 */
export const readLastRows = async <Row>(pages: Pages<Row>, range: Range, count: number): Promise<Rows<Row>> => {
  const upTo = async (end: number, known: Attempt<Row>): Promise<Rows<Row>> => {
    const { start, until } = lastOf(range, end, count);
    if (start === until) return { rows: [], start, total: end, hasMore: false };
    const found = await readWindow(pages, start, until - start, { ...known, isThere: true });
    return found.rows.length ? found : readToEnd(pages, range, count);
  };
  const { from, to } = range;
  if (to !== undefined) {
    const start = Math.max(from, to - count);
    const found = await readRows(pages, start, to - start);
    const { total } = found;
    if (start === from || (total === undefined ? found.rows.length : total >= to)) return found;
    // The list has become shorter than that.
    if (total !== undefined) return upTo(total, { max: pages.max });
  }
  if (pages.length) return upTo(await pages.length(), { max: pages.max });
  if (!pages.tellsTotal) return readToEnd(pages, range, count);
  const limit = pageSize(from, Math.min(count, pages.max), pages.max);
  const number = Math.floor(from / limit) + 1;
  const offset = (number - 1) * limit;
  const page = await pages.read(number, limit);
  const total = totalOf(page, offset);
  if (total === undefined) return readToEnd(pages, range, count);
  const size = sizeOf(page, number, limit, pages.tellsTotal);
  if (size < limit) return upTo(total, { max: size });
  if (total > offset + limit) return upTo(total, { max: pages.max, known: { page, number, limit } });
  const { start } = lastOf(range, total, count);
  return { rows: [page.rows.slice(start - offset)].flat(), start, total, hasMore: false };
};
