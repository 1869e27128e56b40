import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const world = await openWorld({ affiliates: 60, advertisers: 12, conversions: 0 });
const { ask, askCounting } = world;
afterAll(() => world.close());
beforeEach(() => world.sandbox.reset());

const anAdvertiser = async () => {
  const { data } = await ask("{ advertisers(first: 1) { nodes { id } } }");
  const [{ id = "" } = {}] = (data.advertisers as { nodes: { id: string }[] }).nodes;
  return id;
};

test("an offer may be made before its payouts are known, as Affise's collection and both SDKs make it", async () => {
  const advertiserId = await anAdvertiser();
  const { data, errors, calls } = await askCounting(
    `mutation ($input: CreateOfferInput!) { createOffer(input: $input) { offer { title status payouts { payoutId } } } }`,
    { variables: { input: { title: "Soon", advertiserId, url: "https://land.example/?c={clickid}" } } },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ createOffer: { offer: { title: "Soon", status: "STOPPED", payouts: [] } } });
  expect(calls.filter((call) => call.startsWith("POST"))).toEqual(["POST /3.0/admin/offer"]);
});

describe("changing offers", () => {
  test("forty offers to one status are one POST, and reads show it", async () => {
    const ids = Array.from({ length: 40 }, (_, index) => index + 1);
    const { data, errors, calls } = await askCounting(
      `mutation { updateOffers(input: { changes: [{ offerIds: [${ids}], status: SUSPENDED }] }) { results { id: offerId offer { status } error { code } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/offers", "GET /3.0/offers", "POST /3.0/admin/offer/mass-update"]);
    const { results } = data.updateOffers as { results: { id: string; offer: { status: string } }[] };
    expect(results.map(({ id }) => Number(id))).toEqual(ids);
    expect(results.every(({ offer }) => offer.status === "SUSPENDED")).toBe(true);
    const read = await ask(`{ offers(first: 40, filter: { ids: [${ids}] }) { nodes { status } } }`);
    expect(new Set((read.data.offers as { nodes: { status: string }[] }).nodes.map(({ status }) => status))).toEqual(
      new Set(["SUSPENDED"]),
    );
  });

  test("equal changes travel together, different ones apart, unknown offers fail alone", async () => {
    const { data, calls } = await askCounting(`mutation { updateOffers(input: { changes: [
      { offerIds: [1, 2], status: STOPPED }, { offerIds: [3], privacy: PREMODERATED }, { offerIds: [4, 987654], status: STOPPED } ] }) {
      results { id: offerId offer { status privacy } error { code } } } }`);
    expect(calls.filter((call) => call.startsWith("POST"))).toHaveLength(2);
    expect(data.updateOffers).toMatchObject({
      results: [
        { id: "1", offer: { status: "STOPPED" }, error: null },
        { id: "2", offer: { status: "STOPPED" }, error: null },
        { id: "3", offer: { privacy: "PREMODERATED" }, error: null },
        { id: "4", offer: { status: "STOPPED" }, error: null },
        { id: "987654", offer: null, error: { code: "NOT_FOUND" } },
      ],
    });
  });

  test("caps of five offers are five POSTs; an unknown offer fails alone", async () => {
    const offers = [1, 2, 3, 4, 987654].map(
      (id) =>
        `{ offerId: ${id}, caps: [{ period: DAY, type: CONVERSIONS, value: ${id % 100} }, { period: MONTH, type: BUDGET, value: 99.5, countryScope: EXACT, countries: ["DE", "FR"] }] }`,
    );
    const { data, errors, calls } = await askCounting(
      `mutation { updateOfferCaps(input: { offers: [${offers}] }) { results { id: offerId offer { caps { period type value countryScope countries } } error { code message } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(Array(5).fill("POST /3.0/admin/offer/{id}"));
    const { results } = data.updateOfferCaps as {
      results: { offer: { caps: unknown[] } | null; error: { code: string } | null }[];
    };
    expect(results.map(({ error }) => error?.code ?? null)).toEqual([null, null, null, null, "NOT_FOUND"]);
    expect(results[1]?.offer?.caps).toEqual([
      { period: "DAY", type: "CONVERSIONS", value: 2, countryScope: "ALL", countries: [] },
      { period: "MONTH", type: "BUDGET", value: 99.5, countryScope: "EXACT", countries: ["DE", "FR"] },
    ]);
  });

  test("an empty list of caps removes them, leaving them out does not", async () => {
    await ask(
      "mutation { updateOfferCaps(input: { offers: [{ offerId: 7, caps: [{ period: DAY, type: CONVERSIONS, value: 5 }] }] }) { results { id: offerId } } }",
    );
    const renamed = await ask('mutation { updateOffer(input: { id: 7, title: "Renamed" }) { offer { title caps { value } } } }');
    expect(renamed.data.updateOffer).toEqual({ offer: { title: "Renamed", caps: [{ value: 5 }] } });
    const cleared = await ask(
      "mutation { updateOfferCaps(input: { offers: [{ offerId: 7, caps: [] }] }) { results { offer { caps { value } } } } }",
    );
    expect(cleared.data.updateOfferCaps).toEqual({ results: [{ offer: { caps: [] } }] });
  });

  test("a new offer starts stopped and reads back as it was written", async () => {
    const advertiserId = await anAdvertiser();
    const { data, errors } = await ask(
      `mutation ($input: CreateOfferInput!) { createOffer(input: $input) { offer { id title status privacy url tags advertiser { id }
        payouts { payout income currency type countries goal subs { number values } customFields { number values } } caps { value affiliates { id } } landings { title url type }
        descriptions { language text } holdPeriod holdUnit isTop subAccounts { number values excluded }
        targeting { name countries { allow deny } deviceTypes connections oses { allow { name comparison version } denied } regions { allow { country values } } } } } }`,
      {
        variables: {
          input: {
            title: "Fresh",
            advertiserId,
            url: "https://go.example/{clickid}",
            privacy: "PREMODERATED",
            tags: ["summer", "mobile"],
            payouts: [
              {
                type: "FIXED",
                currency: "USD",
                payout: 3.5,
                income: 5,
                countries: ["DE"],
                goal: "1",
                subs: [{ number: 1, values: ["a", "b"] }],
                customFields: [{ number: 3, values: ["x"] }],
              },
            ],
            caps: [{ period: "DAY", type: "CONVERSIONS", value: 9, affiliateScope: "EXACT", affiliateIds: ["3", "4"] }],
            landings: [{ title: "Main", url: "https://land.example", previewUrl: "https://land.example/p", type: "TRANSIT" }],
            descriptions: [{ language: "en", text: "What it is" }],
            holdPeriod: 12,
            holdUnit: "HOURS",
            isTop: true,
            subAccounts: [{ number: 1, values: ["bad"], excluded: true }],
            targeting: [
              {
                name: "Phones",
                countries: { allow: ["DE", "FR"], deny: [] },
                deviceTypes: ["MOBILE"],
                connections: ["WI_FI"],
                oses: { allow: [{ name: "Android", comparison: "GTE", version: "12" }], denied: false },
                regions: { allow: [{ country: "DE", values: ["11"] }] },
              },
            ],
          },
        },
      },
    );
    expect(errors).toBeUndefined();
    expect((data.createOffer as { offer: unknown }).offer).toMatchObject({
      title: "Fresh",
      status: "STOPPED",
      privacy: "PREMODERATED",
      tags: ["summer", "mobile"],
      advertiser: { id: advertiserId },
      payouts: [
        {
          payout: 3.5,
          income: 5,
          currency: "USD",
          type: "FIXED",
          countries: ["DE"],
          goal: "1",
          subs: [{ number: 1, values: ["a", "b"] }],
          customFields: [{ number: 3, values: ["x"] }],
        },
      ],
      caps: [{ value: 9, affiliates: [{ id: "3" }, { id: "4" }] }],
      landings: [{ title: "Main", url: "https://land.example", type: "TRANSIT" }],
      descriptions: expect.arrayContaining([{ language: "en", text: "What it is" }]),
      holdPeriod: 12,
      holdUnit: "HOURS",
      isTop: true,
      targeting: [
        {
          name: "Phones",
          countries: { allow: ["DE", "FR"] },
          deviceTypes: ["MOBILE"],
          connections: ["WI_FI"],
          oses: { allow: [{ name: "Android", comparison: "GTE", version: "12" }], denied: false },
          regions: { allow: [{ country: "DE", values: ["11"] }] },
        },
      ],
    });
  });

  test("deleted offers are gone, in one POST", async () => {
    const { data, calls } = await askCounting(
      "mutation { deleteOffers(input: { offerIds: [5, 6, 987654] }) { results { id: deletedId error { code } } } }",
    );
    expect(calls.filter((call) => call.startsWith("POST"))).toEqual(["POST /3.0/admin/offer/delete"]);
    expect(data.deleteOffers).toEqual({
      results: [
        { id: "5", error: null },
        { id: "6", error: null },
        { id: "987654", error: { code: "NOT_FOUND" } },
      ],
    });
    expect((await ask("{ offer(id: 5) { id } }")).data).toEqual({ offer: null });
  });

  test("an affiliate is connected to many offers in one POST", async () => {
    const { data, errors, calls } = await askCounting(
      "mutation { connectAffiliateToOffers(input: { affiliateId: 3, offerIds: [1, 2, 3], notify: false }) { affiliate { id } results { id: offerId error { code } } } }",
    );
    expect(errors).toBeUndefined();
    expect(calls.filter((call) => call.startsWith("POST"))).toEqual(["POST /3.0/offer/enable-affiliate"]);
    expect(data.connectAffiliateToOffers).toMatchObject({
      affiliate: { id: "3" },
      results: [{ id: "1" }, { id: "2" }, { id: "3" }],
    });
  });

  test("an affiliate is cut off from many offers in one POST", async () => {
    const { data, errors, calls } = await askCounting(
      "mutation { disconnectAffiliateFromOffers(input: { affiliateId: 3, offerIds: [1, 2, 987654], notify: false }) { affiliate { id } results { id: offerId error { code } } } }",
    );
    expect(errors).toBeUndefined();
    expect(calls.filter((call) => call.startsWith("POST"))).toEqual(["POST /3.0/offer/disable-affiliate"]);
    expect(data.disconnectAffiliateFromOffers).toMatchObject({
      affiliate: { id: "3" },
      results: [
        { id: "1", error: null },
        { id: "2", error: null },
        { id: "987654", error: { code: "NOT_FOUND" } },
      ],
    });
  });

  test("what a role may not change is FORBIDDEN for each item, and nothing is changed", async () => {
    const before = await ask("{ offer(id: 1) { status } }");
    const { data } = await ask(
      "mutation { updateOffers(input: { changes: [{ offerIds: [1], status: STOPPED }] }) { results { error { code } } } }",
      {
        key: "sandbox-affiliate",
      },
    );
    expect((data.updateOffers as { results: { error: { code: string } }[] }).results[0]?.error.code).toMatch(
      /FORBIDDEN|NOT_FOUND/,
    );
    expect((await ask("{ offer(id: 1) { status } }")).data).toEqual(before.data);
  });
});
