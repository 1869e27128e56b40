import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../world/world.js";

const small = { offers: 5, affiliates: 2, advertisers: 2, conversions: 0 };
let world: World;
let strict: World;

beforeAll(async () => {
  world = await openWorld(small, { corsOrigins: ["https://app.acme.com"], bodyBytes: 2_000 });
  strict = await openWorld(small, { playground: false, introspection: false });
});
afterAll(() => Promise.all([world.close(), strict.close()]));

const preflight = (where: World, origin: string) =>
  fetch(`${where.url}/graphql`, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "api-key,content-type" },
  });

describe("other origins", () => {
  test("those of the list may ask, and read the headers they need", async () => {
    const answer = await preflight(world, "https://app.acme.com");
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://app.acme.com");
    expect(answer.headers.get("access-control-allow-headers")).toContain("api-key");
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    const asked = await fetch(`${world.url}/graphql?query=%7B__typename%7D`, {
      headers: { origin: "https://app.acme.com", "api-key": "a" },
    });
    expect(asked.headers.get("access-control-expose-headers")).toContain("ratelimit-policy");
  });

  test("others may not, and without a list nobody may", async () => {
    expect((await preflight(world, "https://evil.example")).headers.get("access-control-allow-origin")).not.toBe(
      "https://evil.example",
    );
    expect((await preflight(strict, "https://app.acme.com")).headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("what a caller's headers may do", () => {
  /** Sends bytes that no HTTP client would. */
  const raw = (key: string) =>
    new Promise<string>((resolve, reject) => {
      const body = '{"query":"{ offer(id: 1) { id } }"}';
      const socket = connect(Number(new URL(world.url).port), "127.0.0.1", () => {
        socket.write(
          Buffer.from(
            `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\nAPI-Key: ${key}\r\n\r\n${body}`,
            "latin1",
          ),
        );
      });
      let answer = "";
      socket.on("data", (chunk) => {
        answer += String(chunk);
      });
      socket.on("close", () => resolve(answer));
      socket.on("error", reject);
    });

  test.each([
    ["two keys", "one, two", 401],
    ["latin1", "cl\u00e9", 401],
    ["a control character", "one\u0001", 400],
    ["a tab inside", "one\ttwo", 401],
    ["a smuggled line", "one\nX-Evil: 1", 400],
    ["too long", "k".repeat(513), 401],
  ])("a key with %s never leaves", async (_what, key, status) => {
    const before = world.sandbox.calls();
    const answer = await raw(key);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
    if (status === 401) expect(answer).toContain('"code":"UNAUTHENTICATED"');
    expect(world.sandbox.calls()).toEqual(before);
  });

  test("the host comes from the settings, whatever a request says", async () => {
    const { errors } = await world.ask("{ offer(id: 1) { id } }", { headers: { "x-affise-tenant": "http://evil.example" } });
    expect(errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
    expect(errors?.[0]?.message).toContain("none of the networks");
  });

  test("X-Request-Id comes back; what is no id gets one of ours", async () => {
    const ask = (id: string) =>
      fetch(`${world.url}/graphql?query=%7B__typename%7D`, { headers: { "x-request-id": id, "api-key": "a" } });
    expect((await ask("trace-1")).headers.get("x-request-id")).toBe("trace-1");
    expect((await ask("<script>")).headers.get("x-request-id")).toMatch(/^[\w-]+$/);
  });
});

describe("bodies and clients", () => {
  test("a body over the limit is refused unread", async () => {
    const answer = await fetch(`${world.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ __typename }", variables: { a: "x".repeat(3_000) } }),
    });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain("2000 bytes");
  });

  test("a half-closed client gets its answer", async () => {
    const body = '{"query":"{ __typename }"}';
    const answer = await new Promise<string>((resolve, reject) => {
      const asked = request(
        `${world.url}/graphql`,
        { method: "POST", headers: { "content-type": "application/json", connection: "close" } },
        (response) => {
          let text = "";
          response.on("data", (chunk) => {
            text += String(chunk);
          });
          response.on("end", () => resolve(text));
        },
      );
      asked.on("error", reject);
      asked.end(body, () => asked.socket?.end());
    });
    expect(JSON.parse(answer)).toEqual({ data: { __typename: "Query" } });
  });
});

describe("switches", () => {
  test("the page comes with a policy that lets nothing else in; the API without", async () => {
    // Served as the page is, also where it is not built.
    const page = await fetch(`${world.url}/playground.json`);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe-eval");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await page.json()).toMatchObject({ networks: [{ name: "sandbox", api: world.upstream }] });
  });

  test("a request that names the host of its network goes to no other", async () => {
    const { host } = new URL(world.upstream);
    expect((await world.ask("{ offer(id: 1) { id } }", { headers: { "x-affise-host": host } })).data).toEqual({
      offer: { id: "1" },
    });
    const { errors } = await world.ask("{ offer(id: 1) { id } }", { headers: { "x-affise-host": "api-acme.affise.com" } });
    expect(errors?.[0]?.message).toContain(`X-Affise-Host: "api-acme.affise.com" is not the network of this request`);
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  test("no playground, no introspection", async () => {
    expect((await fetch(`${strict.url}/`)).status).toBe(404);
    expect((await fetch(`${strict.url}/playground.json`)).status).toBe(404);
    expect((await strict.ask("{ __schema { types { name } } }")).errors?.[0]?.message).toMatch(/introspection/i);
    expect((await strict.ask("{ offer(id: 1) { id } }")).data).toEqual({ offer: { id: "1" } });
  });
});
