import { afterAll, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 40,
  affiliates: 20,
  advertisers: 6,
  conversions: 900,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

const asked = async <T>(query: string, key?: string): Promise<T> => {
  const { data, errors } = await w.ask(query, { key });
  expect(errors).toBeUndefined();
  return (data as { all: T }).all;
};

const sum = <T>(rows: readonly T[], read: (row: T) => number): number => rows.reduce((total, row) => total + read(row), 0);

interface Payment {
  amount: number;
  conversionIds: string[];
  conversionsCount: number;
  lines: { payout: number; conversionsCount: number }[];
  corrections: { amount: number }[];
}

test("a payment is the sum of its lines and corrections, and counts the conversions it pays for", async () => {
  const { nodes } = await asked<{ nodes: Payment[] }>(
    `{ all: payments(first: 100) { nodes { amount conversionIds conversionsCount lines { payout conversionsCount } corrections { amount } } } }`,
  );
  expect(nodes.length).toBeGreaterThan(3);
  for (const { amount, conversionIds, lines, corrections } of nodes.filter((one) => one.lines?.length)) {
    const parts = sum(lines, (line) => line.payout * line.conversionsCount) + sum(corrections ?? [], (one) => one.amount);
    expect(parts).toBeCloseTo(amount, 1);
    expect(sum(lines, (line) => line.conversionsCount)).toBe(conversionIds.length);
  }
});

test("an invoice is the sum of its lines", async () => {
  const { nodes } = await asked<{ nodes: { amount: number; lines: { amount: number }[] }[] }>(
    "{ all: invoices(first: 100) { nodes { amount lines { amount } } } }",
  );
  expect(nodes.length).toBeGreaterThan(3);
  for (const { amount, lines } of nodes) expect(sum(lines ?? [], (line) => line.amount)).toBeCloseTo(amount ?? 0, 2);
});

test("of an affiliate's balance, what is not on hold is available", async () => {
  const { balances } = await asked<{ balances: { balance: number; hold: number; available: number }[] }>(
    "{ all: viewer { ... on Affiliate { balances { balance hold available } } } }",
    "sandbox-affiliate",
  );
  expect(balances.length).toBeGreaterThan(0);
  for (const { balance, hold, available } of balances) expect(hold + available).toBeCloseTo(balance, 2);
});
