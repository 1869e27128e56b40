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
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const read = async (page: string): Promise<Found> => {
  const { data, errors } = await w.ask(
    `{ offers(${page}) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
  );
  expect(errors).toBeUndefined();
  return data.offers as Found;
};

const walked = async (first: number): Promise<string[]> => {
  const found: string[] = [];
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo } = await read(`first: ${first}, after: ${JSON.stringify(after)}`);
    found.push(...nodes.map(({ id }) => id));
    if (!pageInfo.hasNextPage) return found;
    expect(pageInfo.endCursor).not.toBe(after);
    after = pageInfo.endCursor;
  }
};

const walkedBack = async (last: number): Promise<string[]> => {
  const found: string[] = [];
  for (let before: string | null = null; ; ) {
    const { nodes, pageInfo } = await read(`last: ${last}, before: ${JSON.stringify(before)}`);
    found.unshift(...nodes.map(({ id }) => id));
    if (!pageInfo.hasPreviousPage) return found;
    expect(pageInfo.startCursor).not.toBe(before);
    before = pageInfo.startCursor;
  }
};

const asMap = (rows: readonly unknown[]) => Object.fromEntries(rows.flatMap((row, place) => (row ? [[place, row]] : [])));

test.each<[string, typeof shape]>([
  ["null", (rows) => rows],
  ["nothing, in a map", asMap],
])("%s in the place of a row: each other row comes once, in pages of any size, from both ends", async (_, printed) => {
  shape = printed;
  for (const size of [7, 20, 33, 60, 100, 120, 150, 250]) {
    expect(await walked(size), `first: ${size}`).toEqual(ids);
    expect(await walkedBack(size), `last: ${size}`).toEqual(ids);
  }
});

test("a map by ids tells no places", async () => {
  const byId = await openAnswering(() => ({
    status: 1,
    offers: { "3": { id: 3 }, "9": { id: 9 } },
    pagination: { total_count: 2, page: 1, per_page: 50 },
  }));
  const { data } = await byId.ask("{ offers(first: 50) { totalCount nodes { id } pageInfo { hasNextPage } } }");
  const seen = byId.seen();
  await byId.close();
  expect(data).toEqual({ offers: { totalCount: 2, nodes: [{ id: "3" }, { id: "9" }], pageInfo: { hasNextPage: false } } });
  expect(seen).toHaveLength(1);
});

test("holes cost no call", async () => {
  shape = (rows) => rows;
  w.seen();
  await w.ask("{ offers(first: 100) { nodes { id } } }");
  expect(w.seen()).toHaveLength(1);
});
