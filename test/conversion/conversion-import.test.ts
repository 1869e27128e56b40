import { afterAll, afterEach, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 100,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const one = "POST /3.0/admin/conversion/import";
const many = "POST /3.0/admin/conversions/import";
const ownOne = "POST /4.0/affiliate/conversion/import";
const ownMany = "POST /4.0/affiliate/conversions/import";
const affiliateKey = "sandbox-affiliate";

const run = (name: string, input: object, key?: string) => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { results { index actionId outcome error { code message argument } } message } }`;
  return w.askCounting(query, { variables: { input }, key });
};

const imported = async (actionId: string) => {
  const { data } = await w.ask(
    graphql(`query ($actionId: String) { conversions(filter: { actionId: $actionId }) {
      nodes { status actionId comment goal customFields { number value } createdAt offer { id } affiliate { id } }
    } }`),
    { variables: { actionId } },
  );
  return data.conversions.nodes;
};

const whole = {
  offerId: 1,
  affiliateId: 3,
  actionId: "sale-1",
  clickId: "56cc49dc3b7d9b89058b45f0",
  goal: "2",
  ip: "198.51.100.7",
  userAgent: "a browser",
  comment: "by hand",
  sum: 30,
  status: "HOLD",
  createdOn: "2026-02-20",
  customFields: [{ number: 2, value: "b" }],
};

describe("by a network user", () => {
  test("one conversion is the single operation, and shows in the next read", async () => {
    const { data, errors, calls } = await run("importConversions", { conversions: [whole] });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      importConversions: {
        results: [{ index: 0, actionId: "sale-1", outcome: "DONE", error: null }],
        message: expect.stringContaining("minutes"),
      },
    });
    expect(calls).toEqual([one]);
    expect(await imported("sale-1")).toEqual([
      {
        status: "HOLD",
        actionId: "sale-1",
        comment: "by hand",
        goal: "2",
        customFields: [{ number: 2, value: "b" }],
        createdAt: expect.stringMatching(/^2026-02-20T/),
        offer: { id: "1" },
        affiliate: { id: "3" },
      },
    ]);
  });

  test("many are one POST", async () => {
    const conversions = Array.from({ length: 25 }, (_, index) => ({
      offerId: 1 + (index % 3),
      affiliateId: 1 + (index % 4),
      actionId: `many-${index}`,
      comment: null,
    }));
    const { data, errors, calls } = await run("importConversions", { conversions, notifyAffiliates: true });
    expect(errors).toBeUndefined();
    const { results } = data.importConversions as { results: { outcome: string }[] };
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(25).fill("DONE"));
    expect(calls).toEqual([many]);
    expect(await imported("many-24")).toMatchObject([{ offer: { id: "1" }, affiliate: { id: "1" } }]);
  });

  test("a single one with a status that only the list knows travels in the list", async () => {
    const conversions = [{ offerId: 1, affiliateId: 3, actionId: "capped", status: "PENDING_CAP" }];
    const { errors, calls } = await run("importConversions", { conversions });
    expect(errors).toBeUndefined();
    expect(calls).toEqual([many]);
    expect(await imported("capped")).toMatchObject([{ status: "PENDING" }]);
  });

  test("what Affise refuses is an error in its own words", async () => {
    const { data, errors, calls } = await run("importConversions", { conversions: [{ offerId: 4711, affiliateId: 3 }] });
    expect(errors).toBeUndefined();
    const error = { code: "NOT_FOUND", message: expect.stringContaining("4711"), argument: "input.conversions.0.offerId" };
    expect(data).toMatchObject({ importConversions: { results: [{ index: 0, outcome: "REFUSED", error }] } });
    expect(calls).toEqual([one]);
  });

  test.each([
    [[], "input.conversions"],
    [[{ offerId: "x", affiliateId: 3 }], "input.conversions.0.offerId"],
    [[{ offerId: 1, affiliateId: 3, goal: "sale" }], "input.conversions.0.goal"],
    [
      [
        { offerId: 1, affiliateId: 3 },
        { offerId: 1, affiliateId: 0 },
      ],
      "input.conversions.1.affiliateId",
    ],
  ])("%j is refused before any REST call", async (conversions, argument) => {
    const { data, errors, calls } = await run("importConversions", { conversions });
    expect(data).toEqual({ importConversions: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });

  test.each(["sandbox-affiliate-manager", affiliateKey, "sandbox-advertiser"])("not with the key %s", async (key) => {
    const { data } = await run("importConversions", { conversions: [whole] }, key);
    expect(data).toMatchObject({ importConversions: { results: [{ outcome: "REFUSED", error: { code: "FORBIDDEN" } }] } });
  });
});

describe("by an affiliate", () => {
  const someOffer = async () => {
    const { data } = await w.ask(graphql("{ offers(first: 1) { nodes { id } } }"), { key: affiliateKey });
    return data.offers.nodes[0]?.id;
  };

  test("one conversion is the single operation, many are one POST", async () => {
    const offerId = await someOffer();
    const own = { offerId, actionId: "own-1", status: "PENDING" };
    const single = await run("importOwnConversions", { conversions: [own], notifyAdvertisers: true }, affiliateKey);
    expect(single.errors).toBeUndefined();
    expect(single.data).toMatchObject({ importOwnConversions: { results: [{ outcome: "DONE" }] } });
    expect(single.calls).toEqual([ownOne]);
    expect(await imported("own-1")).toMatchObject([{ status: "PENDING", affiliate: { id: "1" } }]);

    const conversions = [
      { offerId, actionId: "own-2" },
      { offerId, actionId: "own-3", sum: 5 },
    ];
    const list = await run("importOwnConversions", { conversions }, affiliateKey);
    expect(list.errors).toBeUndefined();
    expect(list.calls).toEqual([ownMany]);
    expect(await imported("own-3")).toHaveLength(1);
  });

  test("bad input is refused before any REST call, and other keys are", async () => {
    const bad = await run("importOwnConversions", { conversions: [{ offerId: "x" }] }, affiliateKey);
    expect(bad.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["input.conversions.0.offerId"] });
    expect(bad.calls).toEqual([]);
    const other = await run("importOwnConversions", { conversions: [{ offerId: 1 }] });
    expect(other.data).toMatchObject({
      importOwnConversions: { results: [{ outcome: "REFUSED", error: { code: "FORBIDDEN" } }] },
    });
    expect(other.calls).toEqual([ownOne]);
  });
});
