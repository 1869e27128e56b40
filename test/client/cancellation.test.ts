import { afterAll, beforeEach, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 50, affiliates: 5, advertisers: 2, conversions: 0 }, { limits: { calls: 5 } });
afterAll(() => world.close());
beforeEach(async () => {
  world.sandbox.reset();
});

const hang = (operation: string, fault: object) =>
  fetch(`${world.upstream}/sandbox/faults`, { method: "POST", body: JSON.stringify({ operation, ...fault }) });

const leaver = (query: string, key = "sandbox-general-manager") => {
  const leaving = new AbortController();
  const left = fetch(`${world.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "api-key": key },
    body: JSON.stringify({ query }),
    signal: leaving.signal,
  }).then(
    () => "answered",
    () => "left",
  );
  return { left, leave: () => leaving.abort() };
};

const called = (operation: string, times: number) =>
  expect.poll(() => world.sandbox.calls()[operation], { interval: 5 }).toBe(times);

const queries = [
  ["a list", "GET /3.0/offers", "{ offers(first: 3) { nodes { id } } }"],
  ["a merged load", "GET /3.0/admin/advertisers", "{ offers(first: 3) { nodes { advertiser { email } } } }"],
] as const;

test.each(queries)("%s that one of two clients waits for goes on", async (_what, operation, query) => {
  await hang(operation, { kind: "delay", ms: 400 });
  const first = leaver(query);
  await called(operation, 1);
  const second = world.ask(query);
  await new Promise((resolve) => setTimeout(resolve, 50));
  first.leave();
  expect(await first.left).toBe("left");
  const { errors, data } = await second;
  expect(errors).toBeUndefined();
  expect(JSON.stringify(data)).toMatch(/id|email/);
});

const lonely = [
  ["a list", "GET /3.0/offers", (n: number) => `{ offers(first: ${n}) { nodes { id } } }`],
  ["a load", "GET /3.0/offer/{id}", (n: number) => `{ offers(filter: { ids: [${n}] }) { nodes { redirectType } } }`],
] as const;

test.each(lonely)(
  "%s that nobody waits for is given up, and counts for no failure of Affise",
  async (_what, operation, query) => {
    await hang(operation, { kind: "hang" });
    // More than may be under way at once: each gives its place back.
    for (let n = 1; n <= 40; n += 1) {
      const { left, leave } = leaver(query(n));
      await called(operation, n);
      leave();
      expect(await left).toBe("left");
    }
    await fetch(`${world.upstream}/sandbox/faults`, { method: "DELETE" });
    expect((await world.ask(query(50))).errors).toBeUndefined();
  },
);

test("REST calls under a type count too, for each request its own", async () => {
  const query = "{ offers(first: 10) { nodes { id redirectType } } }";
  const { data, errors, calls } = await world.askCounting(query);
  expect(calls).toHaveLength(5);
  expect(errors).toHaveLength(6);
  expect(errors?.[0]?.extensions).toEqual({ code: "QUERY_TOO_EXPENSIVE", limit: 5 });
  expect((data.offers as { nodes: unknown[] }).nodes).toHaveLength(10);
});

test("a write whose client has gone is carried out all the same", async () => {
  await hang("POST /3.0/admin/offer/{id}", { kind: "delay", ms: 200 });
  const { left, leave } = leaver('mutation { updateOffer(input: { id: 1, title: "Written" }) { offer { id } } }');
  await called("POST /3.0/admin/offer/{id}", 1);
  leave();
  expect(await left).toBe("left");
  await expect
    .poll(async () => (await world.ask("{ offer(id: 1) { title } }")).data, { timeout: 3_000 })
    .toEqual({ offer: { title: "Written" } });
});
