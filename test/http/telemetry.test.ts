import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, expect, test } from "vitest";
import { logOptions } from "../../src/telemetry/log.js";
import { openWorld } from "../world/world.js";

const lines: Record<string, unknown>[] = [];

/** A logger whose lines land in the list. */
const loggerInto = (list: Record<string, unknown>[]) =>
  pino(
    logOptions("info"),
    new Writable({
      write(chunk, _, done) {
        list.push(JSON.parse(String(chunk)));
        done();
      },
    }),
  );

const world = await openWorld(
  { offers: 10, affiliates: 5, advertisers: 2, conversions: 0 },
  { logger: loggerInto(lines), metrics: true },
);
afterAll(() => world.close());

const operations = () => lines.filter(({ msg }) => msg === "operation");

test("one line an operation, with its id, name, time, REST calls and outcome", async () => {
  await world.ask("query Two { offers(first: 2) { nodes { advertiser { email } } } }", { headers: { "x-request-id": "abc-1" } });
  await world.ask("{ offer(id: 999) { id } affiliates(first: 1) { nodes { id } } }", { key: "sandbox-affiliate" });
  await world.ask("{ nope }");
  const [two, refused, invalid] = operations();
  expect(two).toMatchObject({
    level: 30,
    requestId: "abc-1",
    tenant: "sandbox",
    operation: "Two",
    type: "query",
    restCalls: 2,
    outcome: "ok",
  });
  expect(two?.ms).toBeGreaterThan(0);
  expect(two?.key).toMatch(/^[\w-]{8}$/);
  expect(refused).toMatchObject({ operation: null, outcome: expect.arrayContaining(["FORBIDDEN"]) });
  expect(refused?.key).not.toBe(two?.key);
  expect(invalid).toMatchObject({ type: "invalid", restCalls: 0, outcome: ["GRAPHQL_VALIDATION_FAILED"] });
});

test("a query that was asked before is told of like the first, whether it goes well or not", async () => {
  const told: Record<string, unknown>[] = [];
  const again = await openWorld({ offers: 3, affiliates: 1, advertisers: 1, conversions: 0 }, { logger: loggerInto(told) });
  const query = "query Again($id: ID!) { offer(id: $id) { id } }";
  const answers = [];
  for (const id of ["1", "2", "x"])
    answers.push(await again.ask(query, { variables: { id }, headers: { "x-affise-trace": "1" } }));
  expect(answers.map(({ extensions }) => extensions?.affise?.calls.map(({ operation }) => operation))).toEqual([
    ["GET /3.0/offers"],
    ["GET /3.0/offers"],
    [],
  ]);
  expect(told.filter(({ msg }) => msg === "operation")).toMatchObject([
    { operation: "Again", type: "query", restCalls: 1, outcome: "ok" },
    { operation: "Again", type: "query", restCalls: 1, outcome: "ok" },
    { operation: "Again", type: "query", restCalls: 0, outcome: ["BAD_USER_INPUT"] },
  ]);
  await again.close();
});

test("metrics count operations, errors and REST calls", async () => {
  const answer = await fetch(`${world.url}/metrics`);
  expect(answer.headers.get("content-type")).toContain("text/plain");
  const text = await answer.text();
  for (const line of [
    'affise_graphql_operations_total{type="query",outcome="ok"} 1',
    'affise_graphql_errors_total{code="GRAPHQL_VALIDATION_FAILED"} 1',
    'affise_graphql_rest_calls_total{operation="GET /3.0/admin/advertisers",outcome="ok",source="network"} 1',
    "affise_graphql_rest_calls_per_operation_count 3",
    'affise_graphql_http_responses_total{status="200"} 3',
  ]) {
    expect(text).toContain(line);
  }
  expect(text).toMatch(/affise_graphql_batch_size_count [1-9]/);
  expect(text).toContain('affise_graphql_rest_queue{state="waiting"} 0');
  expect(text).toMatch(/affise_graphql_event_loop_lag_seconds \d/);
  expect(text).toContain("process_resident_memory_bytes");
});

test("names are cut, wherever they go, and the client and its trace are told", async () => {
  lines.length = 0;
  const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  const headers = {
    "apollographql-client-name": "shop".padEnd(10_000, "x"),
    "apollographql-client-version": "1.2.3",
    traceparent: `00-${trace}-00f067aa0ba902b7-01`,
  };
  await world.ask(`query N${"x".repeat(900_000)} { __typename }`, { headers });
  await world.ask("{ __typename }", { headers: { traceparent: `00-${"0".repeat(32)}-00f067aa0ba902b7-01` } });
  const [told, without] = operations();
  expect(told).toMatchObject({ client: expect.stringMatching(/^shopx{60}…$/), clientVersion: "1.2.3", trace });
  expect(String(told?.operation)).toMatch(/^Nx{99}…$/);
  expect(without).not.toHaveProperty("trace");
  expect(without).not.toHaveProperty("client");
});

test("however many clients name themselves, the metrics keep their size", async () => {
  for (let count = 0; count < 150; count += 1)
    await world.ask("{ __typename }", { headers: { "apollographql-client-name": `client-${count}` } });
  const text = await (await fetch(`${world.url}/metrics`)).text();
  const clients = text.split("\n").filter((line) => line.startsWith("affise_graphql_client_operations_total{"));
  expect(clients.length).toBeLessThanOrEqual(101);
  expect(clients.join("\n")).toMatch(/\{client="other",version="other"\} [1-9]/);
});

test("a client that goes away says nothing of Affise", async () => {
  await fetch(`${world.upstream}/sandbox/faults`, {
    method: "POST",
    body: JSON.stringify({ operation: "GET /3.0/goals", kind: "hang" }),
  });
  const ended = new AbortController();
  const headers = { "content-type": "application/json", "api-key": "sandbox-general-manager", "x-request-id": "gone-1" };
  const asked = fetch(`${world.url}/graphql`, {
    method: "POST",
    headers,
    body: JSON.stringify({ query: "{ goals { id } }" }),
    signal: ended.signal,
  });
  setTimeout(() => ended.abort(), 300);
  await expect(asked).rejects.toThrow();
  await expect
    .poll(() => operations().find(({ requestId }) => requestId === "gone-1"))
    .toMatchObject({ restCalls: 1, outcome: ["CLIENT_GONE"] });
  const text = await (await fetch(`${world.url}/metrics`)).text();
  expect(text).toContain('affise_graphql_errors_total{code="CLIENT_GONE"} 1');
  expect(text).toContain('affise_graphql_rest_calls_total{operation="GET /3.0/goals",outcome="given up",source="network"} 1');
  expect(text).not.toContain("UPSTREAM_UNREACHABLE");
});

test("without being asked there are no metrics", async () => {
  const plain = await openWorld({ offers: 1, affiliates: 1, advertisers: 1, conversions: 0 }, { metrics: false });
  expect((await fetch(`${plain.url}/metrics`)).status).toBe(404);
  await plain.close();
});
