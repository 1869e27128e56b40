import { isObjectType } from "graphql";
import { afterAll, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { type Capped, type Conversion, days, ids, openDay, sum } from "./day.js";

// What a network's people ask in a day, each as one question or a few. What comes is held against the whole lists of the sandbox.

const { all, ask, conversions, world } = await openDay();
afterAll(() => world.close());

interface Row {
  slice: Record<string, string>;
  figures: { clicks: number; conversionRate: number; conversions: { total: { count: number; earnings: number } } };
}

const figures = "figures { clicks conversionRate conversions { total { count earnings } } }";
const report = (args: string, fields: string) => all<Row>(`statistics(${args})`, `slice { ${fields} } ${figures}`);

interface Invoice {
  id: string;
  advertiserId: string;
  startDate: string;
  endDate: string;
  currency: string;
  statistics: Row["figures"];
  lines: { offerId: string; statistics: Row["figures"] }[];
}

test("1: offers whose daily caps are more than 80 percent full", async () => {
  const full = await all<Capped>("offers", "id caps { period value usage { percent } }");
  const expected = full
    .map(({ id, caps }) => ({ id, caps: caps.filter((cap) => cap.period === "DAY" && (cap.usage?.percent ?? 0) > 80) }))
    .filter(({ caps }) => caps.length);
  const { found, calls } = await ask<{ offers: { nodes: Capped[] } }>(
    "{ offers(first: 500) { nodes { id caps(fullerThan: 80, periods: [DAY]) { period value usage { percent } } } } }",
  );
  expect(expected.length).toBeGreaterThan(0);
  expect(found.offers.nodes.filter(({ caps }) => caps.length)).toEqual(expected);
  expect(calls.length).toBeLessThanOrEqual(3);
});

test("2 and 16: one period beside another, by affiliate and by country", async () => {
  for (const [by, field] of [
    ["AFFILIATE", "affiliateId"],
    ["COUNTRY", "country"],
  ] as const) {
    const period = (name: string, from: string, to: string) =>
      `${name}: statistics(from: "${from}", to: "${to}", by: [${by}], first: 1000) { nodes { slice { ${field} } ${figures} } }`;
    const { found, calls } = await ask<Record<string, { nodes: Row[] }>>(
      `{ ${period("before", "2026-01-01", "2026-01-31")} ${period("now", "2026-02-01", "2026-02-28")} }`,
    );
    const byDay = await report(`from: "2026-01-01", to: "2026-02-28", by: [DAY, MONTH, ${by}]`, `month ${field}`);
    for (const [name, month] of [
      ["before", "1"],
      ["now", "2"],
    ] as const) {
      const rows = found[name]?.nodes ?? [];
      expect(rows.length).toBeGreaterThan(0);
      for (const { slice, figures } of rows) {
        const parts = byDay.filter((one) => String(one.slice.month) === month && one.slice[field] === slice[field]);
        expect(sum(parts.map((one) => one.figures.clicks))).toBe(figures.clicks);
      }
    }
    expect(calls).toHaveLength(2);
  }
});

test("7: invoices and their lines beside what Affise counted", async () => {
  const { found: read } = await ask<{ invoices: { nodes: Invoice[] } }>(
    `{ invoices(first: 40) { nodes {
      id advertiserId startDate endDate currency
      statistics { clicks conversions { total { count } } } lines { offerId statistics { clicks } }
    } } }`,
  );
  const sample = read.invoices.nodes.filter(({ lines }) => lines.length).slice(0, 6);
  expect(sum(sample.map((one) => one.statistics.clicks))).toBeGreaterThan(0);
  for (const { advertiserId, startDate, endDate, currency, statistics, lines } of sample) {
    const { found } = await ask<{ statistics: { nodes: Row[] } }>(
      `{ statistics(from: "${startDate}", to: "${endDate}", by: [OFFER], first: 1000, filter: { advertiserIds: ["${advertiserId}"], currencies: ["${currency}"] }) { nodes { slice { offerId } ${figures} } } }`,
    );
    expect(statistics.clicks).toBe(sum(found.statistics.nodes.map((one) => one.figures.clicks)));
    expect(statistics.conversions.total.count).toBe(
      sum(found.statistics.nodes.map((one) => one.figures.conversions.total.count)),
    );
    for (const line of lines) {
      const row = found.statistics.nodes.find(({ slice }) => slice.offerId === line.offerId);
      expect(line.statistics.clicks).toBe(row?.figures.clicks ?? 0);
    }
  }
});

test("9: the conversions of a click", async () => {
  const full = await conversions();
  const clickId = full[3]?.clickId;
  const { found } = await ask<{ conversions: { nodes: Conversion[] } }>(
    `query ($click: ID) { conversions(${days}, filter: { clickId: $click }) { nodes { id } } }`,
    { click: clickId },
  );
  expect(ids(found.conversions.nodes)).toEqual(ids(full.filter((one) => one.clickId === clickId)));
});

test("13 and 19: what Affise has no way to do is said where it is looked for", () => {
  const described = (type: string, field: string) => {
    const found = buildSchema().getType(type);
    return isObjectType(found) ? found.getFields()[field]?.description : undefined;
  };
  expect(described("Affiliate", "apiKey")).toMatch(/no way to give other affiliates new keys/);
  expect(described("Offer", "updatedAt")).toMatch(/does not tell who changed what/);
});

test("14: an affiliate's tracking links of many offers, and which offers have none for it", async () => {
  const { data, errors } = await world.ask('{ offers(first: 90) { nodes { id trackingLinkFor(affiliateId: "2") } } }');
  const { nodes } = data.offers as { nodes: { id: string; trackingLinkFor: string | null }[] };
  expect(nodes).toHaveLength(90);
  const without = new Set(
    (errors ?? []).map(({ path, extensions }) => (extensions.code === "BAD_USER_INPUT" ? path?.[2] : undefined)),
  );
  for (const [place, { id, trackingLinkFor }] of nodes.entries()) {
    if (without.has(place)) expect(trackingLinkFor).toBeNull();
    else expect(trackingLinkFor).toMatch(new RegExp(`offer_id=${id}(?!\\d)`));
  }
  expect(without.size).toBeLessThan(60);
});

test("15: a report by sub1 for one affiliate adds up to its clicks", async () => {
  const [busiest] = (await report(`${days}, by: [AFFILIATE], orderBy: { field: CLICKS }`, "affiliateId")).map(
    (one) => one.slice.affiliateId,
  );
  const rows = await report(`${days}, by: [SUB1], filter: { affiliateIds: ["${busiest}"] }`, "subs { value }");
  const { found } = await ask<{ affiliate: { statistics: { clicks: number } } }>(
    `{ affiliate(id: "${busiest}") { statistics(${days}) { clicks } } }`,
  );
  expect(found.affiliate.statistics.clicks).toBeGreaterThan(0);
  expect(sum(rows.map((one) => one.figures.clicks))).toBe(found.affiliate.statistics.clicks);
});

test("17: conversion rates above 20 percent by affiliate and offer, the highest first", async () => {
  const full = await report(`${days}, by: [AFFILIATE, OFFER]`, "affiliateId offerId");
  const found = await report(
    `${days}, by: [AFFILIATE, OFFER], having: { conversionRate: { atLeast: 20 }, clicks: { atLeast: 3 } }, orderBy: { field: CONVERSION_RATE }`,
    "affiliateId offerId",
  );
  const rates = found.map((one) => one.figures.conversionRate);
  expect(rates).toEqual([...rates].sort((one, other) => other - one));
  const expected = full.filter((one) => one.figures.conversionRate >= 20 && one.figures.clicks >= 3);
  expect(new Set(found.map((one) => JSON.stringify(one.slice)))).toEqual(
    new Set(expected.map((one) => JSON.stringify(one.slice))),
  );
});

test("18: the ten countries that earn most", async () => {
  const full = await report(`${days}, by: [COUNTRY]`, "country");
  const { found } = await ask<{ statistics: { nodes: Row[] } }>(
    `{ statistics(${days}, by: [COUNTRY], orderBy: { field: TOTAL_EARNINGS }, first: 10) { nodes { slice { country } ${figures} } } }`,
  );
  const earnings = (rows: Row[]) => rows.map((one) => one.figures.conversions.total.earnings);
  expect(earnings(found.statistics.nodes)).toEqual(
    earnings(full)
      .sort((one, other) => other - one)
      .slice(0, 10),
  );
});

test("21: offers that no affiliate sends anybody to", async () => {
  const { found, calls } = await ask<{ offers: { nodes: { id: string; statistics: { clicks: number } }[] } }>(
    `{ offers(first: 500) { nodes { id statistics(${days}) { clicks } } } }`,
  );
  const busy = new Set(
    (await report(`${days}, by: [OFFER]`, "offerId")).filter((one) => one.figures.clicks).map((one) => one.slice.offerId),
  );
  for (const { id, statistics } of found.offers.nodes) expect([id, statistics.clicks > 0]).toEqual([id, busy.has(id)]);
  expect(calls.length).toBeLessThanOrEqual(4);
});

test("27: what a key may do", async () => {
  const { found, calls } = await ask<{ viewer: { role: string; permissions: unknown[] } }>(
    "{ viewer { ... on User { role permissions { __typename } } } }",
  );
  expect(found.viewer.role).toBe("GENERAL_MANAGER");
  expect(calls).toEqual(["GET /3.1/user/me"]);
});
