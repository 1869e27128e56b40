import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { openWorld, type Reply } from "../world/world.js";

const world = await openWorld({ offers: 200, affiliates: 20, advertisers: 5, conversions: 200 });
const { ask } = world;
afterAll(() => world.close());
beforeEach(() => world.sandbox.reset());

/** Hands a request to the server without a socket, so that many of them are there in the same moment, however busy the machine is. */
const inject = async (query: string): Promise<Reply> => {
  const headers = { "api-key": "sandbox-general-manager", "content-type": "application/json", "x-affise-trace": "1" };
  const answer = await world.server.http.inject({ method: "POST", url: "/graphql", headers, payload: { query } });
  return answer.json();
};

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
const called = (operation: string) => world.sandbox.calls()[operation] ?? 0;

describe("requests of one key", () => {
  test("equal queries at the same time share their REST calls", async () => {
    const replies = await Promise.all(times(32, () => inject("{ offers(first: 20) { nodes { id title } } }")));
    expect(new Set(replies.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    expect(called("GET /3.0/offers")).toBeLessThanOrEqual(3);
    const sources = replies.flatMap(({ extensions }) => extensions?.affise?.calls.map(({ source }) => source));
    expect(sources).toContain("shared");
  });

  test("different offers asked for at the same time travel together", async () => {
    const replies = await Promise.all(times(32, (index) => inject(`{ offer(id: ${index + 1}) { id } }`)));
    expect(replies.map(({ data }) => data.offer)).toEqual(times(32, (index) => ({ id: String(index + 1) })));
    expect(called("GET /3.0/offers")).toBeLessThanOrEqual(3);
  });

  test("an unknown id among them is null for its own request only", async () => {
    const replies = await Promise.all(times(16, (index) => inject(`{ offer(id: ${index === 7 ? 987654 : index + 1}) { id } }`)));
    expect(replies.map(({ data }) => (data.offer as { id: string } | null)?.id ?? null)).toEqual(
      times(16, (index) => (index === 7 ? null : String(index + 1))),
    );
  });

  test("nothing is remembered between requests", async () => {
    await ask("{ offer(id: 1) { title } }");
    await ask("{ offer(id: 1) { title } }");
    expect(called("GET /3.0/offers")).toBe(2);
  });
});

describe("nobody reads what was asked before their own write", () => {
  test("under load of reads from the same key", async () => {
    let busy = true;
    const readers = times(6, async () => {
      while (busy) await ask("{ offer(id: 3) { title } }");
    });
    for (const title of times(12, (index) => `Title ${index}`)) {
      const written = await ask(`mutation { updateOffer(input: { id: 3, title: "${title}" }) { offer { title } } }`);
      expect(written.data.updateOffer).toEqual({ offer: { title } });
      expect((await ask("{ offer(id: 3) { title } }")).data.offer).toEqual({ title });
    }
    busy = false;
    await Promise.all(readers);
  });

  test("and a mutation's payload shows what it wrote, even where the request read it before", async () => {
    const { data } = await ask(`mutation {
      a: updateOffer(input: { id: 4, title: "One" }) { offer { title } }
      b: updateOffer(input: { id: 4, title: "Two" }) { offer { title } } }`);
    expect(data).toEqual({ a: { offer: { title: "One" } }, b: { offer: { title: "Two" } } });
  });
});

describe("requests of different keys", () => {
  const keys = [
    "sandbox-general-manager",
    "sandbox-affiliate-manager",
    "sandbox-account-manager",
    "sandbox-affiliate",
    "sandbox-advertiser",
  ];

  test("share nothing: each answer is the one its key gets alone", async () => {
    const query = "{ offers(first: 30) { totalCount nodes { id status payouts { payout income } } } }";
    const alone = new Map<string, string>();
    for (const key of keys) alone.set(key, JSON.stringify((await ask(query, { key })).data));
    expect(new Set(alone.values()).size).toBeGreaterThan(2);
    const together = await Promise.all(
      times(50, async (index) => {
        const key = keys[index % keys.length] ?? "";
        return [key, JSON.stringify((await ask(query, { key })).data)] as const;
      }),
    );
    for (const [key, data] of together) expect(data).toBe(alone.get(key));
  });

  test("one REST call for each key at the least", async () => {
    await Promise.all(keys.slice(0, 4).map((key) => ask("{ offer(id: 1) { id } }", { key })));
    expect(called("GET /3.0/offers")).toBe(4);
  });
});

test("a query asked before that fails in part makes its REST calls once, and words its errors the same", async () => {
  const query = "query Again { offers(first: 2) { nodes { advertiser { email } } } }";
  await ask(query);
  await world.sandbox.reset();
  await fetch(`${world.upstream}/sandbox/faults`, {
    method: "POST",
    body: JSON.stringify({ operation: "GET /3.0/admin/advertisers", kind: "status", status: 500 }),
  });
  const { data, errors } = await ask(query);
  expect(errors?.map(({ extensions: { code, operation } }) => ({ code, operation }))[0]).toEqual({
    code: "UPSTREAM_FAILED",
    operation: "GET /3.0/admin/advertisers",
  });
  expect(data).toMatchObject({ offers: { nodes: [{ advertiser: null }, { advertiser: null }] } });
  expect([called("GET /3.0/offers"), called("GET /3.0/admin/advertisers")]).toEqual([1, 1]);
});
