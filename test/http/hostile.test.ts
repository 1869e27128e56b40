import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MemoryGuard } from "../../src/http/memory-guard.js";
import { hostileRequests } from "../world/hostile.js";
import { openWorld, type World } from "../world/world.js";

const sizes = { offers: 5, affiliates: 2, advertisers: 2, conversions: 0 };
let world: World;
beforeAll(async () => {
  world = await openWorld(sizes, { pressure: { inFlight: 50 } });
});
afterAll(() => world.close());

const post = async (url: string, body: string | Buffer, headers: Record<string, string> = {}) => {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : new Uint8Array(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, answer: JSON.parse(text) };
};

const calls = async () => (await fetch(`${world.upstream}/sandbox/calls`)).json();

describe("hostile requests", { timeout: 120_000 }, () => {
  test.each(hostileRequests.map((one) => [one.name, one] as const))("%s", async (name, { body, headers }) => {
    const { status, text, answer } = await post(world.url, body, headers);
    expect(status).toBeLessThan(500);
    expect(text.length).toBeLessThan(name === "the whole schema once" ? 2_000_000 : 1_000_000);
    for (const { message, extensions } of answer.errors ?? []) {
      expect(message.length).toBeLessThan(1_100);
      expect(extensions.code).not.toBe("INTERNAL_SERVER_ERROR");
    }
  });

  test("none of them cost a REST call, and the server answers as before", async () => {
    const before = await calls();
    for (const { body, headers } of hostileRequests.filter(({ name }) => /60,000|levels|logins|10,000 rows/.test(name))) {
      await post(world.url, body, headers);
    }
    expect(await calls()).toEqual(before);
    expect((await world.ask("{ offer(id: 1) { id } }")).data).toEqual({ offer: { id: "1" } });
  });
});

test("hundreds of them leave the server as it was", { timeout: 240_000 }, async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const resources = () => process.getActiveResourcesInfo().filter((name) => /TCP|Pipe|Zlib|FSReq/.test(name)).length;
  const state = async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    collect();
    return { heap: process.memoryUsage().heapUsed / 1e6, resources: resources() };
  };
  const round = async () => {
    for (const { body, headers } of hostileRequests) await post(world.url, body, headers);
  };
  // What is kept of them, within bounds, is kept after the first sight: that was above, of each by itself.
  await round();
  const before = await state();
  let sent = 0;
  for (; sent < 300; sent += hostileRequests.length) await round();
  const after = await state();
  expect((after.heap - before.heap) / sent).toBeLessThan(0.02);
  expect(after.resources - before.resources).toBeLessThan(10);
  expect((await world.ask("{ offer(id: 1) { id } }")).data).toEqual({ offer: { id: "1" } });
});

test("with a key, an answer out of proportion costs no REST call either", async () => {
  const wide = hostileRequests.filter(({ name }) => name.includes("10,000 rows"));
  expect(wide.length).toBeGreaterThan(3);
  const before = await calls();
  for (const { body, headers } of wide) {
    const { answer } = await post(world.url, body, { "api-key": "sandbox-general-manager", ...headers });
    expect(answer.errors[0].extensions.code).toBe("QUERY_TOO_EXPENSIVE");
  }
  expect(await calls()).toEqual(before);
});

