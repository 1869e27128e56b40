import { afterAll, describe, expect, test } from "vitest";
import { allowBrowsers } from "../world/browsers.js";
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
await allowBrowsers(w);

const custom = "GET /3.0/stats/custom";
const days = `from: "2026-01-01", to: "2026-03-01"`;

interface Row {
  slice: Record<string, unknown>;
  figures: Record<string, unknown> & { conversions: Record<string, { count: number; payout: number | null }> };
}

const rowsOf = (data: Record<string, unknown>) => (data.statistics as { nodes: Row[] }).nodes;

describe("slices", () => {
  test("offer and country: a row for each pair, whose offers cost one call together", async () => {
    const { data, errors, calls } = await w.askCounting(
      `{ statistics(${days}, by: [OFFER, COUNTRY], first: 200) { totalCount nodes { slice { offer { id title } country } figures { clicks } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/offers", custom]);
    expect(rowsOf(data).length).toBeGreaterThan(50);
    expect(rowsOf(data)[0]).toMatchObject({
      slice: { offer: { title: expect.any(String) }, country: expect.stringMatching(/^[A-Z]{2}$/) },
      figures: { clicks: expect.any(Number) },
    });
  });

  test("affiliate, advertiser and manager lead into the graph, one call each", async () => {
    const { data, errors, calls } = await w.askCounting(`{ statistics(${days}, by: [AFFILIATE, ADVERTISER, MANAGER]) {
      nodes { slice { affiliate { email } advertiser { companyName } manager { name } } } } }`);
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/admin/advertisers", "GET /3.0/admin/partners", "GET /3.0/admin/users", custom]);
    expect(rowsOf(data)[0]).toMatchObject({
      slice: { affiliate: { email: expect.stringContaining("@") }, advertiser: { companyName: expect.any(String) } },
    });
  });

  test("parts of a day add up to a date", async () => {
    const { data } = await w.ask(
      `{ statistics(${days}, by: [DAY, HOUR], timezone: "Europe/Berlin", first: 3) { nodes { slice { date year month day hour } } } }`,
    );
    const [{ slice }] = rowsOf(data) as [Row];
    expect(slice.date).toBe(`${slice.year}-${String(slice.month).padStart(2, "0")}-${String(slice.day).padStart(2, "0")}`);
    expect(slice.hour).toEqual(expect.any(Number));
  });

  test("every slice of the schema is understood", async () => {
    const { data } = await w.ask(`{ __type(name: "StatisticsSlice") { enumValues { name } } }`);
    const all = (data.__type as { enumValues: { name: string }[] }).enumValues.map(({ name }) => name);
    expect(all).toHaveLength(58);
    for (const by of ["HOUR DAY MONTH QUARTER YEAR", "SUB1 SUB2 SUB3 SUB4 SUB5", ...all]) {
      const { data, errors } = await w.ask(`{ statistics(${days}, by: [${by}], cityLanguage: ES, first: 5) { nodes { slice {
        hour day month quarter year country city os osVersion device deviceModel browser goal week deviceType browserVersion carrier connectionType
        landing { id: landingId } prelanding { id: landingId } affiliateManagerId advertiserManagerId subs { number value } sub(number: 1) smartlinkId
        trafficbackReason } } } }`);
      expect(errors, by).toBeUndefined();
      expect(rowsOf(data).length, by).toBeGreaterThan(0);
    }
  });
});

describe("figures", () => {
  test("rates are asked for where they are selected, also through a fragment", async () => {
    const { data, errors, calls } = await w.askCounting(
      graphql(`query ($rates: Boolean!) { statistics(${days}, by: [OFFER], orderBy: { field: CLICKS }, first: 1) { edges { node { figures { clicks ...rates @include(if: $rates) } } } } }
       fragment rates on StatisticsFigures { conversionRate epc affiliateEpc ratio noIncome impressions clickThroughRate ecpm trafficback }`),
      { variables: { rates: true } },
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual([custom]);
    const [edge] = data.statistics.edges;
    const figures: Record<string, unknown> = edge?.node.figures ?? {};
    for (const name of ["clicks", "conversionRate", "epc", "affiliateEpc", "noIncome", "impressions", "ecpm", "trafficback"])
      expect(figures[name], name).toEqual(expect.any(Number));
    expect(figures.ratio).toMatch(/^1:\d+$/);
  });

  test("figures of an offer know their rates too, still in one report for all", async () => {
    const { data, calls } = await w.askCounting(
      graphql(`{ offers(first: 100) { nodes { statistics(${days}) { clicks conversionRate affiliateEpc } } } }`),
    );
    expect(calls).toEqual(["GET /3.0/offers", custom]);
    const { nodes } = data.offers;
    expect(nodes.some(({ statistics }) => statistics.affiliateEpc > 0)).toBe(true);
  });

  test("one status alone has the figures that it has among all", async () => {
    const ask = async (statuses: string) => {
      const { data } = await w.ask(`{ statistics(${days}, by: [YEAR], orderBy: { field: TOTAL_COUNT }) {
        nodes { figures { conversions { ${statuses} } } } } }`);
      return rowsOf(data)[0]?.figures.conversions;
    };
    const money = "{ count payout income earnings unpaidCount }";
    const all = await ask(`total ${money} confirmed ${money} pending ${money} hold ${money} declined ${money}`);
    expect(await ask(`declined ${money}`)).toEqual({ declined: all?.declined });
    expect(all?.declined?.count).toBeGreaterThan(0);
    const { confirmed, pending, hold, declined, total } = all ?? {};
    expect([confirmed, pending, hold, declined].reduce((sum, one) => sum + (one?.count ?? 0), 0)).toBe(total?.count);
  });

  test("sorted by payout, largest first", async () => {
    const { data } = await w.ask(`{ statistics(${days}, by: [OFFER], orderBy: { field: CONFIRMED_PAYOUT }) {
      nodes { figures { conversions { confirmed { payout } } } } } }`);
    const payouts = rowsOf(data).map(({ figures }) => figures.conversions.confirmed?.payout ?? 0);
    expect(payouts).toEqual([...payouts].sort((a, b) => b - a));
  });
});

describe("wider than the reference", () => {
  test("sub values by their numbers", async () => {
    const { data, errors } = await w.ask(
      `{ statistics(${days}, by: [SUB2, SUB7], first: 5) { nodes { slice { subs { number value } sub2: sub(number: 2) } } } }`,
    );
    expect(errors).toBeUndefined();
    for (const { slice } of rowsOf(data)) {
      const subs = slice.subs as { number: number; value: string | null }[];
      expect(subs.map(({ number }) => number)).toEqual([2, 7]);
      expect(subs[0]?.value).toBe(slice.sub2);
    }
  });

  test("weeks, and the managers of both sides with their names", async () => {
    const { data, errors } =
      await w.ask(`{ statistics(${days}, by: [WEEK, AFFILIATE_MANAGER, ADVERTISER_MANAGER], first: 30) { nodes { slice {
      week year affiliateManagerId affiliateManager { id name } advertiserManagerId advertiserManager { id } } } } }`);
    expect(errors).toBeUndefined();
    const managed = rowsOf(data).filter(({ slice }) => slice.affiliateManagerId !== null);
    expect(managed.length).toBeGreaterThan(0);
    for (const { slice } of managed) {
      expect(slice.week).toEqual(expect.any(Number));
      expect((slice.affiliateManager as { id: string }).id).toBe(slice.affiliateManagerId);
    }
  });

  test("ad costs: profit after them, and its rate", async () => {
    const { data, errors } = await w.ask(
      graphql(
        `{ statistics(${days}, by: [OFFER], first: 100) { nodes { figures { costs margin roi affiliatePrice conversions { confirmed { earnings } } } } } }`,
      ),
    );
    expect(errors).toBeUndefined();
    const spent = data.statistics.nodes.filter(({ figures }) => figures.costs > 0);
    expect(spent.length).toBeGreaterThan(0);
    for (const { figures } of spent) {
      expect(figures.margin).toBeCloseTo(figures.conversions.confirmed.earnings - figures.costs, 1);
      expect(figures.roi).toBeCloseTo((figures.margin * 100) / figures.costs, 0);
    }
  });
});

describe("filters", () => {
  test("only some offers, without some countries", async () => {
    const { data, errors } = await w.ask(`{ statistics(${days}, by: [OFFER, COUNTRY], first: 100, filter: {
      offerIds: [1, 2, 3], nonzero: true, not: { countries: ["US"], offerIds: [3] } }) { nodes { slice { offer { id } country } } } }`);
    expect(errors).toBeUndefined();
    const slices = rowsOf(data).map(({ slice }) => slice as { offer: { id: string }; country: string });
    expect(new Set(slices.map(({ offer }) => offer.id))).toEqual(new Set(["1", "2"]));
    expect(slices.some(({ country }) => country === "US")).toBe(false);
  });

  test.each([
    ["filter.offerIds", `filter: { offerIds: ["x"] }, by: [DAY]`],
    ["filter.not.advertiserIds", `filter: { not: { advertiserIds: ["7"] } }, by: [DAY]`],
    ["first", "first: 0, by: [DAY]"],
    ["after", `after: "nowhere", by: [DAY]`],
  ])("a bad %s is told before any call", async (argument, args) => {
    const { data, errors, calls } = await w.askCounting(`{ statistics(${days}, ${args}) { totalCount } }`);
    expect(data).toEqual({ statistics: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });

  test("days in the wrong order are told before any call", async () => {
    const { errors, calls } = await w.askCounting(
      `{ statistics(from: "2026-02-01", to: "2026-01-01", by: [DAY]) { totalCount } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["to"] });
    expect(calls).toEqual([]);
  });
});

