import { afterAll, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 3, affiliates: 3, advertisers: 2, conversions: 10 });
afterAll(() => world.close());

const days = 'from: "2026-01-01", to: "2026-01-02"';
const payout = 'type: FIXED, payout: 1, income: 2, currency: "USD"';

describe("a value with a comma would be two where Affise puts commas between values: it is refused before anything is sent", () => {
  test.each([
    ["filter.offerTags.1", `{ statistics(${days}, by: [DAY], filter: { offerTags: ["a", "b,c"] }) { totalCount } }`],
    ["filter.affiliateTags.0", `{ statistics(${days}, by: [DAY], filter: { affiliateTags: ["b,c"] }) { totalCount } }`],
    ["filter.advertiserTags.0", `{ statistics(${days}, by: [DAY], filter: { advertiserTags: ["b,c"] }) { totalCount } }`],
    ["filter.not.offerTags.0", `{ statistics(${days}, by: [DAY], filter: { not: { offerTags: ["b,c"] } }) { totalCount } }`],
  ])("%s", async (argument, query) => {
    const { errors, calls } = await world.askCounting(query);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: [argument] } }]);
    expect(errors?.[0]?.message).toMatch(/ has a comma, /);
    expect(calls).toEqual([]);
  });

  test.each([
    ["input.payouts.0.oses.0", `updateOffer(input: { id: 1, payouts: [{ ${payout}, oses: ["b,c"] }] })`],
    [
      "input.payouts.0.subs.0.values.1",
      `updateOffer(input: { id: 1, payouts: [{ ${payout}, subs: [{ number: 1, values: ["a", "b,c"] }] }] })`,
    ],
    [
      "input.payouts.0.customFields.0.values.0",
      `updateOffer(input: { id: 1, payouts: [{ ${payout}, customFields: [{ number: 1, values: ["b,c"] }] }] })`,
    ],
    ["input.subAccounts.0.values.0", 'updateOffer(input: { id: 1, subAccounts: [{ number: 1, values: ["b,c"] }] })'],
    ["input.subAccounts.0.values.0", 'updateAffiliate(input: { id: 1, subAccounts: [{ number: 1, values: ["b,c"] }] })'],
  ])("%s", async (argument, mutation) => {
    const { data, calls } = await world.askCounting(
      `mutation { change: ${mutation} { outcome error { code message argument } } }`,
    );
    const message = expect.stringContaining(`${argument} has a comma, `);
    expect(data.change).toMatchObject({ outcome: "NOT_SENT", error: { code: "BAD_USER_INPUT", argument, message } });
    expect(calls.filter((call: string) => !call.startsWith("GET "))).toEqual([]);
  });
});
