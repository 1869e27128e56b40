import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CannotHold, MemoryStore } from "../../src/idempotency/store.js";
import { openWorld, type World } from "../world/world.js";
import { codeOf, create, persisted, post, small, spoil, writes } from "./repeat.js";

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

test("a store that can remember no more keys makes no claim, unless another remembers them", async () => {
  const only = new MemoryStore(800);
  const beside = new MemoryStore(800, false);
  for (const store of [only, beside]) {
    for (const id of ["a", "b"]) {
      expect(await store.claim(id, "print")).toEqual({ state: "first" });
      await store.complete(id, "print", "answer");
    }
  }
  await expect(only.claim("c", "print")).rejects.toThrow(CannotHold);
  expect((await only.claim("a", "print")).state).toMatch(/kept|lost/);
  expect(await beside.claim("c", "print")).toEqual({ state: "first" });
});
