import { describe, expect, test } from "vitest";
import { connection, pageSize } from "../../src/graph/column/connection.js";

/** A list of `length` numbers that notes which pages are asked for. */
const listOf = (length: number, tellTotal = true) => {
  const asked: string[] = [];
  const read = async ({ page, limit }: { page: number; limit: number }) => {
    asked.push(`${page}×${limit}`);
    const rows = Array.from({ length }, (_, index) => index).slice((page - 1) * limit, page * limit);
    return tellTotal ? { rows, total: length } : { rows };
  };
  return { read, asked };
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
        const { read } = listOf(200);
        const after = start === 0 ? null : Buffer.from(`row ${start - 1}`).toString("base64url");
        const rows = await connection({ first: count, after }, read, { max: 10 }).nodes();
        expect(rows).toEqual(Array.from({ length: count }, (_, index) => start + index));
      }
    }
  });
});

describe("reading", () => {
  test("a long window learns the list's length from its first pages", async () => {
    const { read, asked } = listOf(1200);
    const rows = await connection({ first: 10_000 }, read).nodes();
    expect(rows).toHaveLength(1200);
    expect(asked).toEqual(["1×500", "2×500", "3×500"]);
  });

  test("a list that does not tell its length is read until a page is short", async () => {
    const { read, asked } = listOf(70, false);
    const list = connection({ first: 50 }, read);
    expect(await list.nodes()).toHaveLength(50);
    expect(await list.pageInfo()).toMatchObject({ hasNextPage: true });
    expect(await list.totalCount()).toBeNull();
    expect(asked).toEqual(["1×50"]);
  });

  test("a long list that does not tell its length is read whole", async () => {
    const { read } = listOf(1700, false);
    expect(await connection({ first: 10_000 }, read).nodes()).toHaveLength(1700);
  });

  test("all fields share one reading", async () => {
    const { read, asked } = listOf(3);
    const list = connection({ first: 2 }, read);
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
    const { read } = listOf(0);
    expect(await connection({}, read).pageInfo()).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });
});

describe("refusing", () => {
  test.each([[0], [-1], [10_001]])("first: %i", (first) => {
    expect(() => connection({ first }, listOf(1).read)).toThrow(/^first: /);
  });

  test.each(["", "x", "cm93", Buffer.from("row -1").toString("base64url"), `${Buffer.from("row 1").toString("base64url")}=`])(
    "after: %j",
    (after) => {
      expect(() => connection({ after }, listOf(1).read)).toThrow(/^after: /);
    },
  );
});
