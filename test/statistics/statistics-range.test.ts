import { afterAll, describe, expect, test } from "vitest";
import { daysAfter } from "../../src/affise/list/date-range.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 30,
  affiliates: 20,
  advertisers: 6,
  conversions: 600,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

const custom = "GET /3.0/stats/custom";
/** The sandbox has traffic of 60 days, and one of the cuts, on 10 February 2026, goes through them. */
const from = "2024-02-10";
const to = "2026-03-01";
const starts = ["2024-02-10", "2024-08-10", "2025-02-10", "2025-08-10", "2026-02-10"];
const months = starts.map((from, index) => ({ from, to: daysAfter(starts[index + 1] ?? daysAfter(to, 1), -1) }));

type Json = Record<string, unknown>;
interface Row {
  slice: Json;
  figures: Json & { conversions: Record<string, Record<string, number>> };
}

const money = "{ count payout income earnings unpaidCount }";
const figures = `clicks impressions trafficback conversionRate epc affiliateEpc clickThroughRate ecpm
  conversions { total ${money} confirmed ${money} pending ${money} hold ${money} declined ${money} }`;

const rows = async (args: string, slice: string, key?: string, picked = figures): Promise<Row[]> => {
  const { data, errors } = await w.ask(
    `{ statistics(${args}) { nodes { ${slice ? `slice { ${slice} }` : ""} figures { ${picked} } } } }`,
    key ? { key } : {},
  );
  expect(errors).toBeUndefined();
  return (data.statistics as { nodes: Row[] }).nodes;
};

const days = ({ from, to }: { from: string; to: string }) => `from: "${from}", to: "${to}"`;

/** Adds every number up, at any depth. */
const sum = (one: unknown, other: unknown): unknown => {
  if (typeof one === "number" || typeof other === "number")
    return Math.round((Number(one ?? 0) + Number(other ?? 0)) * 1e6) / 1e6;
  const names = new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})]);
  return Object.fromEntries([...names].map((name) => [name, sum((one as Json)?.[name], (other as Json)?.[name])]));
};

const additive =
  "clicks impressions trafficback conversions { total { count payout income earnings } confirmed { count payout income } }";

