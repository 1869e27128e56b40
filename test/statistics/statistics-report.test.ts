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

const days = `from: "2026-01-01", to: "2026-03-01"`;

interface Row {
  slice: Record<string, unknown>;
  figures: { clicks: number; trafficback: number | null; conversions: { total: { count: number } } };
}

const rowsOf = (data: Record<string, unknown>) => (data.report as { nodes: Row[] }).nodes;
const figures = "figures { clicks trafficback epc conversions { total { count payout } } }";

const reports: [kind: string, operation: string, slice: string][] = [
  ["DATE", "getbydate", "date"],
  ["HOUR", "getbyhour", "date hour"],
  ["OFFER", "getbyprogram", "offer { title }"],
  ["ADVERTISER", "getbyadvertiser", "advertiser { companyName }"],
  ["ADVERTISER_MANAGER", "getbyaccountmanager", "advertiserManager { name }"],
  ["AFFILIATE", "getbypartner", "affiliate { email }"],
  ["AFFILIATE_BY_DATE", "getbypartnerbydate", "affiliate { email } date"],
  ["AFFILIATE_MANAGER", "getbyaffiliatemanager", "affiliateManager { name }"],
  ["COUNTRY", "getbycountries", "country"],
  ["CITY", "getbycities", "city"],
  ["BROWSER", "getbybrowsers", "browser"],
  ["BROWSER_VERSION", "getbybrowsersversion", "browserVersion"],
  ["OS", "getbyos", "os"],
  ["OS_VERSION", "getbyversions", "os osVersion"],
  ["DEVICE", "getbydevices", "device"],
  ["DEVICE_MODEL", "getbydevicemodels", "deviceModel"],
  ["CARRIER", "getbymobilecarrier", "carrier"],
  ["CONNECTION_TYPE", "getbyconnectiontype", "connectionType"],
  ["GOAL", "getbygoal", "goal"],
  ["TRAFFICBACK", "getbytrafficback", "trafficbackReason"],
];

const joined: Record<string, string> = {
  OFFER: "GET /3.0/offers",
  ADVERTISER: "GET /3.0/admin/advertisers",
  ADVERTISER_MANAGER: "GET /3.0/admin/users",
  AFFILIATE: "GET /3.0/admin/partners",
  AFFILIATE_BY_DATE: "GET /3.0/admin/partners",
  AFFILIATE_MANAGER: "GET /3.0/admin/users",
};

test.each(reports)("%s: one call, its slice filled, its objects in one more", async (kind, operation, slice) => {
  const { data, errors, calls } = await w.askCounting(
    `{ report(kind: ${kind}, ${days}, direction: DESC, timezone: "UTC", cityLanguage: RU) { totalCount nodes { slice { ${slice} } ${figures} } } }`,
  );
  expect(errors).toBeUndefined();
  expect(calls).toEqual([joined[kind], `GET /3.0/stats/${operation}`].filter(Boolean).sort());
  const rows = rowsOf(data);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.some((row) => Object.values(row.slice).every((value) => value !== null))).toBe(true);
});

test("the reports' figures are those of statistics", async () => {
  const { data } = await w.ask(
    graphql(`{ report(kind: OFFER, ${days}) { nodes { ${figures} } }
    statistics(${days}, by: [OFFER]) { nodes { ${figures} } } }`),
  );
  const sum = (rows: Pick<Row, "figures">[]) => rows.reduce((clicks, row) => clicks + row.figures.clicks, 0);
  expect(sum(data.report.nodes)).toBe(sum(data.statistics.nodes));
});

test("reasons of trafficback count clicks and no conversions", async () => {
  const { data } = await w.ask(`{ report(kind: TRAFFICBACK, ${days}) { nodes { slice { trafficbackReason } ${figures} } } }`);
  for (const { slice, figures } of rowsOf(data)) {
    expect(slice.trafficbackReason).toEqual(expect.any(String));
    expect(figures.trafficback).toBeGreaterThan(0);
    expect(figures.conversions.total.count).toBe(0);
  }
});

