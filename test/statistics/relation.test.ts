import type { GraphQLEnumType } from "graphql";
import { afterAll, describe, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { allowBrowsers } from "../world/browsers.js";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 20,
  advertisers: 6,
  conversions: 900,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
await allowBrowsers(w);

const days = `from: "2026-01-01", to: "2026-03-01"`;
const money = "{ count payout income earnings }";
const figures = `clicks impressions trafficback conversions { total ${money} confirmed ${money} pending ${money} hold ${money} declined ${money} }`;

type Counted = Record<"count" | "payout" | "income" | "earnings", number | null>;
interface Figures {
  clicks: number;
  impressions: number;
  trafficback: number;
  conversions: Record<string, Counted>;
}

/** Every count and amount of a report by a slice, added up over its rows. */
const sums = async (slice: string, key: string, picked = figures): Promise<Record<string, number> | undefined> => {
  const { data, errors } = await w.ask(
    `{ statistics(${days}, by: [${slice}], first: 10000) { totalCount nodes { figures { ${picked} } } } }`,
    { key },
  );
  if (key !== network && errors?.every(({ extensions }) => extensions?.code === "FORBIDDEN")) return undefined;
  expect(errors, slice).toBeUndefined();
  const { nodes, totalCount } = data.statistics as { nodes: { figures: Partial<Figures> }[]; totalCount: number };
  expect(nodes.length).toBe(totalCount);
  const all: Record<string, number> = {};
  const add = (name: string, value: number | null | undefined) => {
    all[name] = (all[name] ?? 0) + (value ?? 0);
  };
  for (const { figures: row } of nodes) {
    for (const name of ["clicks", "impressions", "trafficback"] as const) if (name in row) add(name, row[name]);
    for (const [status, counted] of Object.entries(row.conversions ?? {}))
      for (const [column, value] of Object.entries(counted)) add(`${status}.${column}`, value);
  }
  return all;
};

const slices = (buildSchema().getType("StatisticsSlice") as GraphQLEnumType).getValues().map(({ name }) => name);
/** A click has no goal, and what was sent back became no click. */
const only: Record<string, (name: string) => boolean> = {
  GOAL: (name) => name.includes("."),
  TRAFFICBACK_REASON: (name) => name === "trafficback",
};

const network = "sandbox-general-manager";
const ownSlices: Record<string, number> = {};

describe.each([network, "sandbox-affiliate", "sandbox-advertiser"])("one report, however it is cut: %s", (key) => {
  const whole = sums("YEAR", key);

  test("there is something to add up", async () => {
    expect((await whole)?.clicks).toBeGreaterThan(10);
    expect((await whole)?.["total.count"]).toBeGreaterThan(5);
  });

  test.each(slices)("by %s its rows add up to the whole", async (slice) => {
    const picked = slice === "TRAFFICBACK_REASON" ? "trafficback" : figures;
    const parts = await sums(slice, key, picked);
    ownSlices[key] = (ownSlices[key] ?? 0) + (parts ? 1 : 0);
    if (!parts) return;
    for (const [name, sum] of Object.entries((await whole) ?? {})) {
      if (!(only[slice]?.(name) ?? true)) continue;
      expect(parts[name], name).toBeCloseTo(sum, name.endsWith("count") || !name.includes(".") ? 6 : 0);
    }
  });
});

const stretch: Record<string, number> = { HOUR: 13, DAY: 10, MONTH: 7, ALL: 0 };

test("what is used of a cap is what the list of conversions has for it", async () => {
  const { data, errors } = await w.ask(
    graphql(`{
    offers(first: 1000) { nodes { id capsTimezone capsStatuses caps { period type goalScope goals affiliateScope affiliateIds countryScope countries
      sub { values } usage { current } } } }
    conversions(from: "2025-03-02", to: "2026-03-01", first: 10000) { nodes { offerId affiliateId status country goal payout createdAt sub2: sub(number: 2) } } }`),
  );
  expect(errors).toBeUndefined();
  const { offers, conversions } = data;
  let used = 0;
  for (const { id, capsTimezone, capsStatuses, caps } of offers.nodes) {
    const clock = (time: string | Date) =>
      new Date(time).toLocaleString("sv-SE", { timeZone: capsTimezone ?? "UTC" }).replace(" ", "T");
    for (const cap of (caps ?? []).filter(({ type }) => type === "CONVERSIONS" || type === "BUDGET")) {
      const until = stretch[cap.period] ?? 0;
      const groups = new Map<string, number>();
      for (const one of conversions.nodes.filter(({ offerId }) => offerId === id)) {
        if (!capsStatuses?.some((status) => status === one.status)) continue;
        if (clock(one.createdAt).slice(0, until) !== clock("2026-03-01T12:00:00Z").slice(0, until)) continue;
        if (cap.affiliateScope === "EXACT" && !cap.affiliateIds.includes(one.affiliateId)) continue;
        if (cap.countryScope === "EXACT" && !cap.countries?.includes(one.country ?? "")) continue;
        if (cap.goalScope === "EXACT" && !cap.goals?.includes(one.goal)) continue;
        if (cap.sub?.values.length && !cap.sub.values.includes(one.sub2 ?? "")) continue;
        const group = [
          cap.affiliateScope === "EACH" && one.affiliateId,
          cap.countryScope === "EACH" && one.country,
          cap.goalScope === "EACH" && one.goal,
        ].join();
        groups.set(group, (groups.get(group) ?? 0) + (cap.type === "BUDGET" ? one.payout : 1));
      }
      const most = Math.max(0, ...groups.values());
      expect(cap.usage?.current, `offer ${id}: ${JSON.stringify(cap)}`).toBeCloseTo(most, 1);
      used += most > 0 ? 1 : 0;
    }
  }
  expect(used).toBeGreaterThan(5);
});
