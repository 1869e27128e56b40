import { describe, expect, test } from "vitest";
import { cutByDays, cutByMonths, daysAfter } from "../../src/affise/list/date-range.js";
import { mergeParts, mergeRows, sortRows } from "../../src/affise/list/statistics-merge.js";

describe("ranges", () => {
  test.each([
    ["2026-01-01", "2026-07-01", 1],
    ["2026-01-01", "2026-07-02", 2],
    ["2024-01-01", "2025-12-31", 4],
    ["2025-08-31", "2026-02-28", 1],
    ["2025-08-31", "2026-03-01", 2],
    ["2026-01-01", "2026-01-01", 1],
  ])("%s to %s in parts of six months: %i", (from, to, count) => {
    const parts = cutByMonths({ from, to }, 6);
    expect(parts).toHaveLength(count);
    expect([parts[0]?.from, parts.at(-1)?.to]).toEqual([from, to]);
    for (const [index, part] of parts.slice(1).entries()) expect(part.from).toBe(daysAfter(parts[index]?.to ?? "", 1));
  });

  test("parts of days", () => {
    expect(cutByDays({ from: "2026-01-01", to: "2027-01-01" }, 365)).toHaveLength(1);
    expect(cutByDays({ from: "2026-01-01", to: "2027-01-02" }, 365)).toEqual([
      { from: "2026-01-01", to: "2026-12-31" },
      { from: "2027-01-01", to: "2027-01-02" },
    ]);
  });
});

const row = (slice: object, clicks: number, count: number, charge: number, more: object = {}) => ({
  slice,
  traffic: { raw: String(clicks), uniq: "5" },
  actions: {
    total: { revenue: charge / 2, charge: charge * 2, earning: charge / 2, null: 0, count: count * 2 },
    confirmed: { revenue: charge / 2, charge, earning: charge / 2, null: 1, count },
  },
  ...more,
});

describe("rows", () => {
  test("a row alone stays as it came", () => {
    const one = row({ year: 2026 }, 10, 1, 3, { epc: 0.3, ratio: "1:10" });
    expect(mergeRows([one])).toBe(one);
  });

  test("counts and money are added, rates worked out anew, uniques and ratios are nobody's sum", () => {
    const more = {
      epc: 1,
      affiliate_epc: 1,
      cr: { total: 1 },
      ctr: 1,
      ecpm: 1,
      ratio: "1:4",
      hosts: 4,
      trafficback: 2,
      views: 100,
    };
    const merged = mergeRows([row({ year: 2026 }, 10, 1, 0.1, more), row({ year: 2026 }, 30, 3, 0.2, more)]);
    expect(merged).toEqual({
      slice: { year: 2026 },
      traffic: { raw: 40, uniq: null },
      actions: {
        total: { revenue: 0.15, charge: 0.6, earning: 0.15, null: 0, count: 8 },
        confirmed: { revenue: 0.15, charge: 0.3, earning: 0.15, null: 2, count: 4 },
      },
      epc: 0.0075,
      affiliate_epc: 0.0038,
      cr: { total: 20, confirmed: 10 },
      ctr: 20,
      ecpm: 1.5,
      ratio: null,
      hosts: null,
      trafficback: 4,
      views: 200,
      parts: 2,
    });
  });

  test("an affiliate's own rows have no price: their averages are of its pay", () => {
    const own = (clicks: string, revenue: number) => ({
      slice: {},
      traffic: { raw: clicks },
      actions: { confirmed: { revenue, count: 1 } },
      epc: 9,
    });
    expect(mergeRows([own("10", 2), own("10", 4)])).toMatchObject({ epc: 0.3 });
  });

  test("profit and its rate", () => {
    const costs = (margin: number, cost: number) => ({
      slice: {},
      traffic: {},
      actions: [],
      margin,
      costs: cost,
      roi: 7,
      afprice: 3,
    });
    expect(mergeRows([costs(10, 20), costs(5, 10)])).toMatchObject({ margin: 15, costs: 30, roi: 50, afprice: null });
  });

  test("what is broken stays broken, for its field to say so", () => {
    const merged = mergeRows([row({}, 10, 1, 1), { ...row({}, 1, 1, 1), traffic: { raw: "many" }, views: {} }]);
    expect(merged).toMatchObject({ traffic: { raw: "many" }, views: {} });
  });

  test("rows about the same are one, whatever their titles", () => {
    const offer = (title: string) => ({ offer: { id: 1, title }, country: "US" });
    const merged = mergeParts([
      [row(offer("Old"), 1, 1, 1), row({ offer: { id: 2 }, country: "US" }, 1, 1, 1)],
      [row(offer("New"), 2, 1, 1), row({ offer: { id: 1 }, country: "DE" }, 1, 1, 1)],
    ]);
    expect(merged).toHaveLength(3);
    expect(merged[0]).toMatchObject({ slice: offer("New"), traffic: { raw: 3 } });
    const unknown = { slice: null, traffic: { raw: "1" } };
    expect(mergeParts([[unknown], [unknown]])).toEqual([unknown, unknown]);
  });
});

describe("order", () => {
  const rows = [
    row({ year: 2026, month: 2, day: 1, offer: { id: 2 } }, 5, 1, 9),
    row({ year: 2025, month: 12, day: 31, offer: { id: 10 } }, 50, 2, 1),
    row({ year: 2026, month: 2, day: 1, offer: { id: 1 } }, 7, 3, 4),
  ];
  const places = (orders: string[], direction?: "asc" | "desc") =>
    sortRows(rows, orders, direction).map((one) => rows.indexOf(one as never));

  test.each([
    [["day", "offer"], "asc", [1, 2, 0]],
    [["offer"], "asc", [2, 0, 1]],
    [["offer"], "desc", [1, 0, 2]],
    [["raw"], "desc", [1, 2, 0]],
    [["confirmed_revenue"], "desc", [0, 2, 1]],
    [["total_count"], "asc", [0, 1, 2]],
  ] as const)("by %s, %s", (orders, direction, expected) => {
    expect(places([...orders], direction)).toEqual(expected);
  });
});
