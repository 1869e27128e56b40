import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

const row = { id: "5c8a7d1e2f3b4a5c6d7e8f90" };
let counted: object = {};
const world = await openAnswering((path) =>
  path === "/3.0/stats/conversions" ? { status: 1, ...counted } : { status: 1, message: "queued" },
);
afterAll(() => world.close());

const sweep = async (answer: object) => {
  counted = answer;
  const reply = await world.ask(
    'mutation { updateAllMatchingConversions(input: { from: "2026-02-01", to: "2026-03-01", atMost: 3, change: { comment: "x" } }) { countedBefore } }',
  );
  return { ...reply, writes: world.seen().filter((asked) => asked.includes("/admin/conversion/edit")).length };
};

const told = (total_count: unknown) => ({ conversions: [row], pagination: { per_page: 1, page: 1, total_count } });

test.each([
  ...[undefined, null, "", "many", "3 or so", -1, 1.5, 1e300, true, [], {}, [3], 0].map(told),
  ...[undefined, null, [], "", {}, 3].map((pagination) => ({ conversions: [row], pagination })),
  { conversions: "none", pagination: { total_count: 1 } },
  { pagination: { total_count: 1 } },
])("a count of %j is none, and nothing is changed", async (answer) => {
  const { data, errors, writes } = await sweep(answer);
  expect(data).toEqual({ updateAllMatchingConversions: null });
  expect(errors).toMatchObject([
    { extensions: { code: "UPSTREAM_FAILED", outcome: "NOT_SENT", operation: "GET /3.0/stats/conversions" } },
  ]);
  expect(writes).toBe(0);
});

test.each([1, 3, "3", " 3 "])("a count of %j is one", async (total) => {
  const { data, errors, writes } = await sweep(told(total));
  expect(errors).toBeUndefined();
  expect(data).toEqual({ updateAllMatchingConversions: { countedBefore: Number(total) } });
  expect(writes).toBe(1);
});

test.each([4, "4", "10000000"])("a count of %j is too many", async (total) => {
  const { errors, writes } = await sweep(told(total));
  expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: ["input.atMost"], outcome: "NOT_SENT" } }]);
  expect(writes).toBe(0);
});
