import { afterAll, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const world = await openWorld({ affiliates: 60, advertisers: 12, conversions: 0 });
afterAll(() => world.close());

describe("a list with more than fits", () => {
  test("is refused in words, whoever asks, and nothing is sent", async () => {
    const offerIds = Array.from({ length: 6_000 }, (_, index) => String(index + 1));
    const { errors, calls } = await world.askCounting(
      "mutation ($input: UpdateOffersInput!) { updateOffers(input: $input) { results { id: offerId } } }",
      { key: null, variables: { input: { changes: [{ offerIds, status: "STOPPED" }] } } },
    );
    expect(errors).toMatchObject([
      {
        message: "input.changes names 6,000 things; 1,000 fit into one request. Split it. Nothing was sent.",
        extensions: { code: "BAD_USER_INPUT", outcome: "NOT_SENT", arguments: ["input.changes"] },
      },
    ]);
    expect(calls).toEqual([]);
  });

  test("is refused where it stands beside what a mutation is about, too", async () => {
    const tags = Array.from({ length: 1_001 }, (_, index) => `tag${index}`);
    const { errors, calls } = await world.askCounting(
      "mutation ($input: UpdateOfferInput!) { updateOffer(input: $input) { offer { id } } }",
      { variables: { input: { id: "1", tags } } },
    );
    expect(errors).toMatchObject([
      {
        message: "input.tags has 1,001 items; 1,000 fit into one request. Split it. Nothing was sent.",
        extensions: { code: "BAD_USER_INPUT", outcome: "NOT_SENT", arguments: ["input.tags"] },
      },
    ]);
    expect(calls).toEqual([]);
  });
});

describe("what cannot be meant", () => {
  test.each([
    ["updateOffer(input: { id: 1 }) { offer { id } }", "input"],
    ["updateOffer(input: { id: 1, title: null, schedule: { isEnabled: null } }) { offer { id } }", "input"],
    ["updateOffer(input: { id: 1, targeting: [{}, { name: null }] }) { offer { id } }", "input"],
    ["updateOffers(input: { changes: [{ offerIds: [1], status: null }] }) { results { offerId } }", "input.changes.0"],
    ['updateOffer(input: { id: 1, title: "" }) { offer { id } }', "input.title"],
    ["updateOffer(input: { id: 1, payouts: [] }) { offer { id } }", "input.payouts"],
    ["deleteCreatives(input: { offerId: 1, creativeIds: [] }) { results { deletedId } }", "input.creativeIds"],
    ["resizeCreatives(input: { offerId: 1, creatives: [] }) { offer { id } }", "input.creatives"],
    ["generatePayments(input: { affiliateIds: [1], offerIds: [] }) { message }", "input.offerIds"],
    [
      "updateAffiliate(input: { id: 1, enabledOfferIds: [3], disabledOfferIds: [3] }) { affiliate { id } }",
      "input.enabledOfferIds",
    ],
    [
      'createInvoice(input: { advertiserId: "56cc49dc3b7d9b89058b45f0", startDate: "2026-03-02", endDate: "2026-03-01", currency: "USD" }) { message }',
      "input.endDate",
    ],
  ])("%s names %s, and nothing is sent", async (mutation, argument) => {
    const { errors, calls } = await world.askCounting(`mutation { ${mutation} }`);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", outcome: "NOT_SENT", arguments: [argument] } }]);
    expect(errors?.[0]?.message).toContain(argument);
    expect(calls).toEqual([]);
  });
});

describe("a time of day that no clock shows is no time: it is refused before anything is sent", () => {
  test.each(["24:00:00", "25:61:61", "12:60:00", "12:00:60", "99:99:99"])("%s", async (time) => {
    const promocode = `code: "A", offerId: 1, affiliateId: 2, startsAt: "2026-01-31T00:00:00", endsAt: "2026-01-31T${time}"`;
    const { errors, calls } = await world.askCounting(
      `mutation { createPromocodes(input: { promocodes: [{ ${promocode} }] }) { results { outcome } } }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: ["input.promocodes.endsAt"] } }]);
    expect(errors?.[0]?.message).toContain("is no date and time; write it like 2026-01-31T09:30:00.");
    expect(calls).toEqual([]);
  });
});

describe("a variable with a default that is given null is the caller's mistake: nothing is sent, and nothing of it is repeated", () => {
  const login = 'email: "a@b.example", password: $a';
  test.each([
    ["Float = 3", 'addPaymentCorrection(input: { paymentId: 1, amount: $a, comment: "secret-4711" }) { outcome }', "input"],
    ["ID = 1", "deletePayments(input: { paymentIds: [$a] }) { results { outcome } }", "input"],
    ['String = "x"', `logInUser(input: { ${login} }) { outcome }`, "input"],
    ["DeletePaymentInput = { id: 1 }", "deletePayment(input: $a) { outcome }", "input"],
  ])("%s", async (type, mutation, argument) => {
    const before = 'addPaymentCorrection(input: { paymentId: 1, amount: 1, comment: "c" }) { outcome }';
    const reply = await world.askCounting(`mutation ($a: ${type}) { before: ${before} told: ${mutation} }`, {
      variables: { a: null },
    });
    expect(reply.errors).toMatchObject([
      {
        message: `${argument}: a variable is null where a value is needed; give it one, or leave it out.`,
        extensions: { code: "BAD_USER_INPUT", outcome: "NOT_SENT", arguments: [argument] },
      },
    ]);
    expect(JSON.stringify(reply)).not.toContain("secret-4711");
    expect(reply.calls).toEqual([]);
  });

  test("in a query, too", async () => {
    const { errors, calls } = await world.askCounting(
      'query ($a: Date = "2026-01-01") { statistics(from: $a, to: "2026-01-02", by: [DAY]) { totalCount } }',
      { variables: { a: null } },
    );
    expect(errors).toMatchObject([{ path: ["statistics"], extensions: { code: "BAD_USER_INPUT", arguments: ["from"] } }]);
    expect(calls).toEqual([]);
  });
});
