import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

let printed: unknown;
const w = await openAnswering(() => ({
  status: 1,
  payments: [
    { id: 5, currency: 1, currency_code: "USD", details: { count: 3, details: { "7": { title: "Seven", cost: printed } } } },
  ],
  fields: [{ id: 1, name: "size", field_values: printed }],
  pagination: { page: 1, limit: 100, total: 1 },
}));
afterAll(() => w.close());

/** PHP prints a map by number as a list where its numbers go up from 0. */
test.each<[printed: unknown, numbers: string[]]>([
  [{ "2": { count: 3 } }, ["2"]],
  [{ "0": { count: 3 }, "2.5": { count: 1 } }, ["0", "2.5"]],
  [[{ count: 3 }], ["0"]],
  [
    [{ count: 3 }, { count: 1 }],
    ["0", "1"],
  ],
  [[], []],
  ["", []],
  [null, []],
  [false, []],
])("lines of a payment by what was paid, as %j", async (cost, numbers) => {
  printed = cost;
  const { data, errors } = await w.ask("{ payments { nodes { lines { offerId payout conversionsCount } } } }");
  const lines = numbers.map((payout, index) => ({ offerId: "7", payout: Number(payout), conversionsCount: index ? 1 : 3 }));
  expect({ errors, data }).toEqual({ errors: undefined, data: { payments: { nodes: [{ lines }] } } });
});

test.each<[printed: unknown, numbers: string[]]>([
  [{ "1": "small", "2": "large" }, ["1", "2"]],
  [
    ["small", "large"],
    ["0", "1"],
  ],
  [[], []],
  [null, []],
  [false, []],
])("options of a custom field, as %j", async (values, numbers) => {
  printed = values;
  const { data, errors } = await w.ask("{ customFields { options { number label } } }");
  const options = numbers.map((number, index) => ({ number, label: index ? "large" : "small" }));
  expect({ errors, data }).toEqual({ errors: undefined, data: { customFields: [{ options }] } });
});
