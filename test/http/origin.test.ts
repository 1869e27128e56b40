import { once } from "node:events";
import { createServer as createHttpServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../world/world.js";

const small = { offers: 50, affiliates: 2, advertisers: 2, conversions: 0 };
let world: World;
let closed: World;

beforeAll(async () => {
  world = await openWorld(small, { corsOrigins: ["https://app.acme.com"] });
  closed = await openWorld(small, { playground: false, introspection: false });
});
afterAll(() => Promise.all([world.close(), closed.close()]));

const browser = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };
const json = { "content-type": "application/json", "api-key": "sandbox-general-manager" };
const list = '{"query":"{ offers(first: 50) { nodes { id title status url } } }"}';

/** Bytes as they came, which fetch would unpack. */
const raw = (where: World, path: string, headers: Record<string, string>, body?: string) =>
  new Promise<{ headers: Record<string, string | string[] | undefined>; body: Buffer }>((resolve, reject) => {
    const asked = request(`${where.url}${path}`, { method: body ? "POST" : "GET", headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ headers: response.headers, body: Buffer.concat(parts) }));
    });
    asked.on("error", reject);
    asked.end(body);
  });

describe("a browser at /graphql", () => {
  test("is sent to the playground", async () => {
    const answer = await fetch(`${world.url}/graphql`, { headers: browser, redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "./"]);
  });

  test("sees a page of ours without any script where there is no playground", async () => {
    for (const accept of [browser.accept, "text/html"]) {
      const answer = await fetch(`${closed.url}/graphql?query={__typename}`, { headers: { accept } });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(await answer.text()).not.toMatch(/<script|https?:\/\/|src=/);
    }
  });
});

describe("no cache in between may hand one key's answer to another", () => {
  test.each([
    ["an answer", { method: "POST", headers: json, body: list }],
    ["an error", { method: "POST", headers: json, body: '{"query":"{ nope }"}' }],
    ["a refusal of the body", { method: "POST", headers: json, body: "{" }],
    ["a refusal of the head", { method: "POST", headers: { ...json, "x-affise-tenant": "nobody" }, body: list }],
    ["an answer to another origin", { method: "POST", headers: { ...json, origin: "https://app.acme.com" }, body: list }],
    ["a method that is not taken", { method: "PUT", headers: json, body: list }],
  ])("%s", async (_what, init) => {
    const { headers } = await fetch(`${world.url}/graphql`, init);
    expect(headers.get("cache-control")).toBe("no-store");
    for (const name of ["API-Key", "Authorization", "X-Affise-Tenant", "Accept-Encoding", "Accept", "Origin"]) {
      expect(headers.get("vary")?.split(", ")).toContain(name);
    }
  });
});

describe("introspection switched off", () => {
  const ask = async (query: string) => {
    const answer = await fetch(`${closed.url}/graphql`, { method: "POST", headers: json, body: JSON.stringify({ query }) });
    return answer.text();
  };

  test("hides the SDL and every suggestion of a name", async () => {
    expect((await fetch(`${closed.url}/schema.graphql`)).status).toBe(404);
    for (const query of [
      "{ offerz { totalCount } }",
      "{ offers(frst: 1) { totalCount } }",
      "{ offers { totalCnt } }",
      "{ offers(filter: { stats: ACTIVE }) { totalCount } }",
      "{ offers(filter: { status: ACTIV }) { totalCount } }",
      "query ($f: OfferFiltr) { offers(filter: $f) { totalCount } }",
      "{ viewer { ... on Affilate { id } } }",
    ]) {
      expect(await ask(query)).not.toMatch(/Did you mean/i);
    }
  });

  test("hides them in variables too", async () => {
    const body = JSON.stringify({
      query: "query ($f: OfferFilter) { offers(filter: $f) { totalCount } }",
      variables: { f: { stats: 1, status: ["ACTIV"] } },
    });
    const answer = await fetch(`${closed.url}/graphql`, { method: "POST", headers: json, body });
    const text = await answer.text();
    expect(text).toContain("BAD_USER_INPUT");
    expect(text).not.toMatch(/Did you mean/i);
  });
});

describe("compression", () => {
  test.each([
    ["gzip", gunzipSync],
    ["br", brotliDecompressSync],
  ] as const)("%s, as the client takes it", async (encoding, unpack) => {
    const plain = await raw(world, "/graphql", json, list);
    const packed = await raw(world, "/graphql", { ...json, "accept-encoding": encoding }, list);
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(packed.headers["content-encoding"]).toBe(encoding);
    expect(unpack(packed.body).toString()).toBe(plain.body.toString());
    expect(packed.body.length).toBeLessThan(plain.body.length / 2);
    const sdl = await raw(world, "/schema.graphql", { "accept-encoding": encoding });
    expect(sdl.headers["content-encoding"]).toBe(encoding);
    expect(unpack(sdl.body).toString()).toContain("type Query");
  });

  test.each(["identity", "gzip;q=0", "zstd", ""])("none for Accept-Encoding: %s", async (encoding) => {
    const { headers, body } = await raw(world, "/graphql", { ...json, "accept-encoding": encoding }, list);
    expect(headers["content-encoding"]).toBeUndefined();
    expect(JSON.parse(body.toString()).data.offers.nodes).toHaveLength(50);
  });

  test("none for what is small", async () => {
    const { headers } = await raw(world, "/graphql", { ...json, "accept-encoding": "br" }, '{"query":"{ __typename }"}');
    expect(headers["content-encoding"]).toBeUndefined();
  });
});

test("the caller's trace goes on to Affise as it came", async () => {
  const seen: (string | undefined)[] = [];
  const affise = createHttpServer((asked, answer) => {
    seen.push(asked.headers.traceparent as string | undefined);
    answer
      .setHeader("content-type", "application/json")
      .end('{"status":1,"offers":[],"pagination":{"total_count":0,"page":1,"per_page":1}}');
  }).listen(0, "127.0.0.1");
  await once(affise, "listening");
  const { port } = affise.address() as AddressInfo;
  const traced = await openWorld(small, { tenants: [{ name: "own", url: `http://127.0.0.1:${port}` }] });
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  await traced.ask("{ offers(first: 1) { totalCount } }", { headers: { traceparent } });
  await traced.ask("{ offers(first: 2) { totalCount } }", { headers: { traceparent: "nonsense" } });
  await Promise.all([traced.close(), new Promise((resolve) => affise.close(resolve))]);
  expect(seen).toEqual([traceparent, undefined]);
});
