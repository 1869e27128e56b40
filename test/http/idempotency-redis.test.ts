import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectRedis } from "../../src/redis.js";
import { hasRedis, openRedis, type RedisProcess } from "../world/redis.js";
import { openWorld, type World } from "../world/world.js";
import { codeOf, create, persisted, post, type Sent, small, spoil, writes } from "./repeat.js";

describe.skipIf(!hasRedis)("Idempotency-Key over Redis", { timeout: 180_000 }, () => {
  let store: RedisProcess;
  let redis: Redis[];
  let worlds: World[];
  const isTakenAgain = (world: World, key: string) =>
    expect.poll(async () => codeOf(await post(world, key)), { timeout: 60_000, interval: 200 }).toBeUndefined();
  beforeAll(async () => {
    store = await openRedis();
    redis = await Promise.all([1, 2].map(() => connectRedis(store.url, () => {})));
    const first = await openWorld(small, { redis: redis[0] });
    const url = first.upstream;
    const second = await openWorld(small, {
      redis: redis[1],
      tenants: [{ name: "sandbox", url }],
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

  test("over a Redis that began a moment ago, nothing is sent before those who knew of claims have had their time", async () => {
    for (const world of both()) await isTakenAgain(world, "first-of-all");
    const [one] = both();
    expect(writes(one)).toBe(1);
    one.sandbox.reset();
  });

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
    const read = async (key: string) => {
      const type = await client?.type(key);
      if (type === "hash") return client?.hgetall(key);
      if (type === "zset") return client?.zrange(key, "0", "-1");
      return type === "list" ? client?.lrange(key, "0", "-1") : client?.get(key);
    };
    const stored = await Promise.all(keys.map(read));
    expect(keys.length).toBeGreaterThan(0);
    expect(JSON.stringify([keys, stored])).not.toMatch(/sandbox-general-manager|title|createCategory/);
  });

  /** What came, but for requests that a Redis on a busy machine did not answer in time: of these nothing was sent. */
  const answered = (sent: readonly Sent[]) => sent.filter(({ status }) => status !== 503);

  test("200 repeats at once over both servers are one POST, by text and by persisted query", async () => {
    const [one, two] = both();
    one.sandbox.reset();
    const byText = await Promise.all(Array.from({ length: 200 }, (_, at) => post(at % 2 ? one : two, "many")));
    expect(new Set(answered(byText).map(({ text }) => text)).size).toBe(1);
    expect(writes(one)).toBe(1);
    for (const world of [one, two]) await post(world, "learn-it", { query: create, extensions: persisted(create) });
    one.sandbox.reset();
    const byHash = await Promise.all(
      Array.from({ length: 200 }, (_, at) => post(at % 2 ? one : two, "hashed", { query: null, extensions: persisted(create) })),
    );
    expect(new Set(answered(byHash).map(({ text }) => text)).size).toBe(1);
    expect(new Set(answered(byHash).map(codeOf))).toEqual(new Set([undefined]));
    expect(writes(one)).toBe(1);
  });

  const isRefusedUnsent = async (world: World, key: string) => {
    const sent = await post(world, key);
    expect([sent.status, codeOf(sent)]).toEqual([503, "OVERLOADED"]);
    expect(sent.text).toContain('"outcome":"NOT_SENT"');
    expect(sent.text).toContain("Nothing was sent; repeat the request as it is.");
    expect(writes(world)).toBe(0);
  };

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
    await expect.poll(async () => (await post(two, "emptied")).replayed, { timeout: 60_000, interval: 200 }).toBe("true");
    expect((await post(two, "emptied")).text).toBe(first.text);
    expect(writes(one)).toBe(1);
  });

  test("a request that is the first to find Redis emptied is refused unsent, and taken when it comes again", async () => {
    const [one] = both();
    one.sandbox.reset();
    await redis[0]?.flushall();
    await isRefusedUnsent(one, "finder");
    await isTakenAgain(one, "finder");
    expect(writes(one)).toBe(1);
  });

  test("a server that begins while Redis has lost what is under way elsewhere sends nothing a second time", async () => {
    const [one] = both();
    one.sandbox.reset();
    await spoil(one, { kind: "delay", ms: 6_000, operation: "POST /3.0/admin/category" });
    const first = post(one, "newcomer");
    await expect.poll(() => writes(one)).toBe(1);
    await redis[0]?.flushall();
    const client = await connectRedis(store.url, () => {});
    const third = await openWorld(small, { redis: client, tenants: [{ name: "sandbox", url: one.upstream }] });
    const again = await post(third, "newcomer");
    expect([again.status, again.text]).toEqual([503, expect.stringContaining("Nothing was sent")]);
    await expect.poll(async () => (await post(third, "newcomer")).text, { interval: 200 }).toBe((await first).text);
    expect(writes(one)).toBe(1);
    await third.close();
    client.disconnect();
  });

  test("an answer that Redis could not be told is told when it is back: a repeat elsewhere gets it", async () => {
    const [one, two] = both();
    one.sandbox.reset();
    await isTakenAgain(one, "before-the-pause");
    one.sandbox.reset();
    await spoil(one, { kind: "delay", ms: 1_000, operation: "POST /3.0/admin/category" });
    const sent = post(one, "paused");
    await expect.poll(() => writes(one)).toBe(1);
    redis[0]?.disconnect();
    const first = await sent;
    await redis[0]?.connect();
    expect([first.status, codeOf(first)]).toEqual([200, undefined]);
    await expect.poll(async () => (await post(two, "paused")).text, { interval: 200 }).toBe(first.text);
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
    await expect.poll(() => redis[0]?.status, { timeout: 60_000 }).toBe("ready");
    await isTakenAgain(one, "away");
    expect(writes(one)).toBe(1);
  });

  test("a Redis that starts again from an older snapshot has lost claims: a repeat elsewhere sends nothing", async () => {
    const [one, two] = both();
    one.sandbox.reset();
    for (const world of [one, two]) await isTakenAgain(world, "snapshot-before");
    await redis[0]?.save();
    one.sandbox.reset();
    const first = await post(one, "snapshot");
    expect(first.replayed).toBeNull();
    await store.stop();
    await store.start();
    await expect.poll(() => redis.map(({ status }) => status), { timeout: 60_000 }).toEqual(["ready", "ready"]);
    await expect.poll(async () => (await post(two, "snapshot")).replayed, { timeout: 60_000, interval: 200 }).toBe("true");
    expect((await post(two, "snapshot")).text).toBe(first.text);
    expect(writes(one)).toBe(1);
    await redis[0]?.flushall();
    await redis[0]?.save();
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
