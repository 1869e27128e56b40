import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 40, affiliates: 10, conversions: 0 });
const { ask, askCounting } = world;
afterAll(() => world.close());
beforeEach(() => world.sandbox.reset());

const list = "GET /3.0/offers";
const edit = "POST /3.0/admin/offer/{id}";

const run = async (name: string, input: object, fields = "") => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { results { id: offerId outcome error { code message argument } offer { id ${fields} } } } }`;
  const { data, errors, calls } = await askCounting(query, { variables: { input } });
  expect(errors).toBeUndefined();
  const { results } = data[name] as {
    results: { id: string; outcome: string; error: object | null; offer: Record<string, unknown> }[];
  };
  return { results, calls };
};

const offer = async (id: string, fields: string) => {
  const { data, errors } = await ask(`{ offer(id: ${id}) { ${fields} } }`);
  expect(errors).toBeUndefined();
  return data.offer as Record<string, unknown>;
};

const caps =
  "caps { period type value goalScope goals affiliateScope affiliates { id } countryScope countries sub { number values } }";

describe("caps", () => {
  test("are added to those there are, which stay as they are", async () => {
    const offerIds = Array.from({ length: 20 }, (_, index) => String(index + 1));
    const before = await Promise.all(offerIds.map((id) => offer(id, caps)));
    const cap = { period: "MONTH", type: "BUDGET", value: 99.5, countryScope: "EXACT", countries: ["de"] };
    const { results, calls } = await run("addOfferCaps", { offerIds: [...offerIds, "987654"], caps: [cap] }, caps);
    expect(calls.filter((call) => call !== "GET /3.0/admin/partners")).toEqual([list, list, ...Array(20).fill(edit)]);
    for (const [index, before_] of before.entries()) {
      const { outcome, offer: after } = results[index] ?? {};
      expect(outcome).toBe("DONE");
      const [last, ...rest] = ((after?.caps ?? []) as object[]).toReversed();
      expect(rest.toReversed()).toEqual(before_.caps ?? []);
      expect(last).toMatchObject({ ...cap, countries: ["DE"] });
    }
    expect(results[20]).toMatchObject({ outcome: "NOT_SENT", error: { code: "NOT_FOUND", argument: "input.offerIds.20" } });
  });

  test("are taken off where they are as is said; an offer without such a cap is not sent", async () => {
    const some = (value: number) => ({ period: "DAY", type: "CLICKS", value });
    await run("updateOfferCaps", {
      offers: [
        { offerId: "1", caps: [some(4), some(5)] },
        { offerId: "2", caps: [some(5)] },
        { offerId: "3", caps: [] },
      ],
    });
    const { results, calls } = await run(
      "removeOfferCaps",
      { offerIds: ["1", "2", "3"], caps: [{ type: "CLICKS", value: 4 }] },
      "caps { value }",
    );
    expect(calls).toEqual([list, list, edit]);
    expect(results.map((one) => one.offer.caps)).toEqual([[{ value: 5 }], [{ value: 5 }], []]);
    const all = await askCounting("mutation { removeOfferCaps(input: { offerIds: [1], caps: [{}] }) { results { outcome } } }");
    expect(all).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT", arguments: ["input.caps.0"] } }], calls: [] });
  });
});

describe("payouts for single affiliates", () => {
  const fields =
    "affiliatePayouts { payoutId type payout income currency countries cities { cityId } devices oses goal subs { number values } affiliates { id } }";

  test("are added to those there are, which stay as they are, and taken out again", async () => {
    const offerIds = Array.from({ length: 30 }, (_, index) => String(index + 1));
    const before = await Promise.all(offerIds.map((id) => offer(id, fields)));
    const payout = {
      affiliateIds: ["7"],
      type: "FIXED",
      currency: "USD",
      payout: 3,
      income: 5,
      countries: ["DE"],
      oses: ["Android", "iOS"],
      subs: [{ number: 1, values: ["a", "b"] }],
    };
    const added = await run("addAffiliatePayouts", { offerIds, payouts: [payout] }, fields);
    for (const [index, one] of before.entries()) {
      const after = added.results[index]?.offer.affiliatePayouts as object[];
      expect(added.results[index]?.outcome).toBe("DONE");
      expect(after.slice(0, -1)).toEqual(one.affiliatePayouts);
      const { affiliateIds: _, ...rest } = payout;
      expect(after.at(-1)).toMatchObject({ ...rest, affiliates: [{ id: "7" }] });
    }
    const removed = await run("removeAffiliatePayouts", { offerIds, affiliateIds: ["7"] }, fields);
    for (const [index, one] of before.entries()) {
      const others = (one.affiliatePayouts as { affiliates: { id: string }[] }[])
        .map((rule) => ({ ...rule, affiliates: rule.affiliates.filter(({ id }) => id !== "7") }))
        .filter(({ affiliates }) => affiliates.length);
      expect(removed.results[index]?.offer.affiliatePayouts).toEqual(others);
    }
  });
});

describe("tags", () => {
  test("are added and taken off; what changes nothing is not sent", async () => {
    await ask(
      'mutation { updateOffer(input: { id: 1, tags: ["old"] }) { outcome } b: updateOffer(input: { id: 2, tags: ["old", "new"] }) { outcome } }',
    );
    const added = await run("addOfferTags", { offerIds: ["1", "2"], tags: ["new"] }, "tags");
    expect(added.results.map((one) => one.offer.tags)).toEqual([
      ["old", "new"],
      ["old", "new"],
    ]);
    expect(added.calls).toEqual([list, list, edit]);
    const removed = await run("removeOfferTags", { offerIds: ["1", "2"], tags: ["old"] }, "tags");
    expect(removed.results.map((one) => one.offer.tags)).toEqual([["new"], ["new"]]);
  });
});

describe("more than status and privacy", () => {
  test("moves offers to another advertiser, with managers, categories and tags, one outcome each", async () => {
    const { data } = await ask(
      graphql(
        "{ advertisers(first: 2) { nodes { id } } users(first: 2) { nodes { id } } categories(first: 2) { nodes { id } } }",
      ),
    );
    const [advertiserId, managerId, categoryId] = Object.values(data).map(({ nodes }) => nodes[1]?.id);
    const offerIds = Array.from({ length: 12 }, (_, index) => String(index + 1));
    const change = {
      offerIds: [...offerIds, "987654"],
      advertiserId,
      managerIds: [managerId],
      categoryIds: [categoryId],
      tags: ["moved"],
      status: "STOPPED",
    };
    const { results, calls } = await run(
      "updateOffers",
      { changes: [change] },
      "status tags advertiser { id } categories { id }",
    );
    expect(calls.filter((call) => call !== list && !call.startsWith("GET /3.0/admin/advertisers"))).toEqual(Array(13).fill(edit));
    for (const one of results.slice(0, 12)) {
      expect(one).toMatchObject({
        outcome: "DONE",
        offer: { status: "STOPPED", tags: ["moved"], advertiser: { id: advertiserId }, categories: [{ id: categoryId }] },
      });
    }
    expect(results[12]).toMatchObject({ outcome: "REFUSED", error: { code: "NOT_FOUND" } });
  });
});
