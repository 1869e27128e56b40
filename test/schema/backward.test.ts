import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { pagedCases } from "../execution/field-walk.js";
import { openWorld, type World } from "../world/world.js";

interface Part {
  totalCount: number | null;
  edges: { cursor: string; node: unknown }[];
  pageInfo: { hasPreviousPage: boolean; hasNextPage: boolean; startCursor: string | null; endCursor: string | null };
}

let world: World;
beforeAll(async () => {
  const limits = { depth: 100, aliases: 10_000, directives: 1_000, cost: 1e9, calls: 1e6, tokens: 1e6, values: 1e9 };
  const sandbox = { offers: 60, affiliates: 60, advertisers: 40, conversions: 1_200, now: new Date("2026-03-01T12:00:00Z") };
  world = await openWorld(sandbox, { limits });
});
afterAll(() => world.close());

const cases = pagedCases(buildSchema());
const cursorAt = (place: number) => Buffer.from(`row ${place}`).toString("base64url");

/** The parts of a list that an answer has under a name, one for each row they stand under. */
const partsIn = (value: unknown, name: string): Part[] => {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap((item) => partsIn(item, name));
  return Object.entries(value).flatMap(([key, inner]) => (key === name ? [inner as Part] : partsIn(inner, name)));
};

/** What a page of so many rows before a place has to be, by all the edges of its list. */
const expected = ({ edges, totalCount }: Part, last: number, before = Number.POSITIVE_INFINITY): Part => {
  const end = Math.min(before, edges.length);
  const page = edges.slice(Math.max(0, end - last), end);
  return {
    totalCount,
    edges: page,
    pageInfo: {
      hasPreviousPage: end > last,
      hasNextPage: end < edges.length,
      startCursor: page[0]?.cursor ?? null,
      endCursor: page.at(-1)?.cursor ?? null,
    },
  };
};

const filled: string[] = [];

describe("read from its end, each list has the rows it has from its start", () => {
  test.each(cases.map((one) => [one.name, one] as const))("%s", async (name, { query, key }) => {
    const ask = async (parts: Record<string, string>) => {
      const { data, errors, calls } = await world.askCounting(query(parts), { key });
      expect(errors).toBeUndefined();
      return { calls: calls.length, of: (part: string) => partsIn(data, part) };
    };
    const whole = (await ask({ all: "first: 10000" })).of("all");
    const longest = Math.max(0, ...whole.map(({ edges }) => edges.length));
    const shortest = Math.min(...whole.map(({ edges }) => edges.length));
    if (longest > 0) filled.push(name);
    const size = Math.max(2, Math.min(200, Math.ceil(longest / 4)));

    const end = await ask({ end: `last: ${size}` });
    expect(end.of("end")).toEqual(whole.map((all) => expected(all, size)));
    const start = await ask({ start: `first: ${size}` });
    expect(end.calls - start.calls).toBeLessThanOrEqual(longest > size ? whole.length : 0);

    for (let before = longest - size; before > 0; before -= size) {
      const back = await ask({ back: `last: ${size}, before: "${cursorAt(before)}"` });
      expect(back.of("back")).toEqual(whole.map((all) => expected(all, size, before)));
      if (before > shortest) continue;
      const from = Math.max(0, before - size);
      const behind = from ? `, after: "${cursorAt(from - 1)}"` : "";
      const forth = await ask({ forth: `first: ${before - from}${behind}` });
      expect(forth.of("forth").map(({ edges }) => edges)).toEqual(back.of("back").map(({ edges }) => edges));
      expect(back.calls).toBe(forth.calls);
    }
    if (longest < 3) return;
    const range = `after: "${cursorAt(0)}", before: "${cursorAt(longest - 1)}"`;
    const inside = await ask({ last: `last: 1, ${range}`, first: `first: 1, ${range}` });
    for (const [index, { edges }] of whole.entries()) {
      if (edges.length < longest) continue;
      const [last, first] = [inside.of("last")[index], inside.of("first")[index]];
      expect([last?.edges, first?.edges]).toEqual([edges.slice(-2, -1), edges.slice(1, 2)]);
      expect([last?.pageInfo.hasPreviousPage, first?.pageInfo.hasNextPage]).toEqual([longest > 3, longest > 3]);
    }
  });

  test("all of them have rows here", () => {
    expect(cases.length).toBeGreaterThan(45);
    expect(cases.map(({ name }) => name).filter((name) => !filled.includes(name))).toEqual([]);
  });
});

describe("what cannot be read is refused before any call, in words", () => {
  const [third, fifth] = [cursorAt(2), cursorAt(4)];
  test.each([
    ["first: 1, last: 1", "last", "last: give first or last, not both; first counts from the start, last from the end."],
    ["last: -1", "last", "last: -1 is out of range; ask for 1 to 10,000 rows."],
    ["last: 10001", "last", "last: 10001 is out of range; ask for 1 to 10,000 rows."],
    ["first: -1", "first", "first: -1 is out of range; ask for 1 to 10,000 rows."],
    ['before: "x"', "before", 'before: "x" is no cursor of this list; take one from pageInfo.startCursor.'],
    ['last: 2, before: ""', "before", 'before: "" is no cursor of this list; take one from pageInfo.startCursor.'],
    [
      `after: "${fifth}", before: "${third}"`,
      "before",
      "before: there is nothing between these cursors; the row of before must come behind that of after.",
    ],
  ])("%s", async (page, argument, message) => {
    const { errors, calls } = await world.askCounting(`{ offers(${page}) { nodes { id } } }`);
    expect(errors).toMatchObject([{ message, extensions: { code: "BAD_USER_INPUT", arguments: [argument] } }]);
    expect(calls).toEqual([]);
  });
});

test("the end of a list is that of the order it is asked in", async () => {
  const asked = "filter: { status: [ACTIVE] }, orderBy: { field: TITLE, direction: DESC }";
  const { data } = await world.ask(
    `{ all: offers(first: 60, ${asked}) { nodes { title } } end: offers(last: 3, ${asked}) { nodes { title } } }`,
  );
  const [all, end] = [data.all, data.end] as { nodes: unknown[] }[];
  expect(end?.nodes).toEqual(all?.nodes.slice(-3));
});

test("without a number there are as many rows as the schema reckons with", async () => {
  const days = 'from: "2025-12-01", to: "2026-03-01"';
  const { data } = await world.ask(
    `{ offers { nodes { id } } before: offers(before: "${cursorAt(55)}") { nodes { id } }
       statistics(${days}, by: [OFFER, AFFILIATE]) { nodes { slice { __typename } } } }`,
  );
  expect(Object.values(data).map((list) => (list as { nodes: unknown[] }).nodes.length)).toEqual([50, 50, 100]);
});
