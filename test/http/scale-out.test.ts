import { setTimeout as sleep } from "node:timers/promises";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connectRedis } from "../../src/redis.js";
import { hasRedis, openRedis, type RedisProcess } from "../world/redis.js";
import { openWorld, type World } from "../world/world.js";

if (!hasRedis) console.log("SKIPPED: two servers on one Redis, since there is no redis-server on this machine.");

const small = { offers: 20, affiliates: 5, advertisers: 2, conversions: 10 };
const called = ({ sandbox }: World, operation: string) => sandbox.calls()[operation] ?? 0;
const fault = ({ upstream }: World, faults: object) =>
  fetch(`${upstream}/sandbox/faults`, { method: "POST", body: JSON.stringify(faults) });
const titleAt = async (world: World) => ((await world.ask("{ offer(id: 1) { title } }")).data.offer as { title: string }).title;
const rename = (world: World, title: string) =>
  world.ask("mutation ($title: String!) { updateOffer(input: { id: 1, title: $title }) { offer { id } } }", {
    variables: { title },
  });

describe.skipIf(!hasRedis)("two servers on one Redis", { timeout: 60_000 }, () => {
  let store: RedisProcess;
  const clients: Redis[] = [];
  let one: World;
  let two: World;
  const open = async (server: Parameters<typeof openWorld>[1], upstream?: string) => {
    const redis = await connectRedis(store.url, () => {});
    clients.push(redis);
    const tenants = upstream ? ([{ name: "sandbox", url: upstream }] as const) : undefined;
    return openWorld(small, { redis, ...(tenants ? { tenants } : {}), ...server });
  };
  beforeAll(async () => {
    store = await openRedis();
    const server = { session: { timeoutMs: 4_000 }, cache: { ttlMs: 0, referenceMs: 60_000, bytes: 1_000_000 } };
    one = await open(server);
    two = await open(server, one.upstream);
  });
  beforeEach(async () => {
    one.sandbox.reset();
    await clients[0]?.flushall();
  });
  afterAll(async () => {
    for (const world of [one, two]) await world.close();
    for (const client of clients) client.disconnect();
    await store.stop();
  });

  test("a read begun before a write elsewhere is not joined by a read after it", async () => {
    // The answer is made when the read comes in, and held back: the first read tells the state before the write.
    await fault(one, { operation: "GET /3.0/offers", kind: "delay", ms: 1_000, count: 1 });
    const before = two.ask("{ offer(id: 1) { title } }");
    await expect.poll(() => called(one, "GET /3.0/offers")).toBe(1);
    expect((await rename(one, "After")).errors).toBeUndefined();
    const again = two.ask("{ offer(id: 1) { title } }");
    expect(((await again).data.offer as { title: string }).title).toBe("After");
    await before;
    // Both reads, and what the write looks up: had the second joined the first, there would be one less.
    expect(called(one, "GET /3.0/offers")).toBeGreaterThanOrEqual(2);
  });

  test("60 writes at one, each read at the other at once, never disagree", async () => {
    const noise = { on: true };
    const readers = Array.from({ length: 3 }, async () => {
      while (noise.on) await titleAt(two);
    });
    for (let index = 0; index < 60; index += 1) {
      const [writer, reader] = index % 2 ? [one, two] : [two, one];
      await rename(writer, `Title ${index}`);
      expect(await titleAt(reader)).toBe(`Title ${index}`);
    }
    noise.on = false;
    await Promise.all(readers);
  });

  test("a list that is kept is dropped at both", async () => {
    const titles = async (world: World) =>
      JSON.stringify((await world.ask("{ categories(first: 500) { nodes { title } } }")).data);
    await titles(two);
    await one.ask('mutation { createCategory(input: { title: "Made elsewhere" }) { category { id } } }');
    expect(await titles(two)).toContain("Made elsewhere");
  });

  test("reads of the same generation are still joined", async () => {
    await fault(one, { operation: "GET /3.0/offers", kind: "delay", ms: 300 });
    await Promise.all(Array.from({ length: 10 }, () => titleAt(one)));
    expect(called(one, "GET /3.0/offers")).toBe(1);
  });

  test("while Redis stands still, reads are answered and none is joined across a write", async () => {
    store.freeze();
    try {
      await rename(one, "Frozen");
      expect(await titleAt(two)).toBe("Frozen");
    } finally {
      store.thaw();
    }
    await sleep(1_200);
  });

  test("a 429 at one pauses the key at both, and no other key", async () => {
    await fault(one, { operation: "GET /3.0/offers", kind: "rate-limit", retryAfter: 2, count: 1 });
    const paused = performance.now();
    const first = titleAt(one);
    await expect.poll(() => called(one, "GET /3.0/offers")).toBe(1);
    await sleep(50);
    const other = await two.ask("{ offer(id: 1) { id } }", { key: "sandbox-affiliate-manager" });
    expect(other.errors).toBeUndefined();
    expect(performance.now() - paused).toBeLessThan(1_500);
    expect(await titleAt(two)).toBeTruthy();
    expect(performance.now() - paused).toBeGreaterThan(1_900);
    await first;
  });

  test("a pause beyond the time of a call ends it at once at the other, with the wait, unsent", async () => {
    await fault(one, { operation: "GET /3.0/offers", kind: "rate-limit", retryAfter: 3_600, count: 1 });
    expect((await one.ask("{ offer(id: 1) { id } }")).errors?.[0]?.extensions.code).toBe("UPSTREAM_RATE_LIMITED");
    const { errors } = await two.ask('mutation { updateOffer(input: { id: 1, title: "x" }) { offer { id } } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: "UPSTREAM_RATE_LIMITED", outcome: "NOT_SENT" });
    expect(errors?.[0]?.extensions.retryAfterSeconds).toBeGreaterThan(3_500);
    expect(errors?.[0]?.message).toMatch(/^Affise asked this key to slow down; try again in 60 minutes\. Nothing was sent\.$/);
    expect(called(one, "POST /3.0/admin/offer/{id}")).toBe(0);
  });
});

describe.skipIf(!hasRedis)("a budget of REST calls", { timeout: 60_000 }, () => {
  let store: RedisProcess;
  const clients: Redis[] = [];
  const worlds: World[] = [];
  const perSecond = 40;
  beforeAll(async () => {
    store = await openRedis();
    for (const _ of [1, 2]) {
      const redis = await connectRedis(store.url, () => {});
      clients.push(redis);
      const [first] = worlds;
      const tenants = first ? ([{ name: "sandbox", url: first.upstream }] as const) : undefined;
      worlds.push(await openWorld(small, { redis, upstreamRate: perSecond, ...(tenants ? { tenants } : {}) }));
    }
  });
  afterAll(async () => {
    for (const world of worlds) await world.close();
    for (const client of clients) client.disconnect();
    await store.stop();
  });
  const at = (index: number): World => worlds[index % 2] as World;

  test("is one for both servers, and a key with a hundred calls does not keep another from its turn", async () => {
    const start = performance.now();
    const heavy = Array.from({ length: 3 * perSecond }, (_, index) =>
      at(index).ask(`{ offers(first: 1, filter: { ids: [${index + 1}] }) { totalCount } }`),
    );
    await expect.poll(() => called(at(0), "GET /3.0/offers")).toBeGreaterThan(perSecond);
    expect((await at(1).ask("{ offer(id: 1) { id } }", { key: "sandbox-affiliate-manager" })).errors).toBeUndefined();
    const before = called(at(0), "GET /3.0/offers");
    await Promise.all(heavy);
    const seconds = (performance.now() - start) / 1_000;
    // A second's calls at once, the rest at the rate; the other key's among them, and not behind them.
    expect(seconds).toBeGreaterThan(1.9);
    expect(before).toBeLessThan(called(at(0), "GET /3.0/offers"));
    process.stdout.write(`budget: ${3 * perSecond} calls in ${seconds.toFixed(1)} s, another key's one behind ${before}\n`);
  });

  test("while Redis stands still each server goes on with its own, after 50 ms", async () => {
    await sleep(1_100);
    store.freeze();
    try {
      const start = performance.now();
      for (let index = 0; index < 6; index += 1) await at(index).ask("{ offer(id: 1) { id } }");
      expect(performance.now() - start).toBeLessThan(2_000);
      const many = Array.from({ length: 2 * perSecond }, (_, index) =>
        at(0).ask(`{ offers(first: 1, filter: { ids: [${index + 1}] }) { totalCount } }`),
      );
      const began = performance.now();
      await Promise.all(many);
      expect(performance.now() - began).toBeGreaterThan(700);
    } finally {
      store.thaw();
    }
  });
});

test("without Redis a budget holds for the one process", { timeout: 30_000 }, async () => {
  const world = await openWorld(small, { upstreamRate: 20 });
  const start = performance.now();
  await Promise.all(
    Array.from({ length: 40 }, (_, index) => world.ask(`{ offers(first: 1, filter: { ids: [${index + 1}] }) { totalCount } }`)),
  );
  expect(performance.now() - start).toBeGreaterThan(900);
  await world.close();
});
