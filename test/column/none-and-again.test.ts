import { afterAll, describe, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

let answer: object = {};
const w = await openAnswering(() => ({ status: 1, ...answer }));
afterAll(() => w.close());

const days = `from: "2026-01-01", to: "2026-01-31"`;

describe("a list that has no rows", () => {
  const pagination = { total_count: 0, page: 1, per_page: 100 };
  test.each<[printed: unknown]>([[null], [undefined], [""], [[]], [{}]])("printed as %j", async (printed) => {
    answer = { offers: printed, conversions: printed, stats: printed, pagination };
    const { data, errors } = await w.ask(`{
      offers { totalCount nodes { id } } conversions { totalCount nodes { id } }
      statistics(${days}, by: [DAY]) { totalCount nodes { slice { date } } totals { clicks } } }`);
    const none = { totalCount: 0, nodes: [] };
    expect(errors).toBeUndefined();
    expect(data).toEqual({ offers: none, conversions: none, statistics: { ...none, totals: { clicks: 0 } } });
  });

  test("null where there should be rows is no such list", async () => {
    answer = { offers: null, pagination: { ...pagination, total_count: 5 } };
    const { errors } = await w.ask("{ offers { nodes { id } } }");
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining("null"), extensions: { code: "UPSTREAM_FAILED" } });
  });
});

test("a list that tells no length and knows no pages ends behind its only one", async () => {
  answer = { offers: [{ id: 1 }, { id: 2 }] };
  for (const first of [2, 50]) {
    const { data, errors } = await w.ask(`{ offers(first: ${first}) { nodes { id } pageInfo { hasNextPage } } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ offers: { nodes: [{ id: "1" }, { id: "2" }], pageInfo: { hasNextPage: false } } });
  }
});
