import { afterAll, describe, expect, test } from "vitest";
import { inCallerWords, withFieldNames } from "../../src/affise/error/caller-words.js";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 10, affiliates: 5, conversions: 0 });
afterAll(() => world.close());

describe("a refusal of Affise speaks of the caller's arguments", () => {
  const item = (index: number) => withFieldNames({ offer: 4711 }, { offer: `input.conversions.${index}.offerId` });
  const body = withFieldNames(
    { pid: 9, note: "x", title: "y", list: [item(0), item(1)] },
    { pid: "input.affiliateId", list: "input.conversions" },
  );

  test.each([
    ["pid is not the id of an affiliate", "input.affiliateId is not the id of an affiliate", ["input.affiliateId"]],
    ["list[1]offer is wrong", "input.conversions.1.offerId is wrong", ["input.conversions.1.offerId"]],
    ["list[0][offer] is wrong", "input.conversions.0.offerId is wrong", ["input.conversions.0.offerId"]],
    ["title is too long", "input.title is too long", ["input.title"]],
    ["There is a note of this title already", "There is a note of this title already", []],
    ["Not found. (Affise: pid is wrong)", "Not found. (Affise: input.affiliateId is wrong)", ["input.affiliateId"]],
  ])("%s", (said, text, named) => {
    expect(inCallerWords(said, body, "input")).toEqual({ text, arguments: named });
  });

  test.each([
    [
      'createPostback(input: { affiliateId: 4711, url: "https://a.example" }) { error { message argument operation } }',
      "input.affiliateId",
    ],
    [
      'createInvoice(input: { advertiserId: "aaaaaaaaaaaaaaaaaaaaaaaa", startDate: "2026-02-01", endDate: "2026-02-02", currency: "USD" }) { error { message argument operation } }',
      "input.advertiserId",
    ],
    [
      "connectAffiliateToOffers(input: { affiliateId: 4711, offerIds: [1] }) { results { error { message argument operation } } }",
      "input.affiliateId",
    ],
  ])("%s", async (mutation, argument) => {
    const { data, errors } = await world.ask(`mutation { told: ${mutation} }`);
    expect(errors).toBeUndefined();
    const { error, results } = data.told as { error?: object; results?: { error: object }[] };
    expect(error ?? results?.[0]?.error).toMatchObject({
      message: expect.stringMatching(`^${argument} is not the id of`),
      argument,
      operation: expect.stringMatching(/^POST /),
    });
  });
});

test("what the contract refuses names the argument to its end, and is not sent", async () => {
  const caps = [{ period: "DAY", type: "CLICKS", value: 1, affiliateScope: "EXACT", affiliateIds: ["x"] }];
  const { errors, calls } = await world.askCounting(
    "mutation ($input: UpdateOfferCapsInput!) { updateOfferCaps(input: $input) { results { outcome } } }",
    {
      variables: {
        input: {
          offers: [
            { offerId: "1", caps: [] },
            { offerId: "2", caps },
          ],
        },
      },
    },
  );
  expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: ["input.offers.1.caps.0.affiliateIds.0"] } }]);
  expect(calls).toEqual([]);
  const level = await world.askCounting(
    "mutation { updateOffer(input: { id: 1, privacyLevel: 9 }) { outcome error { message argument } } }",
  );
  expect(level.data.updateOffer).toMatchObject({
    outcome: "NOT_SENT",
    error: { message: "input.privacyLevel must be at most 6.", argument: "input.privacyLevel" },
  });
  expect(level.calls).toEqual([]);
});

test.each(["sandbox-affiliate-manager", "sandbox-affiliate", "sandbox-advertiser"])(
  "FORBIDDEN says what is right for %s",
  async (key) => {
    const { data } = await world.ask('mutation { createCategory(input: { title: "x" }) { error { code message } } }', { key });
    const { error } = data.createCategory as { error: { code: string; message: string } };
    expect(error.code).toBe("FORBIDDEN");
    expect(error.message).toMatch(
      /takes a network user's key, most likely with the permission general\.settings: WRITE \(.* no permission opens it to other kinds of key/,
    );
  },
);
