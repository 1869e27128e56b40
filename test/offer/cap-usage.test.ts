import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

let caps: object[] = [];
let progress: object[] = [];
const w = await openAnswering((path) =>
  path === "/3.0/stats/caps"
    ? { status: 1, stats: [{ offer_id: 1, stats: progress }] }
    : { status: 1, offers: [{ id: 1, caps }], pagination: { total_count: 1, page: 1, per_page: 100 } },
);
afterAll(() => w.close());

const cap = (value: number, more: object = {}) => ({
  ...{ period: "day", type: "conversions", value, goals: {}, goal_type: "all" },
  ...{ affiliates: [], affiliate_type: "all", country: [], country_type: "all" },
  ...more,
});

const shown = (current_value: number, value: unknown, more: object = {}) => ({
  ...{ timeframe: "day", type: "conversions", value, current_value, goals: [], goal_type: "all" },
  ...{ affiliates: [], affiliate_type: "all", countries: [], country_type: "all" },
  ...more,
});

const german = { country: ["DE"], country_type: "exact" };
const germanShown = { countries: ["de"], country_type: "exact" };

test.each<[what: string, caps: object[], progress: object[], current: (number | null)[]]>([
  ["in the offer's order", [cap(10), cap(20)], [shown(1, 10), shown(2, 20)], [1, 2]],
  ["in another order", [cap(10), cap(20)], [shown(2, 20), shown(1, "10.00")], [1, 2]],
  ["told apart by country, in small letters", [cap(10), cap(10, german)], [shown(2, 10, germanShown), shown(1, 10)], [1, 2]],
  [
    "told apart by scope alone",
    [cap(10), cap(10, { affiliate_type: "each" })],
    [shown(2, 10, { affiliate_type: "each" }), shown(1, 10)],
    [1, 2],
  ],
  ["alike, each at its place", [cap(10), cap(10)], [shown(1, 10), shown(2, 10)], [1, 2]],
  [
    "printed in a form that nobody knows, at its place",
    [cap(10, { country: "DE,US" })],
    [shown(1, 10, { countries: ["DE", "US"] })],
    [1],
  ],
  ["missing", [cap(10), cap(20)], [shown(2, 20)], [null, 2]],
  ["missing, and another of the same number is there", [cap(10, german), cap(10)], [shown(9, 30), shown(2, 10)], [null, 2]],
  ["of other numbers alone", [cap(10)], [shown(99, 500)], [null]],
  ["alike, at the places of others", [cap(5), cap(10), cap(10)], [shown(1, 10), shown(2, 10), shown(3, 5)], [3, 2, null]],
])("%s: a cap shows its own progress or none", async (_, ofOffer, ofReport, current) => {
  [caps, progress] = [ofOffer, ofReport];
  const { data, errors } = await w.ask("{ offer(id: 1) { caps { usage { current } } } }");
  expect(errors).toBeUndefined();
  expect(data).toEqual({ offer: { caps: current.map((one) => ({ usage: one === null ? null : { current: one } })) } });
});
