import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectRedis } from "../../src/redis.js";
import { hasRedis, openRedis, type RedisProcess } from "../world/redis.js";
import { openWorld, type World } from "../world/world.js";

const sizes = { offers: 3, affiliates: 1, advertisers: 1, conversions: 0 };
const query = 'query Learnt { a: offer(id: "1") { id } secret: offers(filter: { search: "hush-hush" }) { totalCount } }';
const sha256Hash = createHash("sha256").update(query).digest("hex");
const extensions = { persistedQuery: { version: 1, sha256Hash } };

describe.skipIf(!hasRedis)("automatic persisted queries over Redis", { timeout: 60_000 }, () => {
  let store: RedisProcess;
  let redis: Redis[];
  let worlds: World[];
  beforeAll(async () => {
    store = await openRedis();
    redis = await Promise.all([1, 2].map(() => connectRedis(store.url, () => {})));
    worlds = await Promise.all(redis.map((one) => openWorld(sizes, { redis: one })));
  });
  afterAll(async () => {
    for (const world of worlds) await world.close();
    for (const one of redis) one.disconnect();
    await store.stop();
  });

  const send = async (world: World | undefined, body: object) => {
    const response = await fetch(`${world?.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "api-key": "sandbox-general-manager" },
      body: JSON.stringify({ extensions, ...body }),
    });
    return (await response.json()) as { data?: { a?: unknown }; errors?: { message: string }[] };
  };

  test("what one server was sent another knows, and Redis has neither text, hash nor variables", async () => {
    const [one, two] = worlds;
    expect((await send(two, {})).errors?.[0]?.message).toBe("PersistedQueryNotFound");
    expect((await send(one, { query, variables: { unused: "hush-variable" } })).data?.a).toEqual({ id: "1" });
    await expect.poll(async () => (await send(two, {})).data?.a).toEqual({ id: "1" });
    const keys = (await redis[0]?.keys("affise-graphql:apq:*")) ?? [];
    const stored = await Promise.all(keys.map((key) => redis[0]?.getBuffer(key)));
    expect(keys).toHaveLength(1);
    expect(`${keys} ${stored.map(String)}`).not.toMatch(new RegExp(`hush|Learnt|${sha256Hash}`));
    expect(await redis[0]?.pttl(keys[0] ?? "")).toBeGreaterThan(80_000_000);
  });

  test("with Redis frozen or gone, texts run and hashes are asked for again", async () => {
    const [one] = worlds;
    const other = "query Other { offer(id: 1) { id } }";
    const its = { persistedQuery: { version: 1, sha256Hash: createHash("sha256").update(other).digest("hex") } };
    store.freeze();
    try {
      expect((await send(one, { extensions: its })).errors?.[0]?.message).toBe("PersistedQueryNotFound");
      expect((await send(one, { query: other, extensions: its })).errors).toBeUndefined();
      expect((await send(one, { extensions: its })).errors).toBeUndefined();
    } finally {
      store.thaw();
    }
  });
});
