import { serverAudits } from "graphql-http";
import { afterAll, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

let passed = 0;

const world = await openWorld({ offers: 5, affiliates: 5, advertisers: 2, conversions: 0 });

afterAll(async () => {
  process.stdout.write(`GraphQL over HTTP: ${passed} of ${audits.length} audits passed\n`);
  await world.close();
});

/** As every client of this API does, the auditor sends its key in a header; a GET without one could come from any page on the web. */
const withKey: typeof fetch = (url, init) => {
  const headers = new Headers(init?.headers);
  headers.set("api-key", "sandbox-general-manager");
  return fetch(url, { ...init, headers });
};

const audits = serverAudits({ url: () => `${world.url}/graphql`, fetchFn: withKey });

describe("GraphQL over HTTP, by the official audits", () => {
  test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))("%s %s", async (_id, _name, audit) => {
    const result = await audit.fn();
    expect(result.status === "ok" ? "ok" : `${result.status}: ${result.reason}`).toBe("ok");
    passed += 1;
  });
});

const get = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${world.url}/graphql?${new URLSearchParams({ query })}`, { headers });

describe("beyond the audits", () => {
  test("a GET that any page could send is refused", async () => {
    const answer = await get("{ __typename }");
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("Cross-Site Request Forgery");
  });

  test("a mutation over GET is refused and sends nothing", async () => {
    const before = world.sandbox.calls();
    const answer = await get('mutation { createCategory(input: { title: "New" }) { category { id } } }', {
      "api-key": "sandbox-general-manager",
    });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("POST");
    expect(world.sandbox.calls()).toEqual(before);
  });

  test("an Accept that takes no answer of ours is refused before the mutation runs, not after", async () => {
    const before = world.sandbox.calls();
    const answer = await fetch(`${world.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/html", "api-key": "sandbox-general-manager" },
      body: JSON.stringify({ query: 'mutation { createCategory(input: { title: "New" }) { category { id } } }' }),
    });
    expect(answer.status).toBe(406);
    expect(world.sandbox.calls()).toEqual(before);
  });

  test.each([
    ["text", { "content-type": "text/plain" }, '{"query":"{__typename}"}', 415],
    ["a list of operations", { "content-type": "application/json" }, '[{"query":"{__typename}"},{"query":"{__typename}"}]', 400],
    ["no JSON", { "content-type": "application/json" }, "{", 400],
    ["an empty body", { "content-type": "application/json" }, "", 400],
    ["a prototype", { "content-type": "application/json" }, '{"query":"{__typename}","__proto__":{"a":1}}', 400],
  ])("%s is refused with words", async (_what, headers, body, status) => {
    const answer = await fetch(`${world.url}/graphql`, { method: "POST", headers, body });
    expect(answer.status).toBe(status);
    const { errors } = (await answer.json()) as { errors: { message: string; extensions: { code: string } }[] };
    expect(errors[0]?.message).toMatch(/\w+ \w+/);
    expect(errors[0]?.extensions.code).toBe("BAD_REQUEST");
  });
});
