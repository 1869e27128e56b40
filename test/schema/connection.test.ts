import { describe, expect, test } from "vitest";
import type { Page, Pages } from "../../src/affise/list/list.js";
import { everyRow, pageSize } from "../../src/affise/list/list-reading.js";
import { type Connection, connection } from "../../src/graph/column/connection.js";

type Odd = (page: Page<number>, asked: { page: number; limit: number }, all: readonly number[]) => Page<number>;

/** A list of `length` numbers that notes which pages are asked for; `odd` changes what a page says. */
const listOf = (length: number, odd: Odd = (page) => page, { max = 500, tellsTotal = true, cap = 500 } = {}) => {
  const asked: string[] = [];
  const all = Array.from({ length }, (_, index) => index);
  const pages: Pages<number> = {
    max,
    tellsTotal,
    async read(page, limit) {
      asked.push(`${page}×${limit}`);
      const size = Math.min(limit, cap, max);
      return odd({ rows: all.slice((page - 1) * size, page * size), form: "list", total: length }, { page, limit }, all);
    },
  };
  return { pages, asked };
};

const withoutTotal: Odd = ({ rows, form }) => ({ rows, form });

/** Asks on from cursor to cursor, as a client does that wants the whole list. */
const walked = async (pages: Pages<number>, first: number) => {
  const rows: number[] = [];
  let after: string | null = null;
  for (let asks = 0; asks < 200; asks += 1) {
    const opened: Connection<number> = connection({ first, after }, pages);
    rows.push(...(await opened.nodes()));
    const { hasNextPage, endCursor }: Awaited<ReturnType<Connection<number>["pageInfo"]>> = await opened.pageInfo();
    if (!hasNextPage) return rows;
    expect(endCursor).not.toBeNull();
    expect(endCursor).not.toBe(after);
    after = endCursor;
  }
  throw new Error("the walk has no end");
};

describe("page size", () => {
  test.each([
    [0, 100, 500, 100],
    [100, 100, 500, 100],
    [0, 500, 500, 500],
    [0, 1000, 500, 500],
    [50, 100, 500, 150],
    [99, 2, 500, 3],
    [500, 1000, 500, 500],
    [0, 1, 10, 1],
  ])("rows from %i, %i of them, pages of at most %i → %i", (start, count, max, expected) => {
    expect(pageSize(start, count, max)).toBe(expected);
  });

  test("every window is covered whole, whatever its borders", async () => {
    for (let start = 0; start < 60; start += 1) {
      for (const count of [1, 2, 7, 10, 11, 25]) {
        const { pages } = listOf(200, undefined, { max: 10 });
        const after = start === 0 ? null : Buffer.from(`row ${start - 1}`).toString("base64url");
        const rows = await connection({ first: count, after }, pages).nodes();
        expect(rows).toEqual(Array.from({ length: count }, (_, index) => start + index));
      }
    }
  });
});

describe("reading", () => {
  test("a long window reads its first page, and then all the others together", async () => {
    const { pages, asked } = listOf(1200);
    const rows = await connection({ first: 10_000 }, pages).nodes();
    expect(rows).toHaveLength(1200);
    expect(asked).toEqual(["1×500", "2×500", "3×500"]);
  });

  test("a short list is asked for one page, however many rows are wanted", async () => {
    const { pages, asked } = listOf(3);
    expect(await connection({ first: 10_000 }, pages).nodes()).toHaveLength(3);
    expect(asked).toEqual(["1×500"]);
  });

  test("a list that does not tell its length by contract ends with a short page", async () => {
    const { pages, asked } = listOf(70, withoutTotal, { tellsTotal: false });
    const list = connection({ first: 100 }, pages);
    expect(await list.nodes()).toHaveLength(70);
    expect(await list.pageInfo()).toMatchObject({ hasNextPage: false });
    expect(await list.totalCount()).toBe(70);
    expect(asked).toEqual(["1×100"]);
  });

  test("a list read whole in doubling waves has all its rows", async () => {
    expect(await everyRow(listOf(5700, withoutTotal, { tellsTotal: false }).pages)).toHaveLength(5700);
  });

  test("all fields share one reading", async () => {
    const { pages, asked } = listOf(3);
    const list = connection({ first: 2 }, pages);
    const [total, edges, info] = await Promise.all([list.totalCount(), list.edges(), list.pageInfo()]);
    expect(asked).toEqual(["1×2"]);
    expect(total).toBe(3);
    expect(info).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor,
      endCursor: edges[1]?.cursor,
    });
  });

  test("an empty page has no cursors", async () => {
    const { pages } = listOf(0);
    expect(await connection({}, pages).pageInfo()).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });
});

