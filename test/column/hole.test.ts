import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

/** Some places of the list are empty: PHP prints null there, or leaves them out of a map by place. */
const holes = new Set([0, 10, 99, 120]);
const places = Array.from({ length: 250 }, (_, place) => (holes.has(place) ? null : { id: place + 1 }));
const ids = places.flatMap((row) => (row ? [String(row.id)] : []));

let shape: (rows: readonly unknown[]) => unknown = (rows) => rows;
const w = await openAnswering((_, query) => {
  const limit = Math.min(100, Number(query.get("limit")));
  const page = Number(query.get("page"));
  const rows = places.slice((page - 1) * limit, page * limit);
  return { status: 1, offers: shape(rows), pagination: { total_count: places.length, page, per_page: limit } };
});
afterAll(() => w.close());

interface Found {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const walked = async (first: number): Promise<string[]> => {
  const found: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = `first: ${first}, after: ${JSON.stringify(after)}`;
    const { data, errors } = await w.ask(`{ offers(${page}) { nodes { id } pageInfo { hasNextPage endCursor } } }`);
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data.offers as Found;
    found.push(...nodes.map(({ id }) => id));
    if (!pageInfo.hasNextPage) return found;
    expect(pageInfo.endCursor).not.toBe(after);
    after = pageInfo.endCursor;
  }
};

const asMap = (rows: readonly unknown[]) => Object.fromEntries(rows.flatMap((row, place) => (row ? [[place, row]] : [])));

test.each<[string, typeof shape]>([
  ["null", (rows) => rows],
  ["nothing, in a map", asMap],
])("%s in the place of a row: each other row comes once, in pages of any size", async (_, printed) => {
  shape = printed;
  for (const first of [7, 20, 33, 60, 100, 120, 150, 250]) expect(await walked(first), `first: ${first}`).toEqual(ids);
});

test("holes cost no call", async () => {
  shape = (rows) => rows;
  w.seen();
  await w.ask("{ offers(first: 100) { nodes { id } } }");
  expect(w.seen()).toHaveLength(1);
});
