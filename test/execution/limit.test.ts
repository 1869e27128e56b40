import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../world/world.js";

const small = { offers: 30, affiliates: 10, advertisers: 3, conversions: 50 };
const worlds: World[] = [];
const open = async (server: Parameters<typeof openWorld>[1] = {}) => {
  const world = await openWorld(small, server);
  worlds.push(world);
  return world;
};
let world: World;

beforeAll(async () => {
  world = await open();
});
afterAll(() => Promise.all(worlds.map((one) => one.close())));

const nested = (depth: number): string =>
  depth === 0 ? "{ id }" : `{ advertiser { offers(first: 1) { nodes ${nested(depth - 1)} } } }`;

describe("the shape of an operation", () => {
  test.each([
    ["too deep", `{ offer(id: 1) ${nested(7)} }`, /levels deep; the limit is 20/],
    [
      "too many aliases",
      `{ ${Array.from({ length: 201 }, (_, i) => `a${i}: __typename`).join(" ")} }`,
      /201 aliases; the limit is 200/,
    ],
    ["too many directives", `{ ${"__typename @include(if: true) ".repeat(51)} }`, /51 directives; the limit is 50/],
    ["too deep through fragments", `{ offer(id: 1) { ...A } } fragment A on Offer ${nested(7)}`, /levels deep/],
  ])("%s is refused before anything runs", async (_what, query, message) => {
    const { errors, data, calls } = await world.askCounting(query);
    expect(errors?.[0]?.message).toMatch(message);
    expect(errors?.[0]?.extensions.code).toBe("QUERY_TOO_EXPENSIVE");
    expect(data).toBeUndefined();
    expect(calls).toEqual([]);
  });

  test("more lines than tokens", async () => {
    const { errors } = await world.ask(`${"\n".repeat(5_000)}{ nobody }`);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/^Syntax Error: The document has 5,001 lines; 5,000 are the most/),
      extensions: { code: "GRAPHQL_PARSE_FAILED" },
    });
    const within = await world.ask(`${"\r\n".repeat(4_000)}{ nobody }`);
    expect(within.errors?.[0]).toMatchObject({ locations: [{ line: 4_001, column: 3 }] });
  });

  test("a field said too often to be compared", async () => {
    const { errors } = await world.ask(`{ ${"offer(id: 1) { id } ".repeat(550)} }`);
    expect(errors?.[0]?.message).toMatch(/^This document says fields of the same name too often to be compared/);
  });

  test("too many tokens", async () => {
    const { errors } = await world.ask(`{ ${"__typename ".repeat(5_001)} }`);
    expect(errors?.[0]?.message).toContain("5000 tokens");
  });

  test("fragments that unfold without end are refused in no time", async () => {
    const levels = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Offer { id ...F${i + 1} ...F${i + 1} }`);
    const start = performance.now();
    const { errors } = await world.ask(`{ offer(id: 1) { ...F0 } } ${levels.join(" ")} fragment F40 on Offer { id }`);
    expect(errors?.[0]?.extensions.code).toBe("QUERY_TOO_EXPENSIVE");
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test("the introspection of every tool passes", async () => {
    const { getIntrospectionQuery } = await import("graphql");
    const { errors } = await world.ask(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }), {
      key: null,
    });
    expect(errors).toBeUndefined();
  });
});

describe("the cost of an operation", () => {
  const dear = "query ($n: Int = 500) { offers(first: $n) { nodes { conversions(first: 500) { nodes { id } } } } }";

  test("rows and REST calls are told with the limit, and nothing is called", async () => {
    const { errors, calls } = await world.askCounting(dear);
    expect(errors?.[0]?.extensions).toEqual({
      code: "QUERY_TOO_EXPENSIVE",
      cost: 255_510,
      limit: 50_000,
      rows: 250_500,
      calls: 501,
      fits: { argument: "offers.first", most: 97 },
    });
    expect(errors?.[0]?.message).toContain("250,500 rows");
    expect(calls).toEqual([]);
  });

  test("the argument that asks for so many rows is named, from whichever end they are read", async () => {
    const { errors } = await world.ask(dear.replace("first: $n", "last: $n"));
    expect(errors?.[0]?.extensions.fits).toEqual({ argument: "offers.last", most: 97 });
  });

  test("the variables count", async () => {
    expect((await world.ask(dear, { variables: { n: 2 } })).errors).toBeUndefined();
    expect((await world.ask(dear, { variables: { n: 5_000 } })).errors?.[0]?.extensions.code).toBe("QUERY_TOO_EXPENSIVE");
    expect((await world.ask(dear, { variables: { n: 2 } })).errors).toBeUndefined();
  });

  test.each([
    ["ten thousand offers with their advertisers", "{ offers(first: 10000) { nodes { id title advertiser { companyName } } } }"],
    [
      "a page of everything",
      "{ offers(first: 100) { nodes { id capsTimezone redirectType advertiser { companyName } categories { title } } } }",
    ],
  ])("%s is within the limit", async (_what, query) => {
    expect((await world.ask(query)).errors).toBeUndefined();
  });

  test("the limit is a setting", async () => {
    const tight = await open({ limits: { cost: 30 } });
    const { errors } = await tight.ask("{ offers(first: 25) { nodes { id } } }");
    expect(errors?.[0]?.extensions).toMatchObject({ cost: 35, limit: 30, rows: 25, calls: 1 });
    expect((await tight.ask("{ offers(first: 20) { nodes { id } } }")).errors).toBeUndefined();
  });
});

describe("REST calls of one operation", () => {
  test("the one too many is refused, and what came before stays", async () => {
    const tight = await open({ limits: { calls: 3 } });
    const query = `{ ${[1, 2, 3, 4, 5].map((page) => `p${page}: offers(first: ${page}) { nodes { id } }`).join(" ")} }`;
    const { data, errors, calls } = await tight.askCounting(query);
    expect(calls).toHaveLength(3);
    expect(errors).toHaveLength(2);
    expect(errors?.[0]?.extensions).toEqual({ code: "QUERY_TOO_EXPENSIVE", limit: 3 });
    expect(Object.values(data).filter(Boolean)).toHaveLength(3);
  });
});

describe("rates", () => {
  const post = (where: World, headers: Record<string, string> = {}) =>
    fetch(`${where.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: '{"query":"{ __typename }"}',
    });

  test("each key has its own allowance, told in headers", async () => {
    const limited = await open({ rates: { perKey: 3 } });
    const one = { "api-key": "sandbox-general-manager" };
    const first = await post(limited, one);
    expect(first.headers.get("ratelimit-policy")).toBe('"key";q=3;w=60');
    expect(first.headers.get("ratelimit")).toMatch(/^"key";r=2;t=\d+$/);
    await post(limited, one);
    await post(limited, { authorization: "Bearer sandbox-general-manager" });
    const fourth = await post(limited, one);
    expect(fourth.status).toBe(429);
    expect(Number(fourth.headers.get("retry-after"))).toBeGreaterThan(0);
    const { errors } = (await fourth.json()) as { errors: { message: string; extensions: { code: string } }[] };
    expect(errors[0]?.extensions).toMatchObject({ code: "RATE_LIMITED", limit: 3 });
    expect(errors[0]?.message).toContain("RATE_LIMIT_PER_KEY");
    expect((await post(limited, { "api-key": "sandbox-affiliate" })).status).toBe(200);
  });

  test("an address has one for all its keys; a header of its own makes no other of it, unless the proxy is trusted", async () => {
    const limited = await open({ rates: { perAddress: 2 } });
    const statuses = [];
    for (const key of ["a", "b", "c"])
      statuses.push((await post(limited, { "api-key": key, "x-forwarded-for": `10.0.0.${statuses.length}` })).status);
    expect(statuses).toEqual([200, 200, 429]);
    const behind = await open({ rates: { perAddress: 2 }, trustProxy: true });
    for (const octet of [1, 2, 3]) expect((await post(behind, { "x-forwarded-for": `10.0.0.${octet}` })).status).toBe(200);
  });
});

describe("overload", () => {
  test("requests over the limit are turned away at once, the others are answered", async () => {
    const busy = await open({ pressure: { inFlight: 2 } });
    await fetch(`${busy.upstream}/sandbox/faults`, {
      method: "POST",
      body: JSON.stringify({ operation: "GET /3.0/offers", kind: "delay", ms: 500 }),
    });
    const ask = (offer: number) =>
      fetch(`${busy.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", "api-key": "sandbox-general-manager" },
        body: JSON.stringify({ query: `{ offers(first: ${offer}) { nodes { id } } }` }),
      });
    const answers = await Promise.all([1, 2, 3, 4, 5].map(ask));
    const away = answers.filter(({ status }) => status === 503);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(away).toHaveLength(3);
    expect(away[0]?.headers.get("retry-after")).toBe("1");
    expect(((await away.at(0)?.json()) as { errors?: { extensions: object }[] } | undefined)?.errors?.[0]?.extensions).toEqual({
      code: "OVERLOADED",
    });
    expect((await ask(9)).status).toBe(200);
  });
});
