import { afterAll, afterEach, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 500,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const list = "GET /3.1/adcosts";
const fields = "totalCount nodes { offer { id } affiliate { id } date sub8 amount }";
const input = { offerId: "1", affiliateId: "2", date: "2026-02-14", sub8: "spring" };

const costsOf = async (offer: string) =>
  (await w.ask(graphql(`query ($offer: ID!) { adCosts(offerId: $offer, first: 500) { ${fields} } }`), { variables: { offer } }))
    .data.adCosts.nodes;

describe("reading", () => {
  test("those of one offer, with offer and affiliates", async () => {
    const set = "mutation ($input: SetAdCostInput!) { setAdCost(input: $input) { adCost { amount } } }";
    await w.ask(set, { variables: { input: { ...input, amount: 1 } } });
    const { data, errors, calls } = await w.askCounting(
      `{ adCosts(offerId: 1, first: 100) { ${fields} pageInfo { hasNextPage } } }`,
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers", list]);
    expect(data.adCosts).toMatchObject({ totalCount: expect.any(Number), pageInfo: { hasNextPage: false } });
    expect(await costsOf("1")).toContainEqual({
      offer: { id: "1" },
      affiliate: { id: "2" },
      date: "2026-02-14",
      sub8: "spring",
      amount: 1,
    });
  });

  test("under offers, one call for each", async () => {
    const { errors, calls } = await w.askCounting(
      "{ offers(first: 3) { nodes { id adCosts(first: 2) { totalCount nodes { date amount } } } } }",
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/offers", list, list, list]);
  });

  test("an offer that nobody knows is NOT_FOUND, a bad id is told before any call", async () => {
    const { errors } = await w.ask("{ adCosts(offerId: 4711) { totalCount } }");
    expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND", operation: list });
    const bad = await w.askCounting(`{ adCosts(offerId: "one") { totalCount } }`);
    expect(bad.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["offerId"] });
    expect(bad.calls).toEqual([]);
  });
});

describe("writing", () => {
  const set =
    "mutation ($input: SetAdCostInput!) { setAdCost(input: $input) { adCost { offer { id } affiliate { id } date sub8 amount } } }";
  const remove = "mutation ($input: DeleteAdCostInput!) { deleteAdCost(input: $input) { __typename } }";

  test("set, set again, remove", async () => {
    const made = await w.askCounting(set, { variables: { input: { ...input, amount: 12.5 } } });
    expect(made.errors).toBeUndefined();
    expect(made.calls).toContain("POST /3.1/adcosts");
    const cost = { offer: { id: "1" }, affiliate: { id: "2" }, date: "2026-02-14", sub8: "spring", amount: 12.5 };
    expect(made.data).toEqual({ setAdCost: { adCost: cost } });
    expect(await costsOf("1")).toContainEqual(cost);

    const before = (await costsOf("1")).length;
    await w.ask(set, { variables: { input: { ...input, amount: 20 } } });
    expect(await costsOf("1")).toContainEqual({ ...cost, amount: 20 });
    expect(await costsOf("1")).toHaveLength(before);

    const gone = await w.askCounting(remove, { variables: { input } });
    expect(gone.errors).toBeUndefined();
    expect(gone.calls).toEqual(["DELETE /3.1/adcosts"]);
    expect(await costsOf("1")).toHaveLength(before - 1);
  });

  test("what is not there cannot be removed", async () => {
    const { data, errors } = await w.ask(remove, { variables: { input: { ...input, sub8: "nonesuch" } } });
    expect(data).toEqual({ deleteAdCost: null });
    expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  });

  test.each([
    [{ ...input, offerId: "x", amount: 1 }, "input.offerId"],
    [{ ...input, affiliateId: "0", amount: 1 }, "input.affiliateId"],
  ])("bad input is told before any call: %#", async (bad, argument) => {
    const { errors, calls } = await w.askCounting(set, { variables: { input: bad } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });
});

test.each(["sandbox-affiliate", "sandbox-advertiser"])("%s: FORBIDDEN, the rest stays", async (key) => {
  const { data, errors } = await w.ask("{ adCosts(offerId: 1) { totalCount } goals { id } }", { key });
  expect(errors?.map(({ path, extensions }) => [path?.[0], extensions.code])).toEqual([["adCosts", "FORBIDDEN"]]);
  expect(data.goals).not.toBeNull();
});