describe("variables", () => {
  const offers = "query Q($ids: [ID!]) { offers(filter: { ids: $ids }) { nodes { id } } }";

  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
  const faults = [
    ["too many items", "", Array.from({ length: 10_001 }, String), /has 10,001 items; 10,000 are the most/],
    ["too many fields", "", Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`f${at}`, 1])), /has 501 fields; 500/],
    ["a number too large", ".1", [1, 2 ** 53], /is a number too large to be read exactly. Send ids as text/],
    ["half of a character", ".0.x", [{ x: "\ud800" }], /has half of a character/],
    ["too deep", ".0".repeat(32), nested(33), /is more than 32 lists and objects deep/],
  ] as const;
  const uses = [
    ["inside of an argument", offers, "filter.ids"],
    ["a whole argument", "query Q($ids: OfferFilter) { offers(filter: $ids) { nodes { id } } }", "filter"],
    [
      "an argument in a fragment, beside another operation with a variable of that name",
      `query Other($ids: ID!) { offer(id: $ids) { id } } query Q($ids: [ID!]) { ...F }
       fragment F on Query { conversions(first: 1, filter: { affiliateIds: $ids }) { nodes { id } } }`,
      "filter.affiliateIds",
    ],
    ["nothing", "query Q { __typename }", "ids"],
  ] as const;

  test.each(uses.flatMap(([use, query, argument]) => faults.map((fault) => [fault[0], use, query, argument, fault] as const)))(
    "%s, given to %s: the variable is named, and the argument",
    async (_, __, query, argument, [, inside, ids, message]) => {
      const before = await calls();
      const body = JSON.stringify({ query, operationName: "Q", variables: { ids } });
      const { answer } = await post(world.url, body, { "api-key": "sandbox-general-manager" });
      expect(answer.errors).toHaveLength(1);
      expect(answer.errors[0]).toMatchObject({
        message: expect.stringMatching(message),
        extensions: { code: "BAD_USER_INPUT", arguments: [`${argument}${inside}`] },
      });
      expect(answer.errors[0].message.startsWith(`ids${inside} `)).toBe(true);
      expect(await calls()).toEqual(before);
    },
  );

  test("too many of them, and too many values in all, are no argument's fault", async () => {
    const lists = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`v${at}`, Array(9_999).fill(0)]));
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`v${at}`, 1]));
    for (const [variables, message] of [
      [lists, /^The variables hold more than 100,000 values/],
      [many, /^The request has 501 variables/],
    ] as const) {
      const { errors } = await world.ask("{ __typename }", { variables });
      expect(errors?.[0]?.message).toMatch(message);
      expect(errors?.[0]?.extensions).toEqual({ code: "BAD_USER_INPUT" });
    }
  });

  test("1e999 is no id", async () => {
    const { answer } = await post(world.url, `{"query":"query Q($id: ID!) { offer(id: $id) { id } }","variables":{"id":1e999}}`);
    expect(answer.errors[0]).toMatchObject({ message: expect.stringMatching(/^id is a number too large/) });
  });

  test.each(["9007199254740993", "18446744073709551617"])("the id %s is not rounded to another", async (id) => {
    const { data, errors } = await world.ask(`{ offer(id: ${id}) { id } }`);
    expect(data?.offer ?? null).toBeNull();
    for (const { extensions } of errors ?? []) expect(extensions.code).toBe("BAD_USER_INPUT");
  });
});

test.each(hostileRequests.filter(({ name }) => /1,500 deep|1,200 objects|2,400 lists/.test(name)))(
  "$name is too deep, in words",
  async ({ body }) => {
    const { answer } = await post(world.url, body);
    expect(answer.errors[0].message).toMatch(/^Syntax Error: The document is nested too deep/);
  },
);

test("half of a character in a variable is refused in words, and reaches nobody as another", async () => {
  const query = "query Q($s: String!) { offers(filter: { search: $s }) { totalCount } }";
  for (const s of ["\ud800", "a\udfff", "\udc00\ud800"]) {
    const { errors, calls } = await world.askCounting(query, { variables: { s } });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining("half of a character"),
      extensions: { code: "BAD_USER_INPUT" },
    });
    expect(calls).toEqual([]);
  }
  expect((await world.ask(query, { variables: { s: "\ud83d\ude00" } })).errors).toBeUndefined();
});

describe("sign-ins", () => {
  const logIn = (alias = "a") => `${alias}: logInUser(input: { email: "a@b.cc", password: "Aa1!aaaa" }) { apiKey }`;
  const other = `b: logInAdvertiser(input: { email: "a@b.cc", password: "x" }) { apiKey }`;

  test.each([
    ["aliases", `mutation { ${logIn("a")} ${logIn("b")} }`],
    ["kinds", `mutation { ${logIn()} ${other} }`],
    ["fragments", `mutation { ${logIn()} ...F } fragment F on Mutation { ... { ${logIn("b")} } }`],
  ])("are one to a request, whatever the %s", async (_, query) => {
    const { errors, calls } = await world.askCounting(query, { key: null });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/one fits into a request/),
      extensions: { code: "BAD_USER_INPUT", outcome: "NOT_SENT" },
    });
    expect(calls).toEqual([]);
  });

  test("are counted by address, apart from other requests", async () => {
    const limited = await openWorld(sizes, { rates: { logins: 2 } });
    const codes = [];
    for (let guess = 0; guess < 4; guess += 1) {
      const { errors } = await limited.ask(`mutation { ${guess % 2 ? other : logIn()} }`, { key: null });
      codes.push(errors?.[0]?.extensions.code);
    }
    expect(codes.slice(0, 2)).not.toContain("RATE_LIMITED");
    expect(codes.slice(2)).toEqual(["RATE_LIMITED", "RATE_LIMITED"]);
    const refused = await post(limited.url, JSON.stringify({ query: `mutation { ${logIn()} }` }), {
      accept: "application/graphql-response+json",
    });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await limited.ask("{ offer(id: 1) { id } }")).data).toEqual({ offer: { id: "1" } });
    await limited.close();
  });
});

