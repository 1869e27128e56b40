import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Redis } from "ioredis";
import { afterAll, describe, expect, test, vi } from "vitest";
import { connectRedis } from "../../src/redis.js";
import { send } from "../world/send.js";
import { openWorld, type World } from "../world/world.js";

const small = { offers: 50, affiliates: 20, advertisers: 5, conversions: 100 };
const traced = { headers: { "x-affise-trace": "1" } };
const called = ({ sandbox }: World, operation: string) => sandbox.calls()[operation] ?? 0;

const freePort = () =>
  new Promise<number>((resolve) => {
    const socket = createSocket().listen(0, "127.0.0.1", () => {
      const address = socket.address();
      socket.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/** What holds for every store, in one process and in Redis. */
const behaves = (open: (ttlMs: number, referenceMs?: number) => Promise<World>) => {
  test("an answer is kept, and given again without a REST call", async () => {
    const world = await open(60_000);
    const query = "{ offers(first: 5) { nodes { id title } } }";
    const first = await world.ask(query);
    await vi.waitFor(async () => {
      const before = called(world, "GET /3.0/offers");
      expect(await world.ask(query)).toEqual(first);
      expect(called(world, "GET /3.0/offers")).toBe(before);
    });
    await world.close();
  });

  test("an answer is kept whole, even where its REST call was one with others'", async () => {
    const world = await open(60_000);
    const ask = (id: number) => world.ask(`{ offer(id: ${id}) { title } }`);
    const together = await Promise.all([1, 2, 3].map(ask));
    const before = called(world, "GET /3.0/offers");
    for (const [index, answer] of together.entries()) expect(await ask(index + 1)).toEqual(answer);
    expect(called(world, "GET /3.0/offers")).toBe(before);
    await world.close();
  });

  test("another key gets its own answer", async () => {
    const world = await open(60_000);
    const query = "{ offers(first: 5) { totalCount } }";
    const network = await world.ask(query);
    const affiliate = await world.ask(query, { key: "sandbox-affiliate" });
    expect(affiliate.data).not.toEqual(network.data);
    await world.close();
  });

  test("a write drops what it touched, for every key, and leaves the rest", async () => {
    const world = await open(60_000);
    const offers = "{ offer(id: 1) { title } }";
    const news = "{ countries { code } }";
    for (const query of [offers, news]) for (const _ of [1, 2]) await world.ask(query);
    await world.ask(offers, { key: "sandbox-affiliate-manager" });
    const before = called(world, "GET /3.1/countries");
    await world.ask('mutation { updateOffer(input: { id: 1, title: "Changed" }) { offer { title } } }');
    expect((await world.ask(offers)).data).toEqual({ offer: { title: "Changed" } });
    expect((await world.ask(offers, { key: "sandbox-affiliate-manager" })).data).toEqual({
      offer: { title: "Changed" },
    });
    await world.ask(news);
    expect(called(world, "GET /3.1/countries")).toBe(before);
    await world.close();
  });

  test("an answer past its time is asked for anew", async () => {
    const world = await open(60);
    const query = "{ offer(id: 1) { title } }";
    await world.ask(query);
    const before = called(world, "GET /3.0/offers");
    await vi.waitFor(async () => {
      await world.ask(query);
      expect(called(world, "GET /3.0/offers")).toBeGreaterThan(before);
    });
    await world.close();
  });

  test("nothing is older than its time, whichever query it was read for", async () => {
    const ttlMs = 800;
    const world = await open(ttlMs);
    const queries = ["", "id ", "status "].map((more) => `{ offer(id: 1) { ${more}title } }`);
    const headers = { "api-key": "sandbox-general-manager", "content-type": "application/x-www-form-urlencoded" };
    /** By when each title had been read, if it ever was before the next one stood there. */
    const seenBy = new Map<string, number>();
    const end = Date.now() + 5 * ttlMs;
    for (let turn = 0; Date.now() < end; turn += 1) {
      // As somebody would in the panel, so that no server hears of it.
      const body = Buffer.from(`title=${turn}`);
      await send(`${world.upstream}/3.0/admin/offer/1`, { method: "POST", headers, body });
      const asked = Date.now();
      const { data } = await world.ask(queries[turn % queries.length] ?? "");
      seenBy.set(String(turn), Date.now());
      const { title } = data.offer as { title: string };
      expect(asked - (seenBy.get(title) ?? 0)).toBeLessThan(ttlMs);
    }
    await world.close();
  });

  test("errors are not kept", async () => {
    const world = await open(60_000);
    const key = "sandbox-account-manager";
    for (const _ of [1, 2]) await world.ask("{ affiliates { totalCount } }", { key });
    expect(called(world, "GET /3.0/admin/partners")).toBe(2);
    await world.close();
  });

  test("the trace tells what came from the cache", async () => {
    const world = await open(0, 60_000);
    await world.ask("{ countries { code } }");
    await vi.waitFor(async () => {
      const { extensions } = await world.ask("{ countries { code } }", traced);
      expect(extensions?.affise?.calls).toMatchObject([{ operation: "GET /3.1/countries", source: "cache" }]);
    });
    await world.ask("{ offer(id: 1) { id } }");
    const { extensions } = await world.ask("{ offer(id: 1) { id } }", traced);
    expect(extensions?.affise?.calls).toMatchObject([{ source: "network" }]);
    await world.close();
  });
};

describe("in this process", () => {
  behaves((ttlMs, referenceMs = 0) => openWorld(small, { cache: { ttlMs, referenceMs, bytes: 10_000_000 } }));

  test("it never takes more bytes than it may", async () => {
    const world = await openWorld(small, { cache: { ttlMs: 60_000, referenceMs: 0, bytes: 3_000 } });
    for (let id = 1; id <= 20; id += 1) await world.ask(`{ offer(id: ${id}) { id title } }`);
    const before = called(world, "GET /3.0/offers");
    await world.ask("{ offer(id: 1) { id title } }");
    expect(called(world, "GET /3.0/offers")).toBe(before + 1);
    await world.close();
  });

  test("nothing is kept unless the operator asks for it", async () => {
    const world = await openWorld(small);
    for (const _ of [1, 2]) await world.ask("{ countries { code } }");
    expect(called(world, "GET /3.1/countries")).toBe(2);
    await world.close();
  });
});

const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
if (!hasRedis) console.log("SKIPPED: the cache in Redis, since there is no redis-server on this machine.");

describe.skipIf(!hasRedis)("in Redis", async () => {
  const folder = mkdtempSync(join(tmpdir(), "affise-graphql-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess | undefined;
  const clients: Redis[] = [];

  const startRedis = async () => {
    server = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder], {
      stdio: "ignore",
    });
    await vi.waitFor(async () => (await connectRedis(url, () => {})).disconnect(), { timeout: 10_000 });
  };
  const stopRedis = () =>
    new Promise<void>((resolve) => {
      server?.once("exit", () => resolve());
      server?.kill("SIGKILL");
    });
  const client = async () => {
    const redis = await connectRedis(url, () => {});
    clients.push(redis);
    return redis;
  };

  if (hasRedis) await startRedis();
  afterAll(async () => {
    for (const redis of clients) redis.disconnect();
    await stopRedis();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (ttlMs: number, referenceMs = 0) => {
    const redis = await client();
    await redis.flushall();
    return openWorld(small, { redis, cache: { ttlMs, referenceMs, bytes: 10_000_000 } });
  };
  behaves(open);

  test("no key of a caller is in Redis", async () => {
    const world = await open(60_000);
    await world.ask("{ offer(id: 1) { id } }");
    const redis = await client();
    await vi.waitFor(async () => expect((await redis.keys("*")).length).toBeGreaterThan(0));
    const all = await Promise.all((await redis.keys("*")).map(async (key) => key + JSON.stringify(await redis.dump(key))));
    expect(all.join("\n")).not.toContain("sandbox-general-manager");
    await world.close();
  });

  test("nothing in Redis can be read without the caller's key, and secrets are not kept at all", async () => {
    const world = await open(60_000);
    const redis = await client();
    const kept = async () => (await redis.keys("affise-graphql:entry:*")).length;
    for (const query of [
      "{ users(first: 20) { nodes { apiKey email } } }",
      "{ affiliates(first: 20) { nodes { apiKey email } } }",
      "query ($n: Int) { ...F } fragment F on Query { users(first: $n) { nodes { k: apiKey } } }",
    ]) {
      expect((await world.ask(query)).errors).toBeUndefined();
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await kept()).toBe(0);
    const told = await world.ask("{ offer(id: 1) { title } countries { code } }");
    await vi.waitFor(async () => expect(await kept()).toBeGreaterThan(0));
    const all: string[] = [];
    for (const key of await redis.keys("*")) {
      const text = (await redis.type(key)) === "string" ? await redis.get(key) : JSON.stringify(await redis.hgetall(key));
      all.push(key, String(text), Buffer.from(String(text), "base64").toString("latin1"));
    }
    expect(all.join("\n")).not.toContain((told.data.offer as { title: string }).title);
    expect(all.join("\n")).not.toMatch(/api_?key|password|"data"|nodes|title/i);
    await world.close();
  });

  test("a Redis that stands still is left alone after three requests have waited for it", async () => {
    const world = await open(60_000);
    server?.kill("SIGSTOP");
    const start = Date.now();
    for (let id = 1; id <= 30; id += 1) expect((await world.ask(`{ offer(id: ${id}) { id } }`)).errors).toBeUndefined();
    // A second for each, which is how long a command may take, would be a minute.
    expect(Date.now() - start).toBeLessThan(20_000);
    server?.kill("SIGCONT");
    await world.close();
  });

  test("a Redis that goes away costs the cache and no answer", async () => {
    const world = await open(60_000);
    await world.ask("{ offer(id: 1) { title } }");
    await stopRedis();
    const written = await world.ask('mutation { updateOffer(input: { id: 1, title: "While away" }) { offer { title } } }');
    expect(written.errors).toBeUndefined();
    for (const _ of [1, 2, 3]) {
      expect(await world.ask("{ offer(id: 1) { title } }")).toEqual({ data: { offer: { title: "While away" } } });
    }
    await startRedis();
    expect((await world.ask("{ offer(id: 1) { title } }")).data).toEqual({ offer: { title: "While away" } });
    await world.close();
  });

  test("a Redis stopped and started again under load loses no answer", async () => {
    const world = await open(60_000, 60_000);
    const seen: unknown[] = [];
    let busy = true;
    const readers = Array.from({ length: 8 }, async (_, reader) => {
      for (let id = reader; busy; id += 8) {
        const { data, errors } = await world.ask(`{ offer(id: ${(id % 40) + 1}) { id } countries { code } }`);
        seen.push(errors ?? (data.offer as { id: string } | null)?.id);
      }
    });
    for (const change of [stopRedis, startRedis, stopRedis, startRedis]) {
      await change();
      const so = seen.length;
      await vi.waitFor(() => expect(seen.length).toBeGreaterThan(so + 20), { timeout: 20_000 });
    }
    busy = false;
    await Promise.all(readers);
    expect(seen.filter((one) => typeof one !== "string")).toEqual([]);
    await world.close();
  });
});
