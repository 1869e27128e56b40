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

/** Asks back from the end, cursor by cursor. */
const walkedBack = async (pages: Pages<number>, last: number, after: string | null = null) => {
  const rows: number[] = [];
  let before: string | null = null;
  for (let asks = 0; asks < 200; asks += 1) {
    const opened: Connection<number> = connection({ last, before, after }, pages);
    const found = await opened.nodes();
    const info: Awaited<ReturnType<Connection<number>["pageInfo"]>> = await opened.pageInfo();
    expect(info.hasNextPage).toBe(before !== null);
    expect((await opened.edges()).map(({ node }) => node)).toEqual(found);
    rows.unshift(...found);
    if (!info.hasPreviousPage) return rows;
    expect(info.startCursor).not.toBeNull();
    expect(info.startCursor).not.toBe(before);
    before = info.startCursor;
  }
  throw new Error("the walk has no end");
};

const cursor = (place: number) => Buffer.from(`row ${place}`).toString("base64url");
const numbers = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

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
    for (const size of [7, 20, 33, 50, 110, 200]) {
      expect(await walked(open(), size)).toEqual(expected);
      expect(await walkedBack(open(), size)).toEqual(expected);
      expect(await walkedBack(open(), size, cursor(41))).toEqual(expected.slice(42));
    }
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
    expect(await walkedBack(pages, 55)).toEqual(expected);
  });

  test("a page without any of its rows still leads on", async () => {
    const none: Odd = (page, { page: at }) => (at === 1 ? { ...page, rows: [], form: "map" } : page);
    const { pages } = listOf(110, none);
    const list = connection({ first: 50 }, pages);
    expect(await list.nodes()).toEqual([]);
    expect(await walked(pages, 50)).toHaveLength(60);
  });
});

describe("from the end", () => {
  test.each<[string, number, Parameters<typeof connection>[0], string[], number[]]>([
    ["all of a list in the page that tells its length", 40, { last: 50 }, ["1×50"], numbers(0, 40)],
    ["one page tells the length, one has the rows", 1_000, { last: 50 }, ["1×50", "20×50"], numbers(950, 1_000)],
    ["rows across pages", 1_003, { last: 50 }, ["1×50", "18×56"], numbers(953, 1_003)],
    ["the page that told the length is not read again", 750, { last: 400 }, ["1×400", "2×400"], numbers(350, 750)],
    ["many pages, together", 2_400, { last: 1_200 }, ["1×500", "3×500", "4×500", "5×500"], numbers(1_200, 2_400)],
    ["before a cursor, without a look at the end", 1_000, { last: 50, before: cursor(950) }, ["19×50"], numbers(900, 950)],
    ["the rest before a cursor", 1_000, { last: 50, before: cursor(20) }, ["1×20"], numbers(0, 20)],
    ["as many as usual before a cursor", 1_000, { before: cursor(100) }, ["2×50"], numbers(50, 100)],
    ["between two cursors", 1_000, { last: 50, after: cursor(9), before: cursor(30) }, ["1×30"], numbers(10, 30)],
    ["behind a cursor", 100, { last: 50, after: cursor(59) }, ["2×55"], numbers(60, 100)],
    ["the first between two cursors", 1_000, { first: 5, after: cursor(9), before: cursor(30) }, ["3×5"], numbers(10, 15)],
    ["the first before a cursor", 1_000, { first: 50, before: cursor(30) }, ["1×30"], numbers(0, 30)],
    ["a cursor behind the end", 100, { last: 10, before: cursor(900) }, ["90×10", "10×10"], numbers(90, 100)],
  ])("%s", async (_what, length, args, calls, rows) => {
    const { pages, asked } = listOf(length);
    const list = connection(args, pages);
    expect(await list.nodes()).toEqual(rows);
    await list.pageInfo();
    expect(asked).toEqual(calls);
  });
});

describe("refusing", () => {
  test.each([[0], [-1], [10_001]])("%i rows", (size) => {
    expect(() => connection({ first: size }, listOf(1).pages)).toThrow(/^first: /);
    expect(() => connection({ last: size }, listOf(1).pages)).toThrow(/^last: /);
  });

  test("first with last, and a range that ends before it begins", () => {
    expect(() => connection({ first: 1, last: 1 }, listOf(1).pages)).toThrow(/^last: give first or last, not both/);
    for (const place of [3, 4])
      expect(() => connection({ after: cursor(4), before: cursor(place) }, listOf(9).pages)).toThrow(/^before: there is nothing/);
  });

  test.each(["", "x", "cm93", Buffer.from("row -1").toString("base64url"), `${Buffer.from("row 1").toString("base64url")}=`])(
    "cursor %j",
    (wrong) => {
      expect(() => connection({ after: wrong }, listOf(1).pages)).toThrow(/^after: /);
      expect(() => connection({ before: wrong }, listOf(1).pages)).toThrow(/^before: /);
    },
  );
});
