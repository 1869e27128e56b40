import { afterAll, expect, test } from "vitest";
import { allowBrowsers } from "../world/browsers.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 40,
  affiliates: 20,
  advertisers: 6,
  conversions: 900,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
await allowBrowsers(w);

const days = `from: "2026-01-01", to: "2026-03-01"`;

const count = async (list: string, key?: string): Promise<number> => {
  const { data, errors } = await w.ask(`{ all: ${list} { totalCount } }`, { key });
  expect(errors, list).toBeUndefined();
  return (data.all as { totalCount: number }).totalCount;
};

interface Narrowed {
  totals: { clicks: number };
  nodes: { slice: { smartlinkId: string | null }; figures: { clicks: number } }[];
}

const statistics = (filter: string) => count(`statistics(by: [OFFER], ${days}, filter: { ${filter} })`);
const conversions = (filter: string) => count(`conversions(${days}, filter: { ${filter} })`);

test("filters of features that the network has not: all where nothing is held back, else none, never all in silence", async () => {
  const [all, made] = [await statistics(""), await conversions("")];
  expect(all).toBeGreaterThan(10);
  expect(await statistics("isShaved: false")).toBe(all);
  for (const filter of ["isShaved: true", 'subaccountIds: ["7"]', 'balanceType: "cpa"']) expect(await statistics(filter)).toBe(0);
  expect(await conversions("isShaved: false")).toBe(made);
  for (const filter of ["isShaved: true", "status: [NOT_FOUND, BANNED]"]) expect(await conversions(filter)).toBe(0);
});

test("SmartLink categories narrow where they are a slice, and are refused elsewhere before any call", async () => {
  const clicks = async (filter: string) => {
    const list = `statistics(by: [SMARTLINK], ${days}, filter: { ${filter} })`;
    const asked = `{ ${list} { totals { clicks } nodes { slice { smartlinkId } figures { clicks } } } }`;
    const { data, errors } = await w.ask<{ statistics: Narrowed }>(asked);
    expect(errors, filter).toBeUndefined();
    return data.statistics;
  };
  const all = await clicks("");
  const found = all.nodes.find(({ slice }) => slice.smartlinkId !== null);
  expect(await clicks(`smartlinkIds: ["${found?.slice.smartlinkId}"]`)).toEqual({ totals: found?.figures, nodes: [found] });

  const filter = `filter: { smartlinkIds: ["${found?.slice.smartlinkId}"] }`;
  const figures = `statistics(${days}, ${filter}) { clicks }`;
  for (const query of [
    `statistics(by: [DAY], ${days}, ${filter}) { totalCount }`,
    `report(kind: DATE, ${days}, ${filter}) { totalCount }`,
    ...["offers", "affiliates", "advertisers"].map((list) => `${list}(first: 1) { nodes { ${figures} } }`),
  ]) {
    const { errors, calls } = await w.askCounting(`{ ${query} }`);
    expect(errors?.[0]?.extensions, query).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["filter.smartlinkIds"] });
    expect(calls.filter((call) => call.includes("/stats/"))).toEqual([]);
  }
});

const kinds = [
  ...[
    "DATE",
    "HOUR",
    "OFFER",
    "ADVERTISER",
    "ADVERTISER_MANAGER",
    "AFFILIATE",
    "AFFILIATE_BY_DATE",
    "AFFILIATE_MANAGER",
    "COUNTRY",
  ],
  ...["CITY", "BROWSER", "BROWSER_VERSION", "OS", "OS_VERSION", "DEVICE", "DEVICE_MODEL", "CARRIER", "CONNECTION_TYPE", "GOAL"],
];

test.each(kinds)("the report %s knows the filter nonzero, and has fewer rows by it or as many", async (kind) => {
  const report = (filter: string) => count(`report(kind: ${kind}, ${days}, filter: { ${filter} })`);
  const [all, some] = [await report(""), await report("nonzero: true")];
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThanOrEqual(all);
});

test("reasons of trafficback are narrowed by what Affise's Go client narrows them by", async () => {
  const sum = async (filter: string) => {
    const { data, errors } = await w.ask(
      `{ report(kind: TRAFFICBACK, ${days}, filter: { ${filter} }) { nodes { figures { trafficback } } } }`,
    );
    expect(errors, filter).toBeUndefined();
    const { nodes } = data.report as { nodes: { figures: { trafficback: number } }[] };
    return nodes.reduce((total, { figures }) => total + figures.trafficback, 0);
  };
  const all = await sum("");
  for (const filter of [
    'oses: ["iOS"]',
    "devices: [MOBILE]",
    'subs: { number: 1, values: "fb" }',
    'subs: { number: 3, values: ["nobody"] }',
  ])
    expect(await sum(filter), filter).toBeLessThan(all);
});
