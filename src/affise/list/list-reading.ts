import { UpstreamError } from "../error/error.js";
import type { Page, Pages } from "./list.js";

/** Rows of a list from some place on. */
export interface Rows<Row> {
  rows: readonly Row[];
  /** How many places of the list come before these. */
  start: number;
  /** Whether there are rows behind these; undefined where nothing tells it, or a total says so behind a page without rows. */
  hasMore?: boolean;
  /** How many rows the whole list has, where it tells it or was read to its end. */
  total?: number;
  /** Whether a row came again; of those that did, one is here. */
  hasRepeats?: boolean;
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

/** The total that a page tells, which begins behind `offset` rows; one that its own rows contradict is none. */
export const totalOf = (page: Page<unknown>, offset: number): number | undefined =>
  page.total === undefined || (page.rows.length > 0 && page.total < offset + page.rows.length) ? undefined : page.total;

/** Rows fewer than a fiftieth of what was asked are what is left of a page rather than its size: pages of one row would never end. */
const leastShare = 50;

/** How many rows a page really has: Affise may give fewer than were asked for, and counts its pages by what it gives. */
export const sizeOf = (page: Page<unknown>, number: number, limit: number, tellsTotal: boolean): number => {
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

/** Whether rows are the same again, as a list gives them that knows no pages. */
export const isSame = ({ rows: left }: Pick<Page<unknown>, "rows">, { rows: right }: Pick<Page<unknown>, "rows">): boolean =>
  left.length === right.length && left.every((row, index) => JSON.stringify(row) === JSON.stringify(right[index]));

const idOf = (row: unknown): string | undefined => {
  const { id } = Object(row) as { id?: unknown };
  return typeof id === "number" || (typeof id === "string" && id !== "") ? String(id) : undefined;
};

/** Pages of a list one after the other, with each row where it came first. */
class PageRun<Row> {
  /** So many of its pages brought something. */
  private reach = 0;
  private last: Page<Row> | undefined;
  private readonly ids = new Set<string>();
  private readonly pages: Page<Row>[] = [];
  hasRepeats = false;

  constructor(private readonly hasIds = false) {}

  /** Adds a page. False where all that it has came before, as behind the end of a list that gives its last page again. */
  add(page: Page<Row>): boolean {
    // A copy by slice keeps the holes.
    const rows = page.rows.slice();
    const isAgain = !this.hasIds && this.last !== undefined && isSame(page, this.last);
    this.last = page;
    let isNew = rows.length === 0;
    page.rows.forEach((row, place) => {
      const id = this.hasIds ? idOf(row) : undefined;
      const isRepeat = id === undefined ? isAgain : this.ids.has(id);
      if (id !== undefined) this.ids.add(id);
      if (isRepeat) {
        delete rows[place];
        this.hasRepeats = true;
      } else isNew = true;
    });
    this.pages.push({ ...page, rows });
    if (isNew) this.reach = this.pages.length;
    return isNew;
  }

  /** The pages up to the last that brought something. */
  get all(): readonly Page<Row>[] {
    return this.pages.slice(0, this.reach);
  }
}

/** Reads on where nothing tells how long the list is: one page, then two, then four, until one is short or brings nothing new. */
const readOn = async <Row>(pages: Pages<Row>, run: PageRun<Row>, head: Page<Row>, first: number, last: number, limit: number) => {
  const goesOn = ({ rows, form, hasNext }: Page<Row>) => {
    if (rows.length === 0) return false;
    return hasNext ?? (head.hasNext === undefined && (rows.length >= limit || (form === "map" && pages.tellsTotal)));
  };
  let ended = !goesOn(head);
  let next = first + 1;
  for (let together = 1; !ended && next <= last; together *= 2) {
    const numbers = range(next, Math.min(last, next + together - 1));
    for (const page of await Promise.all(numbers.map((number) => pages.read(number, limit)))) {
      ended = !run.add(page) || !goesOn(page);
      if (ended) break;
    }
    next += numbers.length;
  }
  return ended;
};

/** A page that was read already. */
interface KnownPage<Row> {
  page: Page<Row>;
  number: number;
  limit: number;
}

/** What is known of a list before a part of it is read. */
export interface Attempt<Row> {
  /** The most rows a page may have. */
  max: number;
  known?: KnownPage<Row>;
  /** True where the list is known to reach to the window's end, so that no page has to wait for the first. */
  isThere?: boolean;
  /** True where the page size that came counts whatever comes now. */
  isLastTry?: boolean;
}

/** Reads rows `start` to `start + count` as `readRows` does, with what is known already. */
export const readWindow = async <Row>(
  pages: Pages<Row>,
  start: number,
  count: number,
  { max, known, isThere = false, isLastTry = false }: Attempt<Row>,
): Promise<Rows<Row>> => {
  const limit = pageSize(start, count, max);
  const first = Math.floor(start / limit) + 1;
  const last = Math.floor((start + count - 1) / limit) + 1;
  const read = (numbers: readonly number[]) =>
    Promise.all(
      numbers.map((number) => (known?.number === number && known.limit === limit ? known.page : pages.read(number, limit))),
    );
  const [head, ...others] = (await read(range(first, isThere ? last : first))) as [Page<Row>, ...Page<Row>[]];
  const size = isLastTry ? limit : sizeOf(head, first, limit, pages.tellsTotal);
  if (size < limit) {
    const again = first === 1 && head.rows.length === size ? { page: head, number: 1, limit: size } : undefined;
    return readWindow(pages, start, count, { max: size, known: again, isThere, isLastTry: true });
  }

  const run = new PageRun<Row>(pages.hasIds);
  run.add(head);
  const told = totalOf(head, (first - 1) * limit);
  const isUnknown = told === undefined && !others.length;
  const behind = range(first + 1 + others.length, Math.min(last, Math.ceil((told ?? 0) / limit)));
  const rest = isUnknown ? [] : [...others, ...(behind.length ? await read(behind) : [])];
  for (const page of rest) run.add(page);
  const readToEnd = isUnknown && (await readOn(pages, run, head, first, last, limit));
  const { all, hasRepeats } = run;
  const ended = readToEnd || (!isUnknown && all.length <= rest.length);
  const total = ended ? undefined : told;
  const end = start + count;
  // Laid flat, a list has no holes.
  const rows = all.flatMap((page, index) => {
    const offset = (first - 1 + index) * limit;
    return page.rows.slice(Math.max(0, start - offset), Math.max(0, end - offset));
  });
  const reached = (first + all.length - 2) * limit + (all.at(-1)?.rows.length ?? 0);
  const isEmpty = all.at(-1)?.rows.length === 0;
  const found = { rows, start, hasRepeats };
  if (total !== undefined) return { ...found, total, hasMore: end < total ? (isEmpty ? undefined : true) : false };
  if (ended) return { ...found, total: rows.length || start === 0 ? reached : undefined, hasMore: reached > end };
  return { ...found, hasMore: reached > end || all.at(-1)?.hasNext };
};

/**
 * Reads rows `start` to `start + count` of a list: its first page, and then all the others together, so in two waves however many there are.
 * The page size that came counts, not the one asked for; where the list tells no total, it ends with its `next_page`, or with a page that is
 * short, empty, or the same again.
 */
export const readRows = <Row>(pages: Pages<Row>, start: number, count: number): Promise<Rows<Row>> =>
  readWindow(pages, start, count, { max: pages.max });

/** More rows than any network has in one list that is read whole. */
const mostRows = 1_000_000;

/** Reads a list whole. Throws UPSTREAM_FAILED where it has no end. */
export const everyRow = async <Row>(pages: Pages<Row>): Promise<readonly Row[]> => {
  const { rows, hasMore } = await readRows(pages, 0, mostRows);
  if (hasMore) throw new UpstreamError("UPSTREAM_FAILED", "Affise's list has no end.");
  return rows;
};

/** The rows of a list that is asked by ids. A row that stands there twice takes the place of another: then the list is read to its end. */
export const rowsOfIds = async <Row>(
  pages: Pages<Row>,
  ids: readonly unknown[],
  keyOf: (row: Row) => unknown = idOf,
): Promise<readonly Row[]> => {
  const { rows, hasRepeats } = await readRows(pages, 0, ids.length);
  return hasRepeats || new Set(rows.map((row) => String(keyOf(row)))).size < rows.length ? everyRow(pages) : rows;
};
