import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../world/world.js";

const sizes = { offers: 30, affiliates: 10, advertisers: 3, conversions: 50 };
const worlds: World[] = [];
const open = async (server: Parameters<typeof openWorld>[1] = {}) => {
  const world = await openWorld(sizes, server);
  worlds.push(world);
  return world;
};
let world: World;
beforeAll(async () => {
  world = await open();
});
afterAll(() => Promise.all(worlds.map((one) => one.close())));

interface Told {
  requested: number | null;
  maximum: number;
  actual: number;
  restCalls: number;
  sharedCalls: number;
  limit: number | null;
  remaining: number | null;
  resetAt: string | null;
}

const costOf = async (where: World, query: string, more: Parameters<World["ask"]>[1] = {}): Promise<Told> => {
  const headers = { "x-affise-cost": "1", ...more.headers };
  const { extensions } = await where.ask(query, { ...more, headers });
  return extensions?.cost as Told;
};

const none = { maximum: 50_000, sharedCalls: 0, limit: null, remaining: null, resetAt: null };

describe("extensions.cost", () => {
  test("is there only for who asks", async () => {
    expect((await world.ask("{ offers { totalCount } }")).extensions).toBeUndefined();
    for (const value of ["0", "", "no"]) {
      expect(await world.ask("{ __typename }", { headers: { "x-affise-cost": value } })).toEqual({
        data: { __typename: "Query" },
      });
    }
  });

  test.each([
    ["nothing", "{ __typename }", { requested: 0, actual: 0, restCalls: 0 }],
    ["a row", "{ offer(id: 1) { id } }", { requested: 10, actual: 10, restCalls: 1 }],
    ["a list", "{ offers(first: 7) { nodes { id } } }", { requested: 17, actual: 17, restCalls: 1 }],
    ["a list that is shorter", "{ offers(first: 500) { nodes { id } } }", { requested: 510, actual: 40, restCalls: 1 }],
    [
      "nodes and edges",
      "{ offers(first: 7) { a: nodes { id } edges { node { id } } } }",
      { requested: 17, actual: 17, restCalls: 1 },
    ],
    ["no rows of a list", "{ offers(first: 7) { totalCount } }", { requested: 17, actual: 10, restCalls: 1 }],
    [
      "lists under lists, by fragments",
      "{ ...F } fragment F on Query { a: advertisers(first: 2) { nodes { ...G } } } fragment G on Advertiser { id offers(first: 3) { nodes { id } } }",
      { requested: 10 + 2 + 20 + 6, actual: 10 + 2 + 20 + 6, restCalls: 3 },
    ],
    ["an error", "{ nope }", { requested: null, actual: 0, restCalls: 0 }],
    ["too much", "{ offers(first: 10000) { nodes { capsTimezone } } }", { requested: 110_200, actual: 0, restCalls: 0 }],
  ])("tells what was reckoned and what happened: %s", async (_, query, told) => {
    expect(await costOf(world, query)).toEqual({ ...none, ...told });
  });

  test("a mutation's writes and reads count as calls", async () => {
    const change =
      "mutation { updateOffers(input: { changes: [{ offerIds: [1, 2], status: ACTIVE }] }) { results { outcome } } }";
    const { requested, actual, restCalls } = await costOf(world, change);
    expect(restCalls).toBeGreaterThan(1);
    expect(actual).toBe(10 * restCalls);
    expect(requested).toBeGreaterThanOrEqual(actual);
  });

  test("what a cache answers costs nothing, and is told apart", async () => {
    const cached = await open({ cache: { ttlMs: 60_000, referenceMs: 60_000, bytes: 1e6 } });
    const first = await costOf(cached, "query A { countries { code } }");
    expect(first).toMatchObject({ restCalls: 1, sharedCalls: 0 });
    const second = await costOf(cached, "query B { countries { code name } }");
    expect(second).toMatchObject({ actual: first.actual - 10, restCalls: 0, sharedCalls: 1 });
  });

  test("stands beside the trace", async () => {
    const { extensions } = await world.ask("{ offer(id: 1) { id } }", {
      headers: { "x-affise-cost": "1", "x-affise-trace": "1" },
    });
    expect(Object.keys(extensions ?? {}).sort()).toEqual(["affise", "cost"]);
  });

  test("tells what is left of the nearest rate limit, as the headers do", async () => {
    const limited = await open({ rates: { perKey: 100, perAddress: 3 } });
    const first = await costOf(limited, "{ __typename }");
    expect(first).toMatchObject({ limit: 3, remaining: 2 });
    const wait = Date.parse(first.resetAt ?? "") - Date.now();
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60_000);
    const response = await fetch(`${limited.url}/graphql?query={__typename}`, { headers: { "api-key": "sandbox-affiliate" } });
    expect(response.headers.get("ratelimit-policy")).toBe('"key";q=100;w=60, "address";q=3;w=60');
    expect(response.headers.get("ratelimit")).toMatch(/^"key";r=99;t=\d+, "address";r=1;t=\d+$/);
    for (const name of ["limit", "remaining", "reset"]) expect(response.headers.get(`ratelimit-${name}`)).toBeNull();
  });

  test("without a rate limit no header speaks of one", async () => {
    const { headers } = await fetch(`${world.url}/graphql?query={__typename}`, { headers: { "api-key": "sandbox-affiliate" } });
    expect(headers.get("ratelimit")).toBeNull();
    expect(headers.get("ratelimit-policy")).toBeNull();
  });
});

