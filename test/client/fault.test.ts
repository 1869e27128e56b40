import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type Reply, type World } from "../world/world.js";

const few = { offers: 10, affiliates: 5, advertisers: 2, conversions: 0 };
let patient: World;
/** It waits for no answer longer than this; what it asks besides has to come in that time, on a busy machine too. */
let hasty: World;
let cells = 0;

beforeAll(async () => {
  patient = await openWorld(few);
  hasty = await openWorld(few, { session: { timeoutMs: 2_000 } });
});
afterAll(async () => {
  process.stdout.write(`fault matrix: ${cells} cells held\n`);
  await patient.close();
  await hasty.close();
});

/** What a fault comes to: the code, and for a write whether its fate is known. Null: it is only slow. */
const faults: Record<string, { fault: object; code: string; known: boolean } | null> = {
  "status 500": { fault: { kind: "status" }, code: "UPSTREAM_FAILED", known: true },
  "status 404": { fault: { kind: "status", status: 404 }, code: "NOT_FOUND", known: true },
  "status 401": { fault: { kind: "status", status: 401 }, code: "UNAUTHENTICATED", known: true },
  "status 403": { fault: { kind: "status", status: 403 }, code: "FORBIDDEN", known: true },
  "status 302": { fault: { kind: "status", status: 302 }, code: "UPSTREAM_FAILED", known: true },
  delay: null,
  hang: { fault: { kind: "hang" }, code: "UPSTREAM_TIMEOUT", known: false },
  reset: { fault: { kind: "reset" }, code: "UPSTREAM_UNREACHABLE", known: false },
  truncate: { fault: { kind: "truncate" }, code: "UPSTREAM_UNREACHABLE", known: false },
  garbage: { fault: { kind: "garbage" }, code: "UPSTREAM_FAILED", known: false },
  html: { fault: { kind: "html" }, code: "UPSTREAM_FAILED", known: true },
  "html in a 200": { fault: { kind: "html", status: 200 }, code: "UPSTREAM_FAILED", known: false },
  envelope: { fault: { kind: "envelope" }, code: "UPSTREAM_FAILED", known: true },
  "rate-limit": { fault: { kind: "rate-limit", retryAfter: 0 }, code: "UPSTREAM_RATE_LIMITED", known: true },
};

const bulk = `mutation {
  updateOffers(input: { changes: [{ offerIds: [1, 2], status: STOPPED }, { offerIds: [3], privacy: PRIVATE }] }) {
    results { id: offerId error { code } offer { id } }
  }
}`;

interface Case {
  operation: string;
  query: string;
  /** Where the errors stand; a bulk write has its errors in its results. */
  paths: string[];
  /** What is there although the operation failed. */
  kept: unknown;
  writes: number;
}

const cases: Record<string, Case> = {
  "a query": {
    operation: "GET /3.0/offers",
    query: "{ offers(first: 2) { nodes { id } } affiliates(first: 1) { nodes { id } } }",
    paths: ["offers.nodes"],
    kept: { offers: null, affiliates: { nodes: [{ id: "1" }] } },
    writes: 0,
  },
  "a nested query": {
    operation: "GET /3.0/admin/advertisers",
    query: "{ offers(first: 2) { nodes { id advertiser { email } } } }",
    paths: ["offers.nodes.0.advertiser", "offers.nodes.1.advertiser"],
    kept: {
      offers: {
        nodes: [
          { id: "1", advertiser: null },
          { id: "2", advertiser: null },
        ],
      },
    },
    writes: 0,
  },
  "a single mutation": {
    operation: "POST /3.0/admin/offer/{id}",
    query: 'mutation { updateOffer(input: { id: 1, title: "New" }) { offer { title } } }',
    paths: ["updateOffer"],
    kept: { updateOffer: null },
    writes: 1,
  },
  "a bulk mutation": {
    operation: "POST /3.0/admin/offer/mass-update",
    query: bulk,
    paths: [],
    kept: { updateOffers: { results: [1, 2, 3].map((id) => ({ id: String(id), offer: null })) } },
    writes: 2,
  },
};

const results = (reply: Reply) =>
  (reply.data.updateOffers as { results: { id: string; offer: unknown; error: { code: string } | null }[] } | null)?.results;

const strike = async (world: World, fault: object, operation: string) => {
  await fetch(`${world.upstream}/sandbox/reset`, { method: "POST" });
  const answer = await fetch(`${world.upstream}/sandbox/faults`, {
    method: "POST",
    body: JSON.stringify({ operation, ...fault }),
  });
  expect(answer.status).toBe(200);
};

describe.each(Object.entries(cases))("%s", (_name, { operation, query, paths, kept, writes }) => {
  test.each(Object.entries(faults))("%s", async (name, how) => {
    const world = name === "hang" ? hasty : patient;
    await strike(world, how?.fault ?? { kind: "delay", ms: 150 }, operation);
    const reply = await world.askCounting(query);
    // A read may be tried three times.
    expect(reply.calls.filter((call) => call === operation).length).toBeLessThanOrEqual(writes || 3);
    expect(reply.calls.filter((call) => call.startsWith("POST"))).toHaveLength(writes);
    cells += 1;
    if (!how) {
      expect(reply.errors).toBeUndefined();
      return;
    }
    const items = results(reply);
    if (items) {
      expect(items.map(({ error }) => error?.code)).toEqual(items.map(() => how.code));
      expect({ updateOffers: { results: items.map(({ id, offer }) => ({ id, offer })) } }).toEqual(kept);
      expect(reply.errors).toBeUndefined();
      return;
    }
    expect(reply.data).toEqual(kept);
    expect(reply.errors?.map(({ path }) => path?.join("."))).toEqual(paths);
    for (const { extensions } of reply.errors ?? []) {
      expect(extensions).toMatchObject({ code: how.code, operation });
      if (writes && !how.known) expect(extensions.outcome).toBe("UNKNOWN");
    }
  });
});