describe("whose address is counted", () => {
  const logIn = JSON.stringify({ query: 'mutation { logInUser(input: { email: "a@b.cc", password: "Aa1!aaaa" }) { apiKey } }' });
  const json = { accept: "application/graphql-response+json" };

  /** The statuses of sign-ins that come with such headers, one after the other. */
  const statuses = async (url: string, forwarded: readonly string[]) => {
    const found = [];
    for (const one of forwarded) found.push((await post(url, logIn, { ...json, "x-forwarded-for": one })).status);
    return found;
  };

  test.each([
    ["no proxy is believed, whatever a client says", false, ["198.51.100.1", "198.51.100.2", "198.51.100.3"], [200, 200, 429]],
    ["one proxy is believed", true, ["198.51.100.1", "198.51.100.2", "198.51.100.3"], [200, 200, 200]],
    [
      "one proxy is believed, and not what a client wrote before it",
      true,
      ["203.0.113.1, 198.51.100.9", "203.0.113.2, 198.51.100.9", "203.0.113.3, 203.0.113.4, 198.51.100.9"],
      [200, 200, 429],
    ],
    [
      "proxies are believed by their addresses",
      "127.0.0.1,192.0.2.1",
      ["203.0.113.1, 198.51.100.9, 192.0.2.1", "203.0.113.2, 198.51.100.9, 192.0.2.1", "198.51.100.9, 192.0.2.1"],
      [200, 200, 429],
    ],
    ["addresses of others are not believed", "192.0.2.1", ["198.51.100.1", "198.51.100.2", "198.51.100.3"], [200, 200, 429]],
  ] as const)("%s", async (_what, trustProxy, forwarded, expected) => {
    const limited = await openWorld(sizes, { rates: { logins: 2 }, trustProxy });
    expect(await statuses(limited.url, forwarded)).toEqual(expected);
    await limited.close();
  });
});

test("a server with all it may have under way says so, and is ready again after", async () => {
  const full = await openWorld(sizes, { pressure: { inFlight: 1 } });
  await fetch(`${full.upstream}/sandbox/faults`, {
    method: "POST",
    body: JSON.stringify([{ operation: "*", kind: "hang" }]),
  });
  const abort = new AbortController();
  const held = fetch(`${full.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "api-key": "sandbox-general-manager" },
    body: '{"query":"{ offer(id: 1) { id } }"}',
    signal: abort.signal,
  }).catch(() => undefined);
  await expect.poll(async () => (await fetch(`${full.url}/readyz`)).status).toBe(503);
  expect(await (await fetch(`${full.url}/readyz`)).json()).toEqual({ status: "overloaded" });
  const refused = await post(full.url, '{"query":"{ __typename }"}');
  expect([refused.status, refused.answer.errors[0].extensions.code]).toEqual([503, "OVERLOADED"]);
  expect(refused.headers.get("retry-after")).toBe("1");
  abort.abort();
  await held;
  await expect.poll(async () => (await fetch(`${full.url}/readyz`)).status).toBe(200);
  await full.close();
});

test("a key in the address is not taken", async () => {
  const query = encodeURIComponent("{ viewer { __typename } }");
  const response = await fetch(
    `${world.url}/graphql?query=${query}&api-key=sandbox-general-manager&API-Key=sandbox-general-manager`,
    {
      headers: { "apollo-require-preflight": "1" },
    },
  );
  expect(((await response.json()) as { errors: { extensions: object }[] }).errors[0]?.extensions).toMatchObject({
    code: "UNAUTHENTICATED",
  });
});

describe("memory", () => {
  test("the guard collects garbage first, then refuses, then takes work again", async () => {
    let full = 0.9;
    let collected = 0;
    const guard = new MemoryGuard(
      () => full,
      () => {
        collected += 1;
      },
    );
    await expect.poll(() => guard.isLow).toBe(true);
    expect(collected).toBe(1);
    expect(() => guard.check()).toThrow(/no memory left/);
    full = 0.2;
    await expect.poll(() => guard.isLow).toBe(false);
    expect(() => guard.check()).not.toThrow();
    guard.close();
  });
});
