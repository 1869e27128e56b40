import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

let answer: object = {};
const w = await openAnswering(() => ({ status: 1, ...answer }));
afterAll(() => w.close());

test.each([
  [["10.10", "0.0012"], 10.1012],
  [["0.004", "0.004", "0.004"], 0.012],
  [["0.1", "0.2"], 0.3],
  [["-5", 2.5, null], -2.5],
])("an invoice's amount is the sum of its lines %j, fractions of a cent among them", async (amounts, amount) => {
  answer = {
    message: [{ number: 1, detail: amounts.map((one) => ({ offer_id: 1, amount: one })) }],
    pagination: { total_count: 1, page: 1, per_page: 100 },
  };
  const { data, errors } = await w.ask("{ invoices { nodes { amount } } }");
  expect(errors).toBeUndefined();
  expect(data).toEqual({ invoices: { nodes: [{ amount }] } });
});
