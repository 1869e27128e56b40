import type { ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

let bodies: string[] = [];
const noted = async (response: ServerResponse) => {
  bodies.push(decodeURIComponent(await text(response.req)));
  response.end('{"status":1,"result":true,"message":"x","offer":{"id":1}}');
};
const at = await openAnswering((path) =>
  path === "/3.0/admin/currency" ? { status: 1, quotes: [{ _id: 1, code: "BTC" }] } : noted,
);
afterAll(() => at.close());

const asked = async (mutation: string, end = "}") => {
  bodies = [];
  const reply = await at.ask(`mutation { told: ${mutation} { outcome } ${end}`);
  return { ...reply, bodies: [...bodies] };
};

describe("an amount leaves in the digits that the caller wrote", () => {
  test.each([
    ["0.0000005", "0.0000005"],
    ["-1e-7", "-0.0000001"],
    ["1.5E-8", "0.000000015"],
    ["0.1", "0.1"],
    ["0", "0"],
    ["123456789.12345678", "123456789.12345678"],
    ["9007199254740991", "9007199254740991"],
  ])("%s", async (written, sent) => {
    const correction = await asked(`addPaymentCorrection(input: { paymentId: 1, amount: ${written}, comment: "c" })`);
    expect(correction.bodies).toEqual([`revenue=${sent}&comment=c`]);
    const payment = await asked(`createPayment(input: { affiliateId: 2, amount: ${written}, currency: "BTC" })`);
    expect(payment.bodies).toEqual([`aid=2&sum=${sent}&currency=1`]);
    const payouts = `[{ type: FIXED, currency: "BTC", payout: ${written}, income: 1 }]`;
    const offer = await asked(`updateOffer(input: { id: 1, payouts: ${payouts} })`);
    expect(offer.bodies.join()).toMatch(new RegExp(`\\[revenue\\]"\\s+${sent.replaceAll(".", "\\.")}\\s`));
  });
});

describe("a number with more digits than a double holds would be another: it is refused, and nothing is sent", () => {
  test.each(["9007199254740993", "-9007199254740993", "12345678901234567.5", "1e21", "1E400"])("%s", async (written) => {
    const { errors, bodies: sent } = await asked(
      `addPaymentCorrection(input: { paymentId: 1, amount: ${written}, comment: "c" })`,
    );
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/^input\.amount is a number too large to be read exactly/),
        extensions: { code: "BAD_USER_INPUT", arguments: ["input.amount"] },
      },
    ]);
    expect(sent).toEqual([]);
  });
});

test("an id is text, however it is written", async () => {
  const { data, bodies: sent } = await asked(
    "importConversions(input: { conversions: [{ offerId: 1, affiliateId: 2, clickId: 12345678901234567890 }] }) { results",
    "} }",
  );
  expect(data).toEqual({ told: { results: [{ outcome: "DONE" }] } });
  expect(sent).toEqual(["offer=1&pid=2&click_id=12345678901234567890&send_affiliate_postbacks=0"]);
});
