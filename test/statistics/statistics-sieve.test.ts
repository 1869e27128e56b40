import { isInputObjectType } from "graphql";
import { afterAll, describe, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 800,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

const custom = "GET /3.0/stats/custom";
const days = `from: "2026-01-01", to: "2026-03-01"`;
const money = "{ count payout income earnings }";
const picked = `clicks conversionRate epc affiliateEpc conversions { total ${money} confirmed ${money} pending { count } hold { count } declined { count } }`;

type Money = Record<string, number>;
interface Figures {
  clicks: number;
  conversionRate: number;
  epc: number;
  affiliateEpc: number;
  conversions: Record<string, Money>;
}

const ask = async (args: string, key = "sandbox-general-manager", by = "[OFFER, AFFILIATE]") => {
  const reply = await w.askCounting(
    `{ statistics(${days}, by: ${by}, ${args}) { totalCount totals { ${picked} } nodes { slice { offerId affiliateId subs { value } } figures { ${picked} } } } }`,
    { key },
  );
  const found = reply.data.statistics as { totalCount: number; totals: Figures; nodes: { figures: Figures }[] } | null;
  return { ...reply, found };
};

const whole = (await ask("first: 10000")).found?.nodes.map(({ figures }) => figures) ?? [];

const conversionsOf = (figures: Figures, status: string, column: string) => figures.conversions[status]?.[column] ?? Number.NaN;

/** Each figure, as it is read off an answer. */
const figures: Record<string, (figures: Figures) => number> = {
  clicks: ({ clicks }) => clicks,
  conversionRate: (row) => (row.clicks ? (conversionsOf(row, "total", "count") * 100) / row.clicks : 0),
  epc: (row) => (row.clicks ? conversionsOf(row, "confirmed", "income") / row.clicks : 0),
  affiliateEpc: (row) => (row.clicks ? conversionsOf(row, "confirmed", "payout") / row.clicks : 0),
};
for (const status of ["total", "confirmed", "pending", "hold", "declined"]) {
  for (const column of ["count", "payout", "income", "earnings"]) {
    figures[`${status}${column.charAt(0).toUpperCase()}${column.slice(1)}`] = (row) => conversionsOf(row, status, column);
  }
}

describe("orders that Affise does not know", () => {
  test.each([
    ["CONVERSION_RATE", "conversionRate"],
    ["EPC", "epc"],
    ["AFFILIATE_EPC", "affiliateEpc"],
    ["TOTAL_INCOME", "totalIncome"],
    ["TOTAL_EARNINGS", "totalEarnings"],
    ["CONFIRMED_INCOME", "confirmedIncome"],
  ])("%s: over all rows, whatever page is asked for, for the report's own pages", async (field, name) => {
    const { found, errors, calls } = await ask(`first: 20, orderBy: { field: ${field} }`);
    expect(errors).toBeUndefined();
    expect(calls.filter((call) => call === custom)).toHaveLength(Math.ceil(whole.length / 500) + 1);
    const read = figures[name] ?? (() => Number.NaN);
    const expected = whole.map(read).sort((one, other) => other - one);
    for (const [place, row] of (found?.nodes ?? []).entries()) expect(read(row.figures)).toBeCloseTo(expected[place] ?? -1, 3);
    expect(found?.totalCount).toBe(whole.length);
  });

  test("sub6, which Affise groups by and does not sort by", async () => {
    const { found, errors } = await ask("first: 10000, orderBy: { field: SUB6, direction: ASC }", undefined, "[SUB6]");
    expect(errors).toBeUndefined();
    expect(found?.nodes.length).toBeGreaterThan(0);
  });
});

describe("having", () => {
  const type = buildSchema().getType("StatisticsHaving");
  const names = isInputObjectType(type) ? Object.keys(type.getFields()) : [];

  test.each(names)("%s between two numbers", async (name) => {
    const read = figures[name];
    if (!read) throw new Error(`${name} is no figure`);
    const sorted = whole.map(read).sort((one, other) => one - other);
    const bounds = [sorted[Math.floor(sorted.length / 3)] ?? 0, sorted[Math.floor(sorted.length * 0.9)] ?? 0];
    const [least = 0, most = 0] = bounds.map((bound, place) => Math.round(bound * 1e4 + (place ? 1 : -1)) / 1e4);
    const { found, errors } = await ask(`first: 10000, having: { ${name}: { atLeast: ${least}, atMost: ${most} } }`);
    expect(errors).toBeUndefined();
    expect(found?.totalCount).toBe(sorted.filter((value) => value >= least && value <= most).length);
    expect(found?.totalCount).toBeLessThanOrEqual(whole.length);
  });

  test("fraud in one query: many clicks, a high rate, highest first; the totals are of what is left, for no further call", async () => {
    const { found, errors, calls } = await ask(
      "first: 5, having: { clicks: { atLeast: 3 }, conversionRate: { atLeast: 10 } }, orderBy: { field: CONVERSION_RATE }",
    );
    expect(errors).toBeUndefined();
    expect(calls).toHaveLength(Math.ceil(whole.length / 500));
    const left = whole.filter((row) => row.clicks >= 3 && (figures.conversionRate?.(row) ?? 0) >= 10);
    expect(found?.totalCount).toBe(left.length);
    expect(found?.totals.clicks).toBe(left.reduce((sum, { clicks }) => sum + clicks, 0));
    const income = left.reduce((sum, row) => sum + conversionsOf(row, "confirmed", "income"), 0);
    expect(found?.totals.conversions.confirmed?.income).toBeCloseTo(income, 1);
    expect(found?.totals.epc).toBeCloseTo(income / (found?.totals.clicks ?? 1), 3);
  });

  test("what says nothing, or asks for what the key does not see, is told at its argument", async () => {
    const empty = await ask("having: { clicks: {} }");
    expect(empty.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["having.clicks"] });
    expect(empty.calls).toEqual([]);
    const crossed = await ask("having: { epc: { atLeast: 2, atMost: 1 } }");
    expect(crossed.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["having.epc"] });
    expect(crossed.calls).toEqual([]);
    for (const [argument, args] of [
      ["having.totalEarnings", "having: { totalEarnings: { atLeast: 1 } }"],
      ["orderBy", "orderBy: { field: TOTAL_EARNINGS }"],
    ]) {
      const { errors = [] } = await ask(args ?? "", "sandbox-affiliate", "[OFFER]");
      const [error] = errors.filter(({ path }) => path?.[1] === "nodes");
      expect(error?.extensions, argument).toMatchObject({ code: "FORBIDDEN", arguments: [argument] });
    }
  });
});

