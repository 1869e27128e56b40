import { afterAll, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 40,
  affiliates: 20,
  advertisers: 6,
  conversions: 900,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

/** What the columns mean is held by how they hang together, for each kind of key. */
const keys = {
  network: "sandbox-general-manager",
  affiliate: "sandbox-affiliate",
  advertiser: "sandbox-advertiser",
} as const;
const kinds = Object.entries(keys);
const days = `from: "2026-01-01", to: "2026-03-01"`;

interface Money {
  payout: number | null;
  income: number | null;
  earnings: number | null;
}
type Conversion = Money & { id: string; status: string; paymentStatus: string; isPaid: boolean; currency: string };
type Counted = Money & { count: number };
interface Figures {
  clicks: number;
  impressions: number;
  conversionRate: number;
  conversionRates: Record<string, number>;
  epc: number;
  affiliateEpc: number | null;
  ecpm: number;
  clickThroughRate: number;
  conversions: Record<"total" | "confirmed" | "pending" | "hold" | "declined", Counted>;
}

const asked = async <T>(query: string, key: string): Promise<T> => {
  const { data, errors } = await w.ask(query, { key });
  expect(errors).toBeUndefined();
  return (data as { all: { nodes: T } }).all.nodes;
};

const conversions = (key: string, more = "") =>
  asked<Conversion[]>(
    `{ all: conversions(${days}, first: 1000 ${more}) { nodes { id status paymentStatus isPaid currency payout income earnings } } }`,
    key,
  );

const money = "{ count payout income earnings }";
const figures = (key: string, by: string) =>
  asked<{ figures: Figures }[]>(
    `{ all: statistics(${days}, by: [${by}], first: 1000) { nodes { figures { clicks impressions conversionRate epc affiliateEpc ecpm clickThroughRate
      conversionRates { total confirmed pending hold declined }
      conversions { total ${money} confirmed ${money} pending ${money} hold ${money} declined ${money} } } } } }`,
    key,
  );

const has = (amount: number | null) => amount !== null;

/** Which amounts each kind of key sees. */
const seen: Record<string, Record<keyof Money, boolean>> = {
  network: { payout: true, income: true, earnings: true },
  affiliate: { payout: true, income: false, earnings: false },
  advertiser: { payout: false, income: true, earnings: false },
};

describe("conversions", () => {
  test.each(kinds)("%s: paid means closed", async (_, key) => {
    const all = await conversions(key);
    expect(all.length).toBeGreaterThan(5);
    for (const { isPaid, paymentStatus } of all) expect(isPaid).toBe(paymentStatus === "CLOSED");
  });

  test("some are paid, and some are not", async () => {
    const all = await conversions(keys.network);
    expect(new Set(all.map(({ isPaid }) => isPaid))).toEqual(new Set([true, false]));
    const paid = await conversions(keys.network, "filter: { paymentStatus: CLOSED }");
    expect(paid.map(({ id }) => id)).toEqual(all.filter(({ isPaid }) => isPaid).map(({ id }) => id));
  });

  test.each(kinds)("%s sees its own amounts and no others", async (kind, key) => {
    for (const { payout, income, earnings } of await conversions(key))
      expect({ payout: has(payout), income: has(income), earnings: has(earnings) }).toEqual(seen[kind]);
  });

  test("read by its id, each has the money that it has in the list", async () => {
    for (const { id, payout, income, earnings } of (await conversions(keys.network)).slice(0, 12)) {
      const { data, errors } = await w.ask(`{ conversion(id: "${id}") { payout income earnings } }`, { key: keys.network });
      expect(errors).toBeUndefined();
      expect(data).toEqual({ conversion: { payout, income, earnings } });
    }
  });

  test("earnings are what is left of the income", async () => {
    for (const { payout, income, earnings } of await conversions(keys.network))
      expect(earnings).toBeCloseTo((income ?? 0) - (payout ?? 0), 2);
  });

  test.each(["affiliate", "advertiser"] as const)("%s: each amount is the one that the network sees beside it", async (kind) => {
    const network = new Map((await conversions(keys.network)).map((one) => [one.id, one]));
    for (const own of await conversions(keys[kind])) {
      const same = network.get(own.id);
      if (kind === "affiliate") expect(own.payout).toBe(same?.payout);
      else expect(own.income).toBe(same?.income);
    }
  });

  test.each(["affiliate", "advertiser"] as const)("%s: the sum of its conversions is that of its statistics", async (kind) => {
    const field = kind === "affiliate" ? "payout" : "income";
    const all = (await conversions(keys[kind], `filter: { status: [CONFIRMED] }`)).filter(({ currency }) => currency === "USD");
    const { data, errors } = await w.ask(
      `{ all: statistics(${days}, by: [YEAR], filter: { currencies: ["USD"] }) { nodes { figures { conversions { confirmed ${money} } } } } }`,
      { key: keys[kind] },
    );
    expect(errors).toBeUndefined();
    const rows = (data.all as { nodes: { figures: Figures }[] }).nodes;
    const sum = rows.reduce((total, row) => total + (row.figures.conversions.confirmed[field] ?? 0), 0);
    expect(sum).toBeCloseTo(
      all.reduce((total, one) => total + (one[field] ?? 0), 0),
      1,
    );
  });
});

describe("statistics", () => {
  test.each(kinds)("%s: totals are the sums of the statuses, and of what each key sees", async (kind, key) => {
    for (const { figures: row } of await figures(key, "OFFER")) {
      const { total, ...statuses } = row.conversions;
      const parts = Object.values(statuses);
      expect(total.count).toBe(parts.reduce((sum, { count }) => sum + count, 0));
      for (const amount of ["payout", "income", "earnings"] as const) {
        const isSeen = seen[kind]?.[amount] ?? false;
        for (const one of [total, ...parts]) expect(has(one[amount]), amount).toBe(isSeen);
        if (isSeen)
          expect(total[amount]).toBeCloseTo(
            parts.reduce((sum, one) => sum + (one[amount] ?? 0), 0),
            1,
          );
      }
    }
  });

  test.each(kinds)("%s: rates and averages are of what their descriptions say", async (kind, key) => {
    const rows = (await figures(key, "COUNTRY")).filter(({ figures: row }) => row.clicks > 0);
    expect(rows.length).toBeGreaterThan(3);
    for (const { figures: row } of rows) {
      const { total, confirmed } = row.conversions;
      const paid = (kind === "affiliate" ? confirmed.payout : confirmed.income) ?? 0;
      expect(row.conversionRate).toBeCloseTo((total.count * 100) / row.clicks, 1);
      expect(row.conversionRates.total).toBe(row.conversionRate);
      expect(row.conversionRates.confirmed).toBeCloseTo((confirmed.count * 100) / row.clicks, 1);
      expect(row.epc).toBeCloseTo(paid / row.clicks, 3);
      if (kind !== "advertiser") expect(row.affiliateEpc).toBeCloseTo((confirmed.payout ?? 0) / row.clicks, 3);
      if (row.impressions > 0) expect(row.ecpm).toBeCloseTo((paid * 1000) / row.impressions, 1);
      if (row.impressions > 0) expect(row.clickThroughRate).toBeCloseTo((row.clicks * 100) / row.impressions, 1);
    }
  });

  test("the affiliates' figures are the network's, divided", async () => {
    const [byAffiliate, whole] = [await figures(keys.network, "AFFILIATE"), await figures(keys.network, "YEAR")];
    const sum = (rows: { figures: Figures }[], read: (figures: Figures) => number) =>
      rows.reduce((total, { figures: row }) => total + read(row), 0);
    expect(sum(byAffiliate, ({ clicks }) => clicks)).toBe(sum(whole, ({ clicks }) => clicks));
    expect(sum(byAffiliate, ({ conversions }) => conversions.total.count)).toBe(
      sum(whole, ({ conversions }) => conversions.total.count),
    );
    expect(sum(byAffiliate, ({ conversions }) => conversions.confirmed.income ?? 0)).toBeCloseTo(
      sum(whole, ({ conversions }) => conversions.confirmed.income ?? 0),
      0,
    );
  });
});

describe("payments and offers", () => {
  test("what an affiliate's key reads of an offer's payout is what the network pays it", async () => {
    const own = await w.ask(
      `{ viewer { ... on Affiliate { liveOffers(first: 20) { nodes { id payouts { type goal payout income } } } } } }`,
      {
        key: keys.affiliate,
      },
    );
    expect(own.errors).toBeUndefined();
    const { nodes } = (own.data as { viewer: { liveOffers: { nodes: { id: string; payouts: Money[] }[] } } }).viewer.liveOffers;
    expect(nodes.length).toBeGreaterThan(0);
    for (const { payouts } of nodes)
      for (const { payout, income } of payouts) expect([has(payout), has(income)]).toEqual([true, false]);
  });
});