describe("odd lists are read whole, and never twice", () => {
  const cut: Odd = (page, { limit }) => ({ ...page, size: Math.min(20, limit) });
  test.each<[string, Odd, { cap?: number; tellsTotal?: boolean }?]>([
    ["no total", withoutTotal],
    ["no total, and none by contract", withoutTotal, { tellsTotal: false }],
    ["a total of 0", (page) => ({ ...page, total: 0 })],
    ["a total too small", (page) => ({ ...page, total: 3 })],
    ["a total too large", (page) => ({ ...page, total: 9_999 })],
    [
      "next_page instead of a total",
      (page, { page: at, limit }) => ({ ...withoutTotal(page, { page: at, limit }, []), hasNext: at * limit < 110 }),
    ],
    [
      "next_page left out of the last page",
      (page, { page: at, limit }) => ({
        ...withoutTotal(page, { page: at, limit }, []),
        ...(at * limit < 110 ? { hasNext: true } : {}),
      }),
    ],
    ["pages cut to 20, said", cut, { cap: 20 }],
    ["pages cut to 20, unsaid", (page) => page, { cap: 20 }],
    ["pages cut to 20, said, no total", (page, asked, all) => ({ ...cut(page, asked, all), total: undefined }), { cap: 20 }],
    ["pages cut to 20, unsaid, no total", withoutTotal, { cap: 20 }],
  ])("%s", async (_what, odd, options = {}) => {
    const expected = Array.from({ length: 110 }, (_, index) => index);
    const open = () => listOf(110, odd, options).pages;
    expect(await connection({ first: 10_000 }, open()).nodes()).toEqual(expected);
    expect(await everyRow(open())).toEqual(expected);
    for (const first of [7, 20, 33, 50, 110, 200]) expect(await walked(open(), first)).toEqual(expected);
  });

  test("a page that comes again and again ends the list", async () => {
    const { pages } = listOf(30, (_, { limit }, all) => ({ rows: all.slice(0, limit), form: "list" }));
    expect(await connection({ first: 10_000 }, pages).nodes()).toHaveLength(30);
    expect(await everyRow(pages)).toHaveLength(30);
  });

  test("rows that were left out of pages end no list, and are no reason to read twice", async () => {
    const even: Odd = (page) => ({ ...page, rows: page.rows.filter((row) => row % 2 === 0), form: "map" });
    const { pages } = listOf(110, even);
    const expected = Array.from({ length: 55 }, (_, index) => 2 * index);
    expect(await connection({ first: 10_000 }, pages).nodes()).toEqual(expected);
    expect(await walked(pages, 50)).toEqual(expected);
  });

  test("a page without any of its rows still leads on", async () => {
    const none: Odd = (page, { page: at }) => (at === 1 ? { ...page, rows: [], form: "map" } : page);
    const { pages } = listOf(110, none);
    const list = connection({ first: 50 }, pages);
    expect(await list.nodes()).toEqual([]);
    expect(await walked(pages, 50)).toHaveLength(60);
  });
});

describe("refusing", () => {
  test.each([[0], [-1], [10_001]])("first: %i", (first) => {
    expect(() => connection({ first }, listOf(1).pages)).toThrow(/^first: /);
  });

  test.each(["", "x", "cm93", Buffer.from("row -1").toString("base64url"), `${Buffer.from("row 1").toString("base64url")}=`])(
    "after: %j",
    (after) => {
      expect(() => connection({ after }, listOf(1).pages)).toThrow(/^after: /);
    },
  );
});
