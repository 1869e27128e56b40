import { badInput } from "../../affise/error/error.js";
import { quoted } from "../../affise/error/quoted.js";
import type { Pages } from "../../affise/list/list.js";
import { type Rows, readRows } from "../../affise/list/list-reading.js";

export interface PageArgs {
  first?: number | null;
  after?: string | null;
}

const cursorAt = (offset: number) => Buffer.from(`row ${offset}`).toString("base64url");

const offsetAfter = (after: string | null | undefined): number => {
  if (after === null || after === undefined) return 0;
  const offset = Number(/^row (\d{1,9})$/.exec(Buffer.from(after, "base64url").toString())?.[1]);
  if (Number.isNaN(offset) || cursorAt(offset) !== after) {
    throw badInput("after", `after: ${quoted(after)} is no cursor of this list; take one from pageInfo.endCursor.`);
  }
  return offset + 1;
};

const sizeOf = (first: number | null | undefined, usual: number): number => {
  const size = first ?? usual;
  if (size < 1 || size > 10_000) throw badInput("first", `first: ${size} is out of range; ask for 1 to 10,000 rows.`);
  return size;
};

/** A Relay connection over a paged REST list. Nothing is read before a field asks; `totalCount` alone reads a single row. */
export type Connection<Row> = {
  totalCount(): Promise<number | null>;
  nodes(): Promise<readonly Row[]>;
  edges(): Promise<{ cursor: string; node: Row }[]>;
  pageInfo(): Promise<{ hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }>;
};

export interface ConnectionOptions {
  /** How many rows when `first` is null. */
  usual?: number;
}

/**
 * Opens a connection. Throws BAD_USER_INPUT naming `first` or `after` before anything is read.
 * `endCursor` stands at the end of the window wherever rows follow, so that asking on from it always gets further.
 */
export const connection = <Row>(args: PageArgs, pages: Pages<Row>, { usual = 50 }: ConnectionOptions = {}): Connection<Row> => {
  const count = sizeOf(args.first, usual);
  const start = offsetAfter(args.after);
  let window: Promise<Rows<Row>> | undefined;
  const open = () => {
    window ??= readRows(pages, start, count);
    return window;
  };
  const rows = async () => (await open()).rows;
  return {
    async totalCount() {
      await null;
      const page = window ? undefined : await pages.read(1, 1);
      return page?.total ?? (await open()).total ?? null;
    },
    nodes: rows,
    edges: async () => (await rows()).map((node, index) => ({ cursor: cursorAt(start + index), node })),
    async pageInfo() {
      const { rows, hasMore } = await open();
      const hasNextPage = hasMore ?? (await readRows(pages, start + count, Math.min(count, pages.max))).rows.length > 0;
      const end = hasNextPage ? start + count : start + rows.length;
      return {
        hasNextPage,
        hasPreviousPage: start > 0,
        startCursor: rows.length ? cursorAt(start) : null,
        endCursor: hasNextPage || rows.length ? cursorAt(end - 1) : null,
      };
    },
  };
};

/** A list that is read as a whole, in pages; so it can be opened as a connection. */
export const pagesOf = <Row>(all: () => Promise<readonly Row[]> | readonly Row[]): Pages<Row> => ({
  max: 10_000,
  tellsTotal: true,
  async read(page, limit) {
    const rows = await all();
    return { rows: rows.slice((page - 1) * limit, page * limit), form: "list", total: rows.length };
  },
});

/** The same pages, with each row made into another. */
export const mapPages = <From, To>(pages: Pages<From>, change: (row: From) => To): Pages<To> => ({
  ...pages,
  async read(page, limit) {
    const found = await pages.read(page, limit);
    return { ...found, rows: found.rows.map(change) };
  },
});

/** A connection over rows that are known by their keys; only those on the page are read, and one that leads nowhere is left out. */
export const keyedConnection = <Key, Row>(
  args: PageArgs,
  keys: readonly Key[],
  loadMany: (keys: readonly Key[]) => Promise<readonly (Row | null)[]>,
): Connection<Row> => {
  const opened = connection(
    args,
    pagesOf(() => keys),
  );
  const edges = async () => {
    const found = await opened.edges();
    const rows = await loadMany(found.map(({ node }) => node));
    return found.flatMap(({ cursor }, index) => {
      const node = rows[index];
      return node ? [{ cursor, node }] : [];
    });
  };
  return { ...opened, edges, nodes: async () => (await edges()).map(({ node }) => node) };
};
