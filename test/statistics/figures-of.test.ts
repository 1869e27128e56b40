import { afterAll, describe, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

/** The rows of every report. */
let rows: object[] = [];
const w = await openAnswering((path, query) => {
  const limit = Number(query.get("limit"));
  const offers = [7, 8, 9].map((id) => ({ id }));
  if (path === "/3.0/offers") return { status: 1, offers, pagination: { total_count: 3, page: 1, per_page: limit } };
  const from = (Number(query.get("page")) - 1) * limit;
  return { status: 1, stats: rows.slice(from, from + limit), pagination: { total_count: rows.length, page: 1, per_page: limit } };
});
afterAll(() => w.close());

const days = `from: "2026-01-01", to: "2026-01-31"`;
const row = (slice: unknown, clicks: number) => ({ slice, traffic: { raw: String(clicks), uniq: "1" }, actions: [] });

describe("figures of offers", () => {
  const query = `{ offers { nodes { id statistics(${days}) { clicks } } } }`;
  const clicksOf = ({ data }: Awaited<ReturnType<typeof w.ask>>) =>
    (data.offers as { nodes: { statistics: { clicks: number } | null }[] }).nodes.map(({ statistics }) => statistics?.clicks);

  test.each([
    ["ids", (id: number) => ({ offer: id })],
    ["ids as texts", (id: number) => ({ offer: String(id) })],
    ["objects", (id: number) => ({ offer: { id, title: "x" } })],
  ])("by %s: each has its row, wherever it stands, and one without has had no traffic", async (_, slice) => {
    rows = [row(slice(9), 30), row(slice(7), 10)];
    expect(clicksOf(await w.ask(query))).toEqual([10, 0, 30]);
  });

  test("a row that comes twice takes no other's place", async () => {
    const twice = row({ offer: { id: 7 } }, 10);
    rows = [twice, twice, row({ offer: { id: 8 } }, 20), row({ offer: { id: 9 } }, 30)];
    const reply = await w.ask(query);
    expect(reply.errors).toBeUndefined();
    expect(clicksOf(reply)).toEqual([10, 20, 30]);
  });

  test.each([[{ program: 8 }], [[]], [null], ["8"]])("a row about %j: nobody is said to have had no traffic", async (slice) => {
    rows = [row({ offer: 7 }, 10), row(slice, 20)];
    const reply = await w.ask(query);
    expect(clicksOf(reply)).toEqual([undefined, undefined, undefined]);
    expect(reply.errors?.[0]).toMatchObject({
      message: expect.stringContaining("which offer"),
      extensions: { code: "UPSTREAM_FAILED", operation: "GET /3.0/stats/custom" },
    });
  });
});

test("a currency that the filter leaves out has zeros in that currency", async () => {
  rows = [row({ year: 2026 }, 10)];
  const filter = `filter: { currencies: ["USD"] }`;
  const { data, errors } = await w.ask(
    `{ statistics(${days}, by: [YEAR], ${filter}) { totalsByCurrency(currencies: ["USD", "EUR"]) { currency figures { clicks currency } } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    statistics: {
      totalsByCurrency: [
        { currency: "USD", figures: { clicks: 10, currency: "USD" } },
        { currency: "EUR", figures: { clicks: 0, currency: "EUR" } },
      ],
    },
  });
});

test("no rate is told of conversions where not all of them were asked for, and Affise prints none", async () => {
  rows = [{ ...row({ year: 2026 }, 10), actions: { confirmed: { count: 0 } } }];
  const { data, errors } = await w.ask(
    `{ statistics(${days}, by: [YEAR]) { nodes { figures { conversionRate conversions { confirmed { count } } } } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    statistics: { nodes: [{ figures: { conversionRate: null, conversions: { confirmed: { count: 0 } } } }] },
  });
});
