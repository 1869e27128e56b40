import { badInput } from "../../affise/error.js";

/** One page as a REST list gives it. `total` is left out where the list does not tell it. */
export interface Page<Row> {
  rows: readonly Row[];
  total?: number;
}

/** Reads rows `(page - 1) * limit` to `page * limit` of a list; pages count from 1. */
export type ReadPage<Row> = (page: { page: number; limit: number }) => Promise<Page<Row>>;

export interface PageArgs {
  first?: number | null;
  after?: string | null;
}

const cursorAt = (offset: number) => Buffer.from(`row ${offset}`).toString("base64url");

const offsetAfter = (after: string | null | undefined): number => {
  if (after === null || after === undefined) return 0;
  const offset = Number(/^row (\d{1,9})$/.exec(Buffer.from(after, "base64url").toString())?.[1]);
  if (Number.isNaN(offset) || cursorAt(offset) !== after) {
    throw badInput("after", `after: ${JSON.stringify(after)} is no cursor of this list; take one from pageInfo.endCursor.`);
  }
  return offset + 1;
};

const sizeOf = (first: number | null | undefined, usual: number): number => {
  const size = first ?? usual;
  if (size < 1 || size > 10_000) throw badInput("first", `first: ${size} is out of range; ask for 1 to 10,000 rows.`);
  return size;
};

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

/** How many pages are asked for before the list's length is known. */
const atOnce = 2;

const readWindow = async <Row>(read: ReadPage<Row>, start: number, count: number, max: number): Promise<Page<Row>> => {
  const limit = pageSize(start, count, max);
  const firstPage = Math.floor(start / limit) + 1;
  const lastPage = Math.floor((start + count - 1) / limit) + 1;
  const pagesFrom = (from: number, to: number) =>
    Promise.all(Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => read({ page: from + index, limit })));

  const known = await pagesFrom(firstPage, Math.min(lastPage, firstPage + atOnce - 1));
  const total = known.find((page) => page.total !== undefined)?.total;
  const needed = total === undefined ? lastPage : Math.min(lastPage, Math.ceil(total / limit));
  const full = known.at(-1)?.rows.length === limit;
  const rest = full || total !== undefined ? await pagesFrom(firstPage + atOnce, needed) : [];
  const skipped = (firstPage - 1) * limit;
  const rows = [...known, ...rest].flatMap((page) => page.rows);
  return { rows: rows.slice(start - skipped, start - skipped + count), total };
};

/** A Relay connection over a paged REST list. Nothing is read before a field asks; `totalCount` alone reads a single row. */
export type Connection<Row> = {
  totalCount(): Promise<number | null>;
  nodes(): Promise<readonly Row[]>;
  edges(): Promise<{ cursor: string; node: Row }[]>;
  pageInfo(): Promise<{ hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }>;
};

export interface ConnectionOptions {
  /** The most rows a page of the list may have. */
  max?: number;
  /** How many rows when `first` is null. */
  usual?: number;
}

/**
 * Opens a connection. Throws BAD_USER_INPUT naming `first` or `after` before anything is read.
 * A window past the list's page limit is read in several pages side by side.
 */
export const connection = <Row>(
  args: PageArgs,
  read: ReadPage<Row>,
  { max = 500, usual = 50 }: ConnectionOptions = {},
): Connection<Row> => {
  const count = sizeOf(args.first, usual);
  const start = offsetAfter(args.after);
  let window: Promise<Page<Row>> | undefined;
  const open = () => {
    window ??= readWindow(read, start, count, max);
    return window;
  };
  const rows = async () => (await open()).rows;
  return {
    async totalCount() {
      await null;
      const page = await (window ?? read({ page: 1, limit: 1 }));
      return page.total ?? null;
    },
    nodes: rows,
    edges: async () => (await rows()).map((node, index) => ({ cursor: cursorAt(start + index), node })),
    async pageInfo() {
      const page = await open();
      const end = start + page.rows.length;
      return {
        hasNextPage: page.total === undefined ? page.rows.length === count : end < page.total,
        hasPreviousPage: start > 0,
        startCursor: page.rows.length ? cursorAt(start) : null,
        endCursor: page.rows.length ? cursorAt(end - 1) : null,
      };
    },
  };
};
