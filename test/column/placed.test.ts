import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

/** What may stand in the column by which a row is placed. */
const oddities: unknown[] = [undefined, null, "", 0, 5, 1.5, true, false, [], ["DE"], {}, { code: "DE" }];

let odd: unknown;
const row = () => ({
  ...{ id: 9, _id: 9, name: "odd" },
  ...{ code: odd, country_code: odd, email: odd, title: odd, offer_id: odd, pid: odd },
});
const good = {
  ...{ id: 1, _id: 1, name: "good", code: "DE", country_code: "de", email: "a@b.example" },
  ...{ title: "t", offer_id: 1, pid: 1 },
};
const lists = ["countries", "regions", "cities", "quotes", "users", "pixel", "stats"];
const rows = () => ({
  ...Object.fromEntries(lists.map((list) => [list, [row(), null, good]])),
  data: { promocodes: [row(), good] },
});
const w = await openAnswering(
  (path) => ({
    ...{ status: 1, pagination: { total_count: 2, page: 1, per_page: 100 }, partners: [{ id: 1 }], offers: [{ id: 1 }] },
    ...(path === "/3.1/payments" ? { payments: [{ id: 1, currency: 1 }] } : rows()),
  }),
  { federation: true },
);
afterAll(() => w.close());

test.each([
  ['{ country(code: "DE") { regions { name } cities { name } } }', "good"],
  ['{ _entities(representations: [{ __typename: "User", email: "A@b.example" }]) { ... on User { id } } }', '"1"'],
  ['{ _entities(representations: [{ __typename: "Currency", code: "de" }]) { ... on Currency { code } } }', "DE"],
  ["{ affiliate(id: 1) { pixels { id } } }", '"1"'],
  ["{ offer(id: 1) { promocodes { nodes { id } } } }", '"1"'],
])("%s: a row that cannot be placed takes no other with it", async (query, found) => {
  for (const one of oddities) {
    odd = one;
    const { data, errors } = await w.ask(query);
    expect({ one, errors, data: JSON.stringify(data) }).toEqual({ one, errors: undefined, data: expect.stringContaining(found) });
  }
});

const pay = 'mutation { createPayment(input: { affiliateId: 1, amount: 1, currency: "DE" }) { outcome error { code } } }';

test("a currency's number is found beside rows without a code", async () => {
  for (const one of oddities) {
    odd = one;
    expect((await w.ask(pay)).data).toEqual({ createPayment: { outcome: "DONE", error: null } });
  }
});
