import { afterAll, expect, test } from "vitest";
import { target } from "../../src/affise/encoding/encode.js";
import { mostUrlBytes } from "../../src/affise/encoding/url-limit.js";
import { InputError } from "../../src/affise/error/error.js";
import { operationInfo } from "../../src/contract/operation.js";
import { openAnswering } from "../world/answering.js";

const world = await openAnswering(() => ({ status: 1, stats: [], pagination: { page: 1, per_page: 1, total_count: 0 } }));
afterAll(() => world.close());

const ids = (count: number) => Array.from({ length: count }, (_, index) => 1_000_000 + index);
const asked = (count: number) =>
  target(
    operationInfo("GET /3.0/stats/custom"),
    {},
    { slice: ["offer"], filter: { offer: ids(count), date_from: "2026-01-01" } },
  );

test("an address longer than servers take is refused before sending, and the number it names fits exactly", () => {
  let refused: unknown;
  try {
    asked(600);
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(InputError);
  const { message, extensions } = refused as InputError;
  expect(extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["filter.offer"], operation: "GET /3.0/stats/custom" });
  const most = Number(/at most (\d+) fit/.exec(message)?.[1]);
  expect(message).toContain("600 values");
  expect(asked(most).length).toBeLessThanOrEqual(mostUrlBytes);
  expect(() => asked(most + 1)).toThrow(InputError);
});

test("one long value is refused too", () => {
  const long = () => target(operationInfo("GET /3.0/offers"), {}, { q: "ü".repeat(2_000) });
  expect(long).toThrow("q: the value is too long for one call. Nothing was sent.");
});

test("through the public door nothing is sent", async () => {
  const offers = ids(900).map(String);
  const { errors } = await world.ask(
    `{ conversions(from: "2026-01-01", to: "2026-01-02", filter: { offerIds: ${JSON.stringify(offers)} }) { nodes { id } } }`,
  );
  expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  expect(world.seen()).toEqual([]);
});