describe("who may ask", () => {
  test.each(["sandbox-affiliate", "sandbox-advertiser"])("%s sees its own figures", async (key) => {
    const { data, errors } = await w.ask(
      `{ statistics(${days}, by: [DAY]) { totalCount nodes { figures { clicks conversions { total { count } } } } } }`,
      { key },
    );
    expect(errors).toBeUndefined();
    expect(rowsOf(data).length).toBeGreaterThan(0);
  });

  test.each([
    ["sandbox-general-manager", []],
    ["sandbox-affiliate-manager", []],
    ["sandbox-account-manager", ["affiliate"]],
    ["sandbox-affiliate", ["affiliate", "advertiser"]],
    ["sandbox-advertiser", ["affiliate", "advertiser"]],
  ])("%s: what its role may not slice by is FORBIDDEN at its field, the rest stays", async (key, forbidden) => {
    const { data, errors = [] } = await w.ask(
      `{ day: statistics(${days}, by: [DAY]) { totalCount } affiliate: statistics(${days}, by: [AFFILIATE]) { totalCount }
         advertiser: statistics(${days}, by: [ADVERTISER]) { totalCount } }`,
      { key },
    );
    expect(data.day).toEqual({ totalCount: expect.any(Number) });
    expect(errors.map(({ path, extensions }) => [path?.[0], extensions.code])).toEqual(
      forbidden.map((field) => [field, "FORBIDDEN"]),
    );
  });

  test("an affiliate's key may not slice by affiliate, and loses nothing else", async () => {
    const { data, errors } = await w.ask(
      `{ mine: statistics(${days}, by: [OFFER]) { totalCount } all: statistics(${days}, by: [AFFILIATE]) { totalCount } }`,
      { key: "sandbox-affiliate" },
    );
    expect(data).toMatchObject({ mine: { totalCount: expect.any(Number) }, all: { totalCount: null } });
    expect(errors?.map(({ path, extensions }) => [path?.[0], extensions.code])).toEqual([["all", "FORBIDDEN"]]);
  });
});
