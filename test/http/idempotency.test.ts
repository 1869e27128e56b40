import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connectRedis } from "../../src/redis.js";
import { hasRedis, openRedis, type RedisProcess } from "../world/redis.js";
import { openWorld, type World } from "../world/world.js";

const small = { offers: 10, affiliates: 5, advertisers: 2, conversions: 0 };
const create = 'mutation ($title: String! = "New") { createCategory(input: { title: $title }) { category { id title } } }';

interface Sent {
  status: number;
  replayed: string | null;
  text: string;
}

interface Request {
  query?: string | null;
  variables?: object;
  extensions?: object;
  headers?: Record<string, string>;
}

/** As Apollo Client's link sends an operation: by its hash. */
const persisted = (query: string) => ({
  persistedQuery: { version: 1, sha256Hash: createHash("sha256").update(query).digest("hex") },
});

const post = async (
  world: World,
  idempotencyKey: string,
  { query = create, variables, extensions, headers }: Request = {},
): Promise<Sent> => {
  const response = await fetch(`${world.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "api-key": "sandbox-general-manager",
      "idempotency-key": idempotencyKey,
      ...headers,
    },
    body: JSON.stringify({ query: query ?? undefined, variables, extensions }),
  });
  return { status: response.status, replayed: response.headers.get("idempotent-replayed"), text: await response.text() };
};

const writes = ({ sandbox }: World) =>
  Object.entries(sandbox.calls()).reduce((sum, [operation, times]) => sum + (operation.startsWith("GET") ? 0 : times), 0);

const codeOf = ({ text }: Sent) =>
  (JSON.parse(text) as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code;

const spoil = (world: World, fault: object) =>
  fetch(`${world.upstream}/sandbox/faults`, { method: "POST", body: JSON.stringify({ operation: "*", ...fault }) });

describe("Idempotency-Key", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(small, { session: { timeoutMs: 1_000 } });
  });
  afterAll(() => world.close());
  beforeEach(() => world.sandbox.reset());

  test("a repeat gets the first answer and sends nothing", async () => {
    const first = await post(world, "one");
    const again = await post(world, "one");
    expect(codeOf(first)).toBeUndefined();
    expect(first.replayed).toBeNull();
    expect(again).toEqual({ ...first, replayed: "true" });
    expect(writes(world)).toBe(1);
  });

  test("the whole way of GraphQL over HTTP as well as the short way, and each answers the other's repeat", async () => {
    const headers = { accept: "application/graphql-response+json" };
    const first = await post(world, "whole", { headers });
    const again = await post(world, "whole", { headers });
    const short = await post(world, "whole");
    expect(again).toEqual({ ...first, replayed: "true" });
    expect(short.text).toBe(first.text);
    expect(writes(world)).toBe(1);
  });

  test("repeats that come while the first is under way wait for it", async () => {
    await spoil(world, { kind: "delay", ms: 200 });
    const all = await Promise.all(Array.from({ length: 10 }, () => post(world, "together")));
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    expect(all.filter(({ replayed }) => replayed === "true")).toHaveLength(9);
    expect(writes(world)).toBe(1);
  });

  test("another body under the same key is refused, in another order it is the same", async () => {
    await post(world, "body", { variables: { title: "A" } });
    const other = await post(world, "body", { variables: { title: "B" } });
    expect(other.status).toBe(422);
    expect(codeOf(other)).toBe("BAD_USER_INPUT");
    expect(writes(world)).toBe(1);
  });

  test("another API key or none may use the same word", async () => {
    await post(world, "word");
    expect((await post(world, "word", { headers: { "api-key": "sandbox-affiliate-manager" } })).replayed).toBeNull();
    expect((await post(world, "word", { headers: { "api-key": "sandbox-affiliate" } })).replayed).toBeNull();
  });

  test("an unknown fate stays unknown: the repeat does not write again", async () => {
    await spoil(world, { kind: "reset" });
    const first = await post(world, "lost");
    expect(first.text).toContain('"outcome":"UNKNOWN"');
    await fetch(`${world.upstream}/sandbox/faults`, { method: "DELETE" });
    const again = await post(world, "lost");
    expect(again).toEqual({ ...first, replayed: "true" });
    expect(writes(world)).toBe(1);
  });

  test("what was refused before anything was sent may be tried again", async () => {
    const wrong = await post(world, "later", { query: "mutation { createCategory(input: {}) { category { id } } }" });
    expect(codeOf(wrong)).toBe("GRAPHQL_VALIDATION_FAILED");
    expect((await post(world, "later")).replayed).toBeNull();
    expect(writes(world)).toBe(1);
  });

  test.each([429, 400, 401, 403])("what Affise declined with %i may be tried again", async (status) => {
    const key = `declined ${status}`.replace(" ", "-");
    await spoil(world, { kind: "status", status });
    expect(codeOf(await post(world, key))).toBeDefined();
    await fetch(`${world.upstream}/sandbox/faults`, { method: "DELETE" });
    const again = await post(world, key);
    expect([codeOf(again), again.replayed]).toEqual([undefined, null]);
  });

  test("a persisted query, sent by its hash alone, is held to the promise too", async () => {
    await post(world, "learn", { extensions: persisted(create) });
    world.sandbox.reset();
    const first = await post(world, "hash", { query: null, extensions: persisted(create) });
    const again = await post(world, "hash", { query: null, extensions: persisted(create) });
    expect(codeOf(first)).toBeUndefined();
    expect(again).toEqual({ ...first, replayed: "true" });
    expect(writes(world)).toBe(1);
  });

  test("a read-only server sends no mutation, with or without the header", async () => {
    const readOnly = await openWorld(small, { readOnly: true });
    const sent = await post(readOnly, "read-only");
    expect([sent.status, codeOf(sent)]).toEqual([403, "FORBIDDEN"]);
    expect(sent.text).toContain("READ_ONLY=false");
    expect((await readOnly.ask("{ offers(first: 1) { nodes { id } } }")).data).toMatchObject({
      offers: { nodes: [{ id: "1" }] },
    });
    expect(writes(readOnly)).toBe(0);
    await readOnly.close();
  });

  test("queries are not touched", async () => {
    const query = "{ offer(id: 1) { title } }";
    await post(world, "query", { query });
    expect((await post(world, "query", { query })).replayed).toBeNull();
  });

  test.each(["", "x".repeat(256), "two words"])("%j is no key", async (key) => {
    const { status, text } = await post(world, key);
    expect(status).toBe(400);
    expect(text).toContain("Idempotency-Key must be");
    expect(writes(world)).toBe(0);
  });

  test("a client that goes away gets its answer when it comes back", async () => {
    await spoil(world, { kind: "delay", ms: 200 });
    const leaving = new AbortController();
    const left = fetch(`${world.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "api-key": "sandbox-general-manager", "idempotency-key": "gone" },
      body: JSON.stringify({ query: create }),
      signal: leaving.signal,
    }).catch(() => "left");
    await expect.poll(() => writes(world)).toBe(1);
    leaving.abort();
    expect(await left).toBe("left");
    const again = await post(world, "gone");
    expect(again.replayed).toBe("true");
    expect(codeOf(again)).toBeUndefined();
    expect(writes(world)).toBe(1);
  });
});