describe("X-Affise-Cost: plan", () => {
  const plan = async (query: string, more: Parameters<World["ask"]>[1] = {}) => {
    const answer = await world.askCounting(query, { ...more, headers: { "x-affise-cost": "plan", ...more.headers } });
    expect(answer.calls, query).toEqual([]);
    return answer;
  };

  test("tells what a query may come to, which REST calls these are, and runs nothing", async () => {
    const query = "query ($n: Int!) { offers(first: $n) { nodes { id capsTimezone } } advertisers(first: 5) { totalCount } }";
    const { data, errors, extensions } = await plan(query, { variables: { n: 7 } });
    expect({ data, errors }).toEqual({ data: null, errors: undefined });
    const cost = { ...none, requested: 7 + 5 + 90, actual: 0, restCalls: 0 };
    const operations = [
      { operation: "GET /3.0/offers", calls: 1 },
      { operation: "GET /3.0/offer/{id}", calls: 7 },
      { operation: "GET /3.0/admin/advertisers", calls: 1 },
    ];
    const told = {
      rows: 12,
      values: expect.any(Number),
      restCalls: 9,
      maximumValues: 1_000_000,
      maximumRestCalls: 100,
      operations,
    };
    expect(extensions?.cost).toEqual({ ...cost, plan: told });
  });

  test("a mutation that is planned is not carried out, and uses up no Idempotency-Key", async () => {
    const change = "mutation { updateOffers(input: { changes: [{ offerIds: [3], status: STOPPED }] }) { results { outcome } } }";
    const key = { "idempotency-key": "planned-then-sent" };
    for (const value of ["plan", "PLAN", " plan "]) {
      const { data, extensions } = await plan(change, { headers: { ...key, "x-affise-cost": value } });
      expect(data).toBeNull();
      expect(extensions?.cost).toMatchObject({ plan: { restCalls: expect.any(Number) } });
    }
    const { data } = await world.ask(change, { headers: key });
    expect(data).toEqual({ updateOffers: { results: [{ outcome: "DONE" }] } });
  });

  test("another word is refused, and runs nothing: it may have been meant for plan", async () => {
    const change = 'mutation { createCategory(input: { title: "Planned" }) { category { id } } }';
    for (const value of ["planned", "plans", "plan, plan", "report", "2", "on", "dry-run"]) {
      const { data, errors } = await plan(change, { headers: { "x-affise-cost": value } });
      expect([data ?? null, errors?.length], value).toEqual([null, 1]);
      expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
      expect(errors?.[0]?.message).toContain(`X-Affise-Cost: "${value}" is neither 1`);
    }
  });

  test("yes and no are said in the words of a dry run", async () => {
    const cost = async (value: string) => (await world.ask("{ __typename }", { headers: { "x-affise-cost": value } })).extensions;
    for (const value of ["1", "true", "YES", " 1 "]) expect(await cost(value), value).toHaveProperty("cost");
    for (const value of ["", "0", "false", "No"]) expect(await cost(value), value).toBeUndefined();
  });

  test("what would be refused is refused, and its plan is told all the same", async () => {
    const { errors, extensions } = await plan("{ offers(first: 10000) { nodes { capsTimezone } } }");
    expect(errors?.map((one) => one.extensions?.code)).toEqual(["QUERY_TOO_EXPENSIVE"]);
    expect(extensions?.cost).toMatchObject({ requested: 110_200, actual: 0, plan: { restCalls: 10_020 } });
  });

  test("variables that do not fit are told as ever", async () => {
    const { data, errors } = await plan("query ($n: Int!) { offers(first: $n) { totalCount } }", { variables: { n: "many" } });
    expect(data).toBeUndefined();
    expect(errors?.map((one) => one.extensions?.code)).toEqual(["BAD_USER_INPUT"]);
  });

  test("neither is a plan kept as an answer, nor an answer given for a plan", async () => {
    const cached = await open({ cache: { ttlMs: 60_000, referenceMs: 60_000, bytes: 1e6 } });
    const query = "query Kept { countries { code } }";
    const planned = () => cached.ask(query, { headers: { "x-affise-cost": "plan" } });
    expect((await planned()).data).toBeNull();
    expect((await cached.ask(query)).data).not.toBeNull();
    expect((await planned()).data).toBeNull();
  });
});
