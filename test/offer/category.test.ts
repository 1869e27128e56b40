import { afterAll, afterEach, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 100,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const list = "GET /3.0/offer/categories";

interface Category {
  id: string;
  title: string;
}

const categories = async (args = ""): Promise<Category[]> => {
  const { data, errors } = await w.ask(`{ categories${args} { nodes { id title } } }`);
  expect(errors).toBeUndefined();
  return (data.categories as { nodes: Category[] }).nodes;
};

describe("offer categories", () => {
  test("a page of them is one call, the length of the list a row", async () => {
    const { data, errors, calls } = await w.askCounting(
      "{ categories(first: 2) { totalCount nodes { id title } pageInfo { hasNextPage endCursor } } }",
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual([list]);
    const { totalCount, nodes, pageInfo } = data.categories as {
      totalCount: number;
      nodes: Category[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
    expect(totalCount).toBeGreaterThan(2);
    expect(pageInfo.hasNextPage).toBe(true);
    const rest = await categories(`(first: 500, after: "${pageInfo.endCursor}")`);
    expect(new Set([...nodes, ...rest].map(({ id }) => id)).size).toBe(totalCount);
  });

  test("in order, and only some by their ids", async () => {
    const titles = (await categories("(first: 500, orderBy: { field: TITLE, direction: DESC })")).map(({ title }) => title);
    expect(titles).toEqual(titles.toSorted().reverse());
    const [first, second] = await categories();
    const some = await categories(`(filter: { ids: ["${second?.id}", "${first?.id}"] })`);
    expect(some.map(({ id }) => id).sort()).toEqual([first?.id, second?.id].sort());
  });

  test("several by id are one call; an unknown id is null", async () => {
    const [first, second] = await categories();
    const { data, calls } = await w.askCounting(
      `{ a: category(id: "${first?.id}") { title } b: category(id: "${second?.id}") { title } c: category(id: "ffffffffffffffffffffffff") { id } }`,
    );
    expect(data).toEqual({ a: { title: first?.title }, b: { title: second?.title }, c: null });
    expect(calls).toEqual([list]);
  });

  test("a new one is there, and takes another title", async () => {
    const made = await w.askCounting('mutation { createCategory(input: { title: "Gardens" }) { category { id title } } }');
    expect(made.errors).toBeUndefined();
    expect(made.calls).toEqual(["POST /3.0/admin/category"]);
    const { category } = made.data.createCategory as { category: Category };
    expect(category.title).toBe("Gardens");
    const renamed = await w.askCounting(
      `mutation { updateCategory(input: { id: "${category.id}", title: "Parks" }) { category { id title } } }`,
    );
    expect(renamed.data).toEqual({ updateCategory: { category: { id: category.id, title: "Parks" } } });
    expect(renamed.calls).toEqual(["POST /3.0/admin/category/{id}"]);
    expect(await categories(`(filter: { ids: ["${category.id}"] })`)).toEqual([{ id: category.id, title: "Parks" }]);
  });

  test("bad ids are told before any call", async () => {
    for (const query of [
      '{ category(id: "12") { id } }',
      '{ categories(filter: { ids: ["x"] }) { totalCount } }',
      'mutation { updateCategory(input: { id: "x", title: "y" }) { category { id } } }',
    ]) {
      const { errors, calls } = await w.askCounting(query);
      expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
      expect(calls).toEqual([]);
    }
  });

  test("an affiliate reads them and makes none", async () => {
    const key = "sandbox-affiliate";
    const { data, errors } = await w.ask("{ categories { totalCount } }", { key });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ categories: { totalCount: expect.any(Number) } });
    const refused = await w.ask('mutation { createCategory(input: { title: "Mine" }) { category { id } } }', { key });
    expect(refused).toMatchObject({ data: { createCategory: null }, errors: [{ extensions: { code: "FORBIDDEN" } }] });
  });
});
