import { afterAll, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 30,
  affiliates: 20,
  advertisers: 6,
  conversions: 300,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

const list = "GET /3.0/stats/conversions";

interface Listed {
  totalCount: number;
  nodes: { id: string; createdAt: string }[];
  pageInfo: { endCursor: string; hasNextPage: boolean };
}

const listed = async (args: string, key?: string): Promise<Listed & { calls: string[] }> => {
  const { data, errors, calls } = await w.askCounting(
    `{ conversions(${args}) { totalCount nodes { id createdAt } pageInfo { endCursor hasNextPage } } }`,
    key ? { key } : {},
  );
  expect(errors).toBeUndefined();
  return { ...(data.conversions as Listed), calls };
};

/** One of the cuts, on 1 February 2026, goes through the sandbox's 60 days. */
const long = `from: "2024-02-02", to: "2026-03-01"`;
const short = `from: "2025-12-01", to: "2026-03-01"`;

describe("more than 365 days", () => {
  test.each([
    ["the newest first", ""],
    ["the oldest first", "orderBy: { field: CREATED_AT, direction: ASC }"],
  ])("are joined in order: %s", async (_, order) => {
    const whole = await listed(`${short}, ${order}, first: 1000`);
    expect(whole.calls).toEqual([list]);
    expect(whole.nodes.length).toBeGreaterThan(100);
    const joined = await listed(`${long}, ${order}, first: 1000`);
    expect(joined.totalCount).toBe(whole.totalCount);
    expect(joined.nodes).toEqual(whole.nodes);
    const times = joined.nodes.map(({ createdAt }) => createdAt);
    expect(times).toEqual(order ? times.toSorted() : times.toSorted().reverse());
  });

  test("page by page they are all of them, each once", async () => {
    const whole = await listed(`${short}, first: 1000`);
    const seen: string[] = [];
    for (let after = ""; ; ) {
      const { nodes, pageInfo } = await listed(`${long}, first: 70${after && `, after: "${after}"`}`);
      seen.push(...nodes.map(({ id }) => id));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(seen).toEqual(whole.nodes.map(({ id }) => id));
  });

  test("their last ones cost the lengths of the parts, and the parts they stand in", async () => {
    const whole = await listed(`${short}, first: 1000`);
    const { nodes, calls, totalCount } = await listed(`${long}, last: 10`);
    expect([nodes, totalCount]).toEqual([whole.nodes.slice(-10), whole.totalCount]);
    expect(calls).toEqual(Array(3 + 1).fill(list));
    expect((await w.askCounting(`{ conversions(${long}) { totalCount } }`)).calls).toEqual(Array(3).fill(list));
  });

  test("an open end reaches to today", async () => {
    const { data, errors } = await w.ask(`{ conversions(from: "2024-02-02") { totalCount } }`);
    expect(errors).toBeUndefined();
    expect((data.conversions as Listed).totalCount).toBe((await listed(`${short}`)).totalCount);
  });

  test("another order is refused before any call", async () => {
    const { errors, calls } = await w.askCounting(`{ conversions(${long}, orderBy: { field: PAYOUT }) { totalCount } }`);
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining("365"), extensions: { arguments: ["orderBy"] } });
    expect(calls).toEqual([]);
  });
});

test("every order is one that Affise takes", async () => {
  for (const field of ["CREATED_AT", "UPDATED_AT", "CLICKED_AT", "STATUS", "OFFER", "AFFILIATE", "COUNTRY", "PAYOUT", "INCOME"]) {
    const { data, errors } = await w.ask(
      `{ conversions(${short}, orderBy: { field: ${field}, direction: ASC }, first: 50) { nodes { payout } } }`,
    );
    expect(errors, field).toBeUndefined();
    const payouts = (data.conversions as { nodes: { payout: number }[] }).nodes.map(({ payout }) => payout);
    if (field === "PAYOUT") expect(payouts).toEqual(payouts.toSorted((one, other) => one - other));
  }
});

test("the wider filters narrow the list", async () => {
  const all = await listed(`${short}, first: 1`);
  const { data } = await w.ask(`{ conversions(${short}, first: 50) { nodes { cityId deviceType } } }`);
  const one = (data.conversions as { nodes: { cityId: string; deviceType: string }[] }).nodes.find(
    ({ deviceType }) => deviceType,
  );
  for (const filter of [
    `cities: ["${one?.cityId}"]`,
    `deviceTypes: [${one?.deviceType}]`,
    `userId: "zzzz"`,
    `subs: { number: 6, values: "zzzz" }`,
    `offerTags: ["zzzz"]`,
  ]) {
    const narrow = await listed(`${short}, first: 1, filter: { ${filter} }`);
    expect(narrow.totalCount, filter).toBeLessThan(all.totalCount);
  }
  const february = `from: "2026-02-01", to: "2026-02-28", first: 1`;
  const evening = await listed(`${february}, filter: { timeFrom: "23:59:59", timeTo: "00:00:01" }`);
  expect(evening.totalCount).toBeLessThan((await listed(february)).totalCount);
  for (const filter of [`timeFrom: "25:00"`, `timeFrom: "noon"`]) {
    const { errors, calls } = await w.askCounting(`{ conversions(${short}, filter: { ${filter} }) { totalCount } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["filter.timeFrom"] });
    expect(calls).toEqual([]);
  }
});

test("a list of ids that fits into no address is refused unsent, with how many fit", async () => {
  const ids = Array.from({ length: 1500 }, (_, index) => index + 1);
  for (const field of [
    "conversions(filter: { offerIds: $ids })",
    "offers(filter: { ids: $ids })",
    "affiliates(filter: { ids: $ids })",
  ]) {
    const { errors, calls } = await w.askCounting(`query ($ids: [ID!]) { all: ${field} { nodes { id } } }`, {
      variables: { ids },
    });
    expect(errors?.[0], field).toMatchObject({
      message: expect.stringMatching(/1,500 values .* at most \d+ fit/),
      extensions: { code: "BAD_USER_INPUT" },
    });
    expect(calls).toEqual([]);
  }
});
