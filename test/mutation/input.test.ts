import { afterAll, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const world = await openWorld();
afterAll(() => world.close());

describe("a list with more than fits", () => {
  test("is refused in words, whoever asks, and nothing is sent", async () => {
    const offerIds = Array.from({ length: 60_000 }, (_, index) => String(index + 1));
    const { data, errors, calls } = await world.askCounting(
      "mutation ($input: UpdateOffersInput!) { updateOffers(input: $input) { results { id } } }",
      { key: null, variables: { input: { changes: [{ offerIds, status: "STOPPED" }] } } },
    );
    expect(data.updateOffers).toBeNull();
    expect(errors).toMatchObject([
      {
        message: "input.changes.0.offerIds has 60,000 items; 1,000 fit into one request. Split it. Nothing was sent.",
        extensions: { code: "BAD_USER_INPUT", arguments: ["input.changes.0.offerIds"] },
      },
    ]);
    expect(calls).toEqual([]);
  });
});
