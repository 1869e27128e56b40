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

const post = async (
  world: World,
  idempotencyKey: string,
  { query = create, variables, headers }: { query?: string; variables?: object; headers?: Record<string, string> } = {},
): Promise<Sent> => {
  const response = await fetch(`${world.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "api-key": "sandbox-general-manager",
      "idempotency-key": idempotencyKey,
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
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

  test("Redis stopped and started again loses no answer", async () => {
    const [one] = both();
    one.sandbox.reset();
    await store.stop();
    const first = await post(one, "away");
    expect(codeOf(first)).toBeUndefined();
    expect((await post(one, "away")).replayed).toBe("true");
    expect(writes(one)).toBe(1);
    await store.start();
    await expect.poll(() => redis[0]?.status, { timeout: 10_000 }).toBe("ready");
    expect(codeOf(await post(one, "back", { variables: { title: "Back" } }))).toBeUndefined();
  });
});