describe.skipIf(!hasRedis)("Idempotency-Key over Redis", { timeout: 60_000 }, () => {
  let store: RedisProcess;
  let redis: Redis[];
  let worlds: World[];
  beforeAll(async () => {
    store = await openRedis();
    redis = await Promise.all([1, 2].map(() => connectRedis(store.url, () => {})));
    const first = await openWorld(small, { redis: redis[0], session: { timeoutMs: 1_000 } });
    const url = first.upstream;
    const second = await openWorld(small, {
      redis: redis[1],
      tenants: [{ name: "sandbox", url }],
      session: { timeoutMs: 1_000 },
    });
    worlds = [first, second];
  });
  afterAll(async () => {
    for (const world of worlds) await world.close();
    for (const one of redis) one.disconnect();
    await store.stop();
  });
  const both = () => {
    const [one, two] = worlds;
    if (!one || !two) throw new Error("two worlds");
    return [one, two] as const;
  };

  test("a repeat may reach another server, at once or later, and Redis never sees the answer nor the key", async () => {
    const [one, two] = both();
    await spoil(one, { kind: "delay", ms: 300 });
    const [first, again] = await Promise.all([post(one, "shared"), post(two, "shared")]);
    expect(first.text).toBe(again.text);
    expect([first.replayed, again.replayed].sort()).toEqual(["true", null].sort());
    expect((await post(two, "shared")).replayed).toBe("true");
    expect(writes(one)).toBe(1);
    const [client] = redis;
    const keys = (await client?.keys("*")) ?? [];
    const stored = await Promise.all(keys.map((key) => client?.get(key)));
    expect(keys.length).toBeGreaterThan(0);
    expect(JSON.stringify([keys, stored])).not.toMatch(/sandbox-general-manager|New|createCategory/);
  });

  test("200 repeats at once over both servers are one POST, by text and by persisted query", async () => {
    const [one, two] = both();
    one.sandbox.reset();
    const byText = await Promise.all(Array.from({ length: 200 }, (_, at) => post(at % 2 ? one : two, "many")));
    expect(new Set(byText.map(({ text }) => text)).size).toBe(1);
    expect(writes(one)).toBe(1);
    for (const world of [one, two]) await post(world, "learn-it", { query: create, extensions: persisted(create) });
    one.sandbox.reset();
    const byHash = await Promise.all(
      Array.from({ length: 200 }, (_, at) => post(at % 2 ? one : two, "hashed", { query: null, extensions: persisted(create) })),
    );
    expect(new Set(byHash.map(({ text }) => text)).size).toBe(1);
    expect(codeOf(byHash[0] as Sent)).toBeUndefined();
    expect(writes(one)).toBe(1);
  });

  const isRefusedUnsent = async (world: World, key: string) => {
    const sent = await post(world, key);
    expect([sent.status, codeOf(sent)]).toEqual([503, "OVERLOADED"]);
    expect(sent.text).toContain('"outcome":"NOT_SENT"');
    expect(sent.text).toContain("Nothing was sent; repeat the request as it is.");
    expect(writes(world)).toBe(0);
  };
  const isTakenAgain = (world: World, key: string) =>
    expect.poll(async () => codeOf(await post(world, key)), { timeout: 15_000, interval: 200 }).toBeUndefined();

  test("while Redis is frozen nothing is sent; afterwards the same request is the first", async () => {
    const [one] = both();
    one.sandbox.reset();
    store.freeze();
    try {
      await isRefusedUnsent(one, "frozen");
    } finally {
      store.thaw();
    }
    await isTakenAgain(one, "frozen");
    expect(writes(one)).toBe(1);
  });

  test("while Redis is full nothing is sent", async () => {
    const [one] = both();
    one.sandbox.reset();
    const [client] = redis;
    await client?.config("SET", "maxmemory", "1");
    try {
      await isRefusedUnsent(one, "full");
    } finally {
      await client?.config("SET", "maxmemory", "0");
    }
    await isTakenAgain(one, "full");
    expect(writes(one)).toBe(1);
  });

  test("a Redis that was emptied is filled again by those who know: a repeat elsewhere sends nothing", async () => {
    const [one, two] = both();
    one.sandbox.reset();
    const first = await post(one, "emptied");
    await redis[0]?.flushall();
    await expect.poll(async () => (await post(two, "emptied")).replayed, { timeout: 20_000, interval: 200 }).toBe("true");
    expect((await post(two, "emptied")).text).toBe(first.text);
    expect(writes(one)).toBe(1);
  });

  test("while Redis is stopped nothing is sent; started again, empty, it serves as before", async () => {
    const [one] = both();
    one.sandbox.reset();
    await isTakenAgain(one, "kept-before");
    const kept = await post(one, "kept-before");
    one.sandbox.reset();
    await store.stop();
    await isRefusedUnsent(one, "away");
    expect(await post(one, "kept-before")).toEqual(kept);
    await store.start();
    await expect.poll(() => redis[0]?.status, { timeout: 10_000 }).toBe("ready");
    await isTakenAgain(one, "away");
    expect(writes(one)).toBe(1);
  });

  test("lenient, as the operator may choose: carried out although nobody holds the claim", async () => {
    const away = await connectRedis(store.url, () => {});
    const world = await openWorld(small, { redis: away, idempotency: "lenient" });
    away.disconnect();
    expect(codeOf(await post(world, "lenient"))).toBeUndefined();
    expect(writes(world)).toBe(1);
    await world.close();
  });

  test("without a key and a secret of the server's nothing could be sealed, so nothing is sent", async () => {
    const [one] = both();
    one.sandbox.reset();
    const login = 'mutation { logInUser(input: { email: "a@b.example", password: "x" }) { __typename } }';
    const sent = await post(one, "keyless", { query: login, headers: { "api-key": "" } });
    expect(sent.status).toBe(503);
    expect(sent.text).toContain("STORE_SECRET");
    expect(writes(one)).toBe(0);
  });
});