describe("two years", () => {
  test.each([
    ["DAY, COUNTRY, OFFER", "date country offerId"],
    ["OFFER", "offerId"],
    ["COUNTRY", "country"],
    ["QUARTER", "year quarter"],
    ["AFFILIATE, MONTH", "affiliateId year month"],
  ])("by %s are the sum of their parts, asked one by one", async (by, slice) => {
    const key = ({ slice }: Row) => JSON.stringify(slice);
    const expected = new Map<string, unknown>();
    for (const part of months) {
      for (const row of await rows(`${days(part)}, by: [${by}], first: 10000`, slice, undefined, additive)) {
        expected.set(key(row), sum(expected.get(key(row)), row.figures));
      }
    }
    const whole = await rows(`${days({ from, to })}, by: [${by}], first: 10000`, slice, undefined, additive);
    expect(whole.length).toBe(expected.size);
    expect(whole.length).toBeGreaterThan(1);
    for (const row of whole) expect(sum({}, row.figures), key(row)).toEqual(expected.get(key(row)));
  });

  test("rates are those of the sums", async () => {
    const whole = await rows(`${days({ from, to })}, by: [OFFER]`, "offerId");
    expect(whole.length).toBeGreaterThan(10);
    for (const { figures } of whole) {
      const { clicks, conversions, impressions } = figures as Row["figures"] & { clicks: number; impressions: number };
      const { total, confirmed } = conversions;
      if (!clicks) continue;
      expect(figures.conversionRate).toBeCloseTo(((total?.count ?? 0) * 100) / clicks, 1);
      expect(figures.epc).toBeCloseTo((confirmed?.income ?? 0) / clicks, 2);
      expect(figures.affiliateEpc).toBeCloseTo((confirmed?.payout ?? 0) / clicks, 2);
      expect(figures.clickThroughRate).toBeCloseTo(impressions ? (clicks * 100) / impressions : 0, 1);
    }
  });

  test("sorted and paged as one report: each part is asked once, whatever the window", async () => {
    const args = `${days({ from, to })}, by: [OFFER], orderBy: { field: TOTAL_PAYOUT }`;
    const all = await rows(args, "offerId");
    const payouts = all.map(({ figures }) => figures.conversions.total?.payout ?? 0);
    expect(payouts).toEqual([...payouts].sort((a, b) => b - a));
    const first = await w.askCounting(
      `{ statistics(${args}, first: 3) { totalCount nodes { slice { offerId } } pageInfo { endCursor hasNextPage } } }`,
    );
    expect(first.calls).toEqual(starts.map(() => custom));
    const { totalCount, pageInfo } = first.data.statistics as {
      totalCount: number;
      pageInfo: { endCursor: string; hasNextPage: boolean };
    };
    expect([totalCount, pageInfo.hasNextPage]).toEqual([all.length, true]);
    const next = await rows(`${args}, first: 4, after: "${pageInfo.endCursor}"`, "offerId");
    expect(next.map(({ slice }) => slice)).toEqual(all.slice(3, 7).map(({ slice }) => slice));
  });

  test("unique clicks cannot be added up: said at their field, and before any call where they are to sort by", async () => {
    const { data, errors } = await w.ask(
      `{ statistics(${days({ from, to })}, by: [OFFER], first: 1) { nodes { figures { clicks uniqueClicks } } } }`,
    );
    expect(data).toMatchObject({ statistics: { nodes: [{ figures: { clicks: expect.any(Number), uniqueClicks: null } }] } });
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining("6 months"), extensions: { code: "BAD_USER_INPUT" } });
    const yearEnd = await w.ask(
      `{ statistics(from: "2025-12-31", to: "2026-01-10", by: [DAY]) { totals { clicks uniqueClicks } } }`,
    );
    expect(yearEnd.errors?.[0]).toMatchObject({ message: expect.stringContaining("of one year") });
    const byDay = await rows(`${days({ from, to })}, by: [DAY], first: 1000`, "date", undefined, "uniqueClicks");
    expect(byDay.some(({ figures }) => Number(figures.uniqueClicks) > 0)).toBe(true);
    const sorted = await w.askCounting(
      `{ statistics(${days({ from, to })}, by: [OFFER], orderBy: { field: UNIQUE_CLICKS }) { nodes { slice { offerId } } } }`,
    );
    expect(sorted.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["orderBy"] });
    expect(sorted.calls).toEqual([]);
  });

  test.each(["sandbox-affiliate", "sandbox-advertiser"])("%s: its own figures, in statistics and under viewer", async (key) => {
    const type = key === "sandbox-affiliate" ? "Affiliate" : "Advertiser";
    const all = await rows(`${days({ from, to })}, by: [MONTH]`, "", key, "clicks conversions { total { count } }");
    const { data, errors } = await w.ask(
      `{ viewer { ... on ${type} { statistics(${days({ from, to })}) { clicks conversions { total { count } } } } } }`,
      { key },
    );
    expect(errors).toBeUndefined();
    const whole = (data.viewer as Json).statistics as Row["figures"];
    expect(whole).toEqual(all.map(({ figures }) => figures as unknown).reduce(sum));
    expect(whole.conversions.total?.count).toBeGreaterThan(0);
  });

  test("of each offer, in one report a part for all of them", async () => {
    const { data, errors, calls } = await w.askCounting(
      `{ offers(first: 10) { nodes { id statistics(${days({ from, to })}) { clicks conversionRate conversions { total { count } } } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/offers", ...starts.map(() => custom)]);
    const whole = await rows(
      `${days({ from, to })}, by: [OFFER]`,
      "offerId",
      undefined,
      "clicks conversionRate conversions { total { count } }",
    );
    const { nodes } = data.offers as { nodes: { id: string; statistics: Json }[] };
    const counted = nodes.filter(({ id }) => whole.some(({ slice }) => slice.offerId === id));
    expect(counted.length).toBeGreaterThan(3);
    for (const { id, statistics } of counted)
      expect(statistics).toEqual(whole.find(({ slice }) => slice.offerId === id)?.figures);
  });
});

describe("long filters", () => {
  test("hundreds of offers are asked for in parts, and added up", async () => {
    const ids = Array.from({ length: 600 }, (_, index) => index + 1);
    const range = `from: "2026-01-01", to: "2026-03-01"`;
    const { data, errors, calls } = await w.askCounting(
      `query ($ids: [ID!]) { statistics(${range}, by: [COUNTRY], filter: { offerIds: $ids }) { nodes { slice { country } figures { ${additive} } } } }`,
      { variables: { ids } },
    );
    expect(errors).toBeUndefined();
    expect(calls.length).toBeGreaterThan(1);
    const whole = await rows(`${range}, by: [COUNTRY]`, "country", undefined, additive);
    const { nodes } = data.statistics as { nodes: Row[] };
    // Affise rounds the money of each part.
    const inWholes = (row: Row) =>
      JSON.parse(JSON.stringify(row), (_, value) => (typeof value === "number" ? Math.round(value / 2) : value));
    expect(nodes.map(inWholes)).toEqual(whole.map(inWholes));
    const counts = ({ slice, figures }: Row) => [slice, figures.clicks, figures.conversions.total?.count];
    expect(nodes.map(counts)).toEqual(whole.map(counts));
  });
});