describe("landings", () => {
  const withLandings = async (): Promise<string> => {
    const { data } = await w.ask(graphql("{ offers(first: 60) { nodes { id landings { type } } } }"));
    const { nodes } = data.offers;
    const found = nodes.find(({ landings }) => new Set(landings?.map(({ type }) => type)).size === 2);
    return found?.id ?? "";
  };

  test.each([
    ["LANDING", "landing", "getbylanding"],
    ["PRELANDING", "prelanding", "getbyprelanding"],
  ])("%s tells the page's name and address", async (kind, slice, operation) => {
    const { data, errors, calls } =
      await w.askCounting(`{ report(kind: ${kind}, ${days}, filter: { offerIds: [${await withLandings()}] }) {
      nodes { slice { ${slice} { landingId title url previewUrl type } } ${figures} } } }`);
    expect(errors).toBeUndefined();
    expect(calls).toContain(`GET /3.0/stats/${operation}`);
    const pages = rowsOf(data).map((row) => row.slice[slice]);
    expect(pages.find((page) => page !== null)).toMatchObject({
      landingId: expect.any(String),
      title: expect.any(String),
      url: expect.stringContaining("//"),
      type: kind === "LANDING" ? "LANDING" : "TRANSIT",
    });
  });

  test.each([
    ["LANDING", "getbylanding"],
    ["PRELANDING", "getbyprelanding"],
  ])("%s needs no offer: its rows are those of all offers", async (kind, operation) => {
    const { data, errors, calls } = await w.askCounting(
      `{ report(kind: ${kind}, ${days}, first: 500) { nodes { ${figures} } totals { clicks } } }`,
    );
    expect(errors).toBeUndefined();
    expect(new Set(calls)).toEqual(new Set([`GET /3.0/stats/${operation}`, "GET /3.0/stats/custom"]));
    const clicks = rowsOf(data).reduce((sum, row) => sum + row.figures.clicks, 0);
    expect((data.report as { totals: { clicks: number } }).totals.clicks).toBe(clicks);
  });

  test.each([
    ["[]", "an empty list"],
    ["[1, 2]", "one offer or about all"],
  ])("offerIds %s are told before any call", async (offers, words) => {
    const { errors, calls } = await w.askCounting(
      `{ report(kind: LANDING, ${days}, filter: { offerIds: ${offers} }) { totalCount } }`,
    );
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(words),
      extensions: { code: "BAD_USER_INPUT", arguments: ["filter.offerIds"] },
    });
    expect(calls).toEqual([]);
  });
});

describe("what a report does not heed is refused before any call", () => {
  test.each([
    ["DATE", "filter.cities", `cities: ["Berlin"]`],
    ["COUNTRY", "filter.balanceType", `balanceType: "cpa"`],
    ["HOUR", "filter.paymentStatus", "paymentStatus: CLOSED"],
    ["OFFER", "filter.smartlinkIds", `smartlinkIds: ["0123456789abcdef01234567"]`],
    ["GOAL", "filter.not", `not: { countries: ["US"] }`],
    ["SUB1", "filter.affiliateIds", "offerIds: [1], affiliateIds: [1]"],
    ["SUB1", "filter.offerIds", `countries: ["US"]`],
    ["TRAFFICBACK", "filter.not", `not: { countries: ["US"] }`],
  ])("%s: %s", async (kind, argument, filter) => {
    const { data, errors, calls } = await w.askCounting(
      `{ report(kind: ${kind}, ${days}, filter: { ${filter} }) { totalCount } }`,
    );
    expect(data).toEqual({ report: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });
});

describe("who may ask", () => {
  test("an affiliate sees its sub1 values over its offers", async () => {
    const key = "sandbox-affiliate";
    const known = await w.ask(graphql(`{ statistics(${days}, by: [OFFER]) { nodes { slice { offer { id } } } } }`), { key });
    const { nodes } = known.data.statistics;
    const offers = nodes.flatMap(({ slice }) => slice.offer?.id ?? []);
    const { data, errors, calls } = await w.askCounting(
      `{ report(kind: SUB1, ${days}, filter: { offerIds: [${offers}] }) { totalCount nodes { slice { sub1: sub(number: 1) } ${figures} } } }`,
      { key },
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/stats/getbysub"]);
    expect(rowsOf(data).some(({ slice }) => typeof slice.sub1 === "string")).toBe(true);
  });

  test("a network user has no sub1 report, and loses nothing else", async () => {
    const { data, errors } = await w.ask(`{ days: report(kind: DATE, ${days}) { totalCount }
      subs: report(kind: SUB1, ${days}, filter: { offerIds: [1] }) { totalCount } }`);
    expect(data).toMatchObject({ days: { totalCount: expect.any(Number) }, subs: { totalCount: null } });
    expect(errors?.map(({ path, extensions }) => [path?.[0], extensions.code])).toEqual([["subs", "FORBIDDEN"]]);
  });

  test.each(["sandbox-affiliate", "sandbox-advertiser"])("%s may not see affiliates' rows", async (key) => {
    const { errors } = await w.ask(`{ report(kind: AFFILIATE, ${days}) { totalCount } }`, { key });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN", operation: "GET /3.0/stats/getbypartner" });
  });
});
