import { badInput } from "../../affise/error/error.js";
import { quoted } from "../../affise/error/quoted.js";
import { readLastRows } from "../../affise/list/last-rows.js";
import type { Pages } from "../../affise/list/list.js";
import { isSame, type Rows, readRows, totalOf } from "../../affise/list/list-reading.js";
import { pagesOf } from "../../affise/list/whole-list.js";

/** How a list is paged, as Relay's cursor connections are. */
export interface PageArgs {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

const cursorAt = (offset: number) => Buffer.from(`row ${offset}`).toString("base64url");

/** The place that a cursor names; undefined where none is given. */
const placeOf = (name: "after" | "before", cursor: string | null | undefined): number | undefined => {
  if (cursor === null || cursor === undefined) return undefined;
  const offset = Number(/^row (\d{1,9})$/.exec(Buffer.from(cursor, "base64url").toString())?.[1]);
  if (Number.isNaN(offset) || cursorAt(offset) !== cursor) {
    const from = name === "after" ? "endCursor" : "startCursor";
    throw badInput(name, `${name}: ${quoted(cursor)} is no cursor of this list; take one from pageInfo.${from}.`);
  }
  return offset;
};

const sizeOf = (name: "first" | "last", size: number): number => {
  if (size < 1 || size > 10_000) throw badInput(name, `${name}: ${size} is out of range; ask for 1 to 10,000 rows.`);
  return size;
};

/** Which rows are asked for: `count` of those behind `from` and before `to`, the first of them or the last. */
interface Asked {
  from: number;
  to?: number;
  count: number;
  isLast: boolean;
}

const askedBy = ({ first, after, last, before }: PageArgs, usual: number): Asked => {
  const from = (placeOf("after", after) ?? -1) + 1;
  const to = placeOf("before", before);
  if (typeof first === "number" && typeof last === "number") {
    throw badInput("last", "last: give first or last, not both; first counts from the start, last from the end.");
  }
  if (to !== undefined && from > to) {
    throw badInput("before", "before: there is nothing between these cursors; the row of before must come behind that of after.");
  }
  const isLast = typeof last === "number" || (typeof first !== "number" && to !== undefined && from === 0);
  const count = typeof last === "number" ? sizeOf("last", last) : sizeOf("first", first ?? usual);
  return { from, to, count: isLast ? count : Math.min(count, (to ?? Number.POSITIVE_INFINITY) - from), isLast };
};

const readAsked = async <Row>(pages: Pages<Row>, { from, to, count, isLast }: Asked): Promise<Rows<Row>> => {
  if (from === to) {
    const { total, rows } = await readRows(pages, from, 1);
    return { rows: [], start: from, total, hasMore: rows.length > 0 };
  }
  return isLast ? readLastRows(pages, { from, to }, count) : readRows(pages, from, count);
};

/** Whether rows come behind a place, where nothing told it: others than those that stand before it. */
const goesOn = async <Row>(pages: Pages<Row>, end: number, count: number, before: Rows<Row>): Promise<boolean> => {
  const behind = await readRows(pages, end, count);
  return behind.rows.length > 0 && !isSame(behind, before);
};

/** A Relay connection over a paged REST list. Nothing is read before a field asks; `totalCount` alone reads a single row. */
export type Connection<Row> = {
  totalCount(): Promise<number | null>;
  nodes(): Promise<readonly Row[]>;
  edges(): Promise<{ cursor: string; node: Row }[]>;
  pageInfo(): Promise<{ hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }>;
};

/**
 * Opens a connection; `usual` is how many rows it has when neither `first` nor `last` is given. Throws BAD_USER_INPUT naming the argument before
 * anything is read. `endCursor` stands at the end of the window wherever rows follow, and `startCursor` at its start, so that asking on from them
 * always gets further.
 */
export const connection = <Row>(args: PageArgs, pages: Pages<Row>, { usual = 50 } = {}): Connection<Row> => {
  const asked = askedBy(args, usual);
  const { from, to, count, isLast } = asked;
  let window: Promise<Rows<Row>> | undefined;
  const open = () => {
    window ??= readAsked(pages, asked);
    return window;
  };
  return {
    async totalCount() {
      await null;
      if (!window && pages.length) return pages.length();
      const told = window ? undefined : totalOf(await pages.read(1, 1), 0);
      return told ?? (await open()).total ?? null;
    },
    nodes: async () => (await open()).rows,
    async edges() {
      const { rows, start } = await open();
      return rows.map((node, index) => ({ cursor: cursorAt(start + index), node }));
    },
    async pageInfo() {
      const found = await open();
      const { rows, start, hasMore, total } = found;
      const end = isLast ? (to ?? start + rows.length) : from + count;
      // Behind a page stands the row of the cursor it was read before.
      const follows = hasMore ?? (end === to || (await goesOn(pages, end, Math.min(count, pages.max), found)));
      const last = (follows ? end : start + rows.length) - 1;
      const hasNextPage = follows && (isLast || end !== to);
      const hasPreviousPage = isLast ? start > from : from > 0 && total !== 0;
      return {
        hasNextPage,
        hasPreviousPage,
        startCursor: rows.length || (isLast && hasPreviousPage) ? cursorAt(start) : null,
        endCursor: rows.length || (hasNextPage && last >= start) ? cursorAt(last) : null,
      };
    },
  };
};

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
  const pages = pagesOf(() => keys);
  const opened = connection(args, pages);
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
