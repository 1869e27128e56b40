import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const world = await openWorld({ affiliates: 60, advertisers: 12, conversions: 0 });
const { ask, askCounting } = world;
afterAll(() => world.close());
beforeEach(() => world.sandbox.reset());

interface Result {
  id: string;
  outcome: string;
  error: { code: string } | null;
}

const capsOf = async (first: number, from = 1) => {
  const offers = Array.from({ length: first }, (_, index) => ({
    offerId: String(from + index),
    caps: [{ period: "DAY", type: "CONVERSIONS", value: 4711 }],
  }));
  const { data, errors, calls } = await askCounting(
    "mutation ($input: UpdateOfferCapsInput!) { updateOfferCaps(input: $input) { results { id: offerId outcome error { code } } } }",
    { variables: { input: { offers } } },
  );
  const { results } = (data?.updateOfferCaps ?? { results: [] }) as { results: Result[] };
  return { results, errors, calls };
};

const capped = async () => {
  const { data } = await ask("{ offers(first: 1000) { nodes { id caps { value } } } }");
  return (data.offers as { nodes: { id: string; caps: { value: number }[] }[] }).nodes.filter(
    ({ caps }) => caps.length === 1 && caps[0]?.value === 4711,
  ).length;
};

describe("many changes are carried out whole, or refused whole before the first", () => {
  test.each([150, 1000])("%i items, each a REST call", async (count) => {
    const { results, errors, calls } = await capsOf(count);
    expect(errors).toBeUndefined();
    expect(calls).toHaveLength(count);
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["DONE"]));
    expect(await capped()).toBe(count);
  });

  test("one more than fits is none", async () => {
    const { errors, calls } = await capsOf(1001);
    expect(errors).toMatchObject([
      { message: expect.stringContaining("1,000 fit"), extensions: { code: "BAD_USER_INPUT", arguments: ["input.offers"] } },
    ]);
    expect(calls).toEqual([]);
  });

  test("what is read behind the writes is read", async () => {
    const decisions = Array.from({ length: 120 }, (_, index) => ({ ticketId: String(index + 1), decision: "REJECT" }));
    const { data, errors, calls } = await askCounting(
      "mutation ($input: DecideOfferRequestsInput!) { decideOfferRequests(input: $input) { results { id: ticketId outcome error { code } ticket { id } } } }",
      { variables: { input: { decisions } } },
    );
    const { results } = data.decideOfferRequests as { results: (Result & { ticket: object | null })[] };
    expect(errors).toBeUndefined();
    expect(results).toHaveLength(120);
    for (const { outcome, ticket } of results) expect(ticket === null).toBe(outcome !== "DONE");
    const done = results.filter(({ outcome }) => outcome === "DONE").length;
    expect(done).toBeGreaterThan(10);
    expect(calls.filter((call) => call === "GET /3.0/admin/ticket/{id}")).toHaveLength(done);
  });

  test.each([51, 200])("%i mutations in one request", async (count) => {
    const some = Array.from(
      { length: count },
      (_, index) => `m${index}: updateOffer(input: { id: ${index + 1}, notes: "x" }) { outcome offer { id notes } }`,
    );
    const { data, errors } = await ask(`mutation { ${some.join("\n")} }`);
    expect(errors).toBeUndefined();
    for (let index = 0; index < count; index += 1) {
      expect(data[`m${index}`]).toEqual({ outcome: "DONE", offer: { id: String(index + 1), notes: "x" } });
    }
  });

  test("the mutations of a request are counted together", async () => {
    const ids = (from: number) => Array.from({ length: 600 }, (_, index) => String(from + index));
    const { errors, calls } = await askCounting(
      `mutation ($a: [ID!]!, $b: [ID!]!) {
        a: updateOffers(input: { changes: [{ offerIds: $a, status: STOPPED }] }) { results { id: offerId } }
        b: updateOffers(input: { changes: [{ offerIds: $b, status: STOPPED }] }) { results { id: offerId } } }`,
      { variables: { a: ids(1), b: ids(601) } },
    );
    expect(errors).toMatchObject([{ message: expect.stringContaining("1,200 things"), extensions: { outcome: "NOT_SENT" } }]);
    expect(calls).toEqual([]);
  });
});

test("others of the same key are answered while many changes run", async () => {
  let isOver = false;
  const running = capsOf(300).finally(() => {
    isOver = true;
  });
  await ask("{ offer(id: 1) { id } }");
  expect(isOver).toBe(false);
  await running;
});