describe("totals", () => {
  test("are the sum of all rows on all pages, for one more call", async () => {
    const { found, calls, errors } = await ask("first: 1");
    expect(errors).toBeUndefined();
    expect(calls).toEqual([custom, custom]);
    const { totals } = found ?? {};
    expect(totals?.clicks).toBe(whole.reduce((sum, { clicks }) => sum + clicks, 0));
    for (const name of ["totalCount", "confirmedPayout", "confirmedIncome", "totalEarnings", "declinedCount"]) {
      const read = figures[name] ?? (() => Number.NaN);
      const sum = whole.reduce((all, row) => all + read(row), 0);
      expect(totals && read(totals), name).toBeCloseTo(sum, 0);
    }
    expect(totals?.conversionRate).toBeCloseTo((totals && figures.conversionRate?.(totals)) ?? -1, 2);
  });

  test("alone they cost one call; over two years rates are of the sums, and unique clicks an error that says why", async () => {
    const { data, errors, calls } = await w.askCounting(
      graphql(
        `{ statistics(from: "2025-12-01", to: "2026-03-01", by: [OFFER]) { totals { clicks uniqueClicks conversionRate conversions { total { count } } } } }`,
      ),
    );
    expect(calls).toEqual([custom]);
    expect(errors).toMatchObject([{ path: ["statistics", "totals", "uniqueClicks"], extensions: { code: "BAD_USER_INPUT" } }]);
    const { clicks, conversionRate, conversions } = data.statistics.totals;
    expect(conversionRate).toBeCloseTo((conversions.total.count * 100) / clicks, 2);
  });

  test("by currency: an alias for each is not needed, and the figures say which they are in", async () => {
    const { data, calls, errors } = await w.askCounting(
      graphql(`{
        statistics(${days}, by: [OFFER]) { totals { currency } totalsByCurrency(currencies: ["USD", "EUR"]) { currency figures { currency conversions { total { count income } } } } }
        usd: statistics(${days}, by: [YEAR], filter: { currencies: ["USD"] }) {
          nodes { figures { currency conversions { total { count income } } } }
          totalsByCurrency(currencies: ["USD", "EUR"]) { figures { conversions { total { count } } } } }
        offer(id: 1) { statistics(${days}, filter: { currencies: ["USD"] }) { currency clicks } } }`),
    );
    expect(errors).toBeUndefined();
    expect(calls.filter((call) => call === custom)).toHaveLength(5);
    const [usd, eur] = data.statistics.totalsByCurrency;
    expect(data.statistics.totals.currency).toBeNull();
    expect([usd?.currency, eur?.currency, usd?.figures.currency]).toEqual(["USD", "EUR", "USD"]);
    expect(usd?.figures).toEqual(data.usd.nodes[0]?.figures);
    expect(eur?.figures.conversions.total.count).toBeGreaterThan(0);
    expect(data.usd.totalsByCurrency[1]?.figures.conversions.total.count).toBe(0);
    expect(data.offer.statistics.currency).toBe("USD");
  });

  test("the fixed reports have them too, under a key of one's own as well", async () => {
    for (const key of ["sandbox-general-manager", "sandbox-affiliate", "sandbox-advertiser"]) {
      const { data, errors } = await w.ask(
        graphql(`{ report(kind: COUNTRY, ${days}, first: 1000) { totals { clicks } nodes { figures { clicks } } } }`),
        { key },
      );
      expect(errors).toBeUndefined();
      expect(data.report.totals.clicks).toBe(data.report.nodes.reduce((sum, { figures }) => sum + figures.clicks, 0));
    }
  });
});
