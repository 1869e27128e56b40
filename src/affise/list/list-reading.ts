import { UpstreamError } from "../error/error.js";
import type { Page, Pages } from "./list.js";

/** Rows of a list from some place on. */
export interface Rows<Row> {
  rows: readonly Row[];
  /** Whether there are rows behind these; undefined where nothing tells it, or a total says so behind a page without rows. */
  hasMore?: boolean;
  /** How many rows the whole list has, where it tells it or was read to its end. */
  total?: number;
}

/**
 * The page size that covers rows `start` to `start + count` of a list in the fewest pages, and among these the smallest. REST lists know
 * pages of one size only, so a window that begins anywhere may have to read a few rows more.
 */
export const pageSize = (start: number, count: number, max: number): number => {
  const pages = (limit: number) => Math.floor((start + count - 1) / limit) - Math.floor(start / limit) + 1;
  let best = max;
  for (let limit = Math.min(count, max); limit < max; limit += 1) {
    if (pages(limit) < pages(best)) best = limit;
    if (pages(best) === 1) break;
  }
  for (let limit = Math.min(count, max); limit < best; limit += 1) if (pages(limit) === pages(best)) return limit;
  return best;
};

/** The total that a page tells; one that its own rows contradict is none. */
const totalOf = (page: Page<unknown>, offset: number): number | undefined =>
  page.total === undefined || (page.rows.length > 0 && page.total < offset + page.rows.length) ? undefined : page.total;

/** Rows fewer than a fiftieth of what was asked are what is left of a page rather than its size: pages of one row would never end. */
const leastShare = 50;

/** How many rows a page really has: Affise may give fewer than were asked for, and counts its pages by what it gives. */
const sizeOf = (page: Page<unknown>, number: number, limit: number, tellsTotal: boolean): number => {
  const { rows, size, form, hasNext } = page;
  const offset = (number - 1) * limit;
  const total = totalOf(page, offset);
  const isOdd = total === undefined && hasNext === undefined && tellsTotal && rows.length > 0;
  const due = total === undefined ? (hasNext || isOdd ? limit : 0) : Math.min(limit, total - offset);
  if (size && size < limit && (number > 1 || rows.length < due)) return size;
  if (form !== "list" || rows.length >= due) return limit;
  return isOdd || rows.length * leastShare >= due ? rows.length : limit;
};

const range = (from: number, to: number) => (to < from ? [] : Array.from({ length: to - from + 1 }, (_, index) => from + index));

const isSame = (left: Page<unknown>, right: Page<unknown>) => JSON.stringify(left.rows) === JSON.stringify(right.rows);

/** Reads on where nothing tells how long the list is: one page, then two, then four, until one is short or comes again. */
const readOn = async <Row>(pages: Pages<Row>, head: Page<Row>, first: number, last: number, limit: number) => {
  const all = [head];
  const goesOn = ({ rows, form, hasNext }: Page<Row>) => {
    if (rows.length === 0) return false;
    return hasNext ?? (head.hasNext === undefined && (rows.length >= limit || (form === "map" && pages.tellsTotal)));
  };
  let ended = !goesOn(head);
  for (let together = 1; !ended && first + all.length <= last; together *= 2) {
    const next = first + all.length;
    for (const page of await Promise.all(range(next, Math.min(last, next + together - 1)).map((n) => pages.read(n, limit)))) {
      if (ended) break;
      ended = isSame(page, all.at(-1) ?? head);
      if (ended) break;
      all.push(page);
      ended = !goesOn(page);
    }
  }
  return { all, ended };
};

/** A page, and the others all at once. */
const withOthers = async <Row>(pages: Pages<Row>, head: Page<Row>, numbers: readonly number[], limit: number) =>
  numbers.length ? [head, ...(await Promise.all(numbers.map((number) => pages.read(number, limit))))] : [head];

interface Attempt<Row> {
  max: number;
  /** The first page, where it was read already. */
  known?: Page<Row>;
}

const readWindow = async <Row>(
  pages: Pages<Row>,
  start: number,
  count: number,
  { max, known }: Attempt<Row>,
  isLastTry: boolean,
): Promise<Rows<Row>> => {
  const limit = pageSize(start, count, max);
  const first = Math.floor(start / limit) + 1;
  const last = Math.floor((start + count - 1) / limit) + 1;
  const head = known?.rows.length === limit && first === 1 ? known : await pages.read(first, limit);
  const size = isLastTry ? limit : sizeOf(head, first, limit, pages.tellsTotal);
  if (size < limit) return readWindow(pages, start, count, { max: size, known: first === 1 ? head : undefined }, true);

  const total = totalOf(head, (first - 1) * limit);
  const { all, ended } =
    total === undefined
      ? await readOn(pages, head, first, last, limit)
      : { all: await withOthers(pages, head, range(first + 1, Math.min(last, Math.ceil(total / limit))), limit), ended: false };
  const end = start + count;
  const rows = all.flatMap((page, index) => {
    const offset = (first - 1 + index) * limit;
    return page.rows.slice(Math.max(0, start - offset), Math.max(0, end - offset));
  });
  const reached = (first + all.length - 2) * limit + (all.at(-1)?.rows.length ?? 0);
  const isEmpty = all.at(-1)?.rows.length === 0;
  if (total !== undefined) return { rows, total, hasMore: end < total ? (isEmpty ? undefined : true) : false };
  if (ended) return { rows, total: rows.length || start === 0 ? reached : undefined, hasMore: reached > end };
  return { rows, hasMore: reached > end || all.at(-1)?.hasNext };
};

/**
 * Reads rows `start` to `start + count` of a list: its first page, and then all the others together, so in two waves however many there are.
 * The page size that came counts, not the one asked for; where the list tells no total, it ends with its `next_page`, or with a page that is
 * short, empty, or the same again.
 */
export const readRows = <Row>(pages: Pages<Row>, start: number, count: number): Promise<Rows<Row>> =>
  readWindow(pages, start, count, { max: pages.max }, false);

/** More rows than any network has in one list that is read whole. */
const mostRows = 1_000_000;

/** Reads a list whole. Throws UPSTREAM_FAILED where it has no end. */
export const everyRow = async <Row>(pages: Pages<Row>): Promise<readonly Row[]> => {
  const { rows, hasMore } = await readRows(pages, 0, mostRows);
  if (hasMore) throw new UpstreamError("UPSTREAM_FAILED", "Affise's list has no end.");
  return rows;
};
