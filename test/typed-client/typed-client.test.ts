import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import {
  AnswerError,
  type ClientOptions,
  createClient,
  type Fault,
  NoAnswerError,
  OffersDocument,
  type OffersQuery,
  TopAffiliatesDocument,
  UpdateOffersDocument,
  ViewerDocument,
} from "../../client/src/index.js";
import { openWorld } from "../world/world.js";

const create = 'mutation ($title: String! = "New") { createCategory(input: { title: $title }) { category { title } } }';

const world = await openWorld(
  { offers: 30, affiliates: 10, advertisers: 3, conversions: 200 },
  { session: { timeoutMs: 1_000 } },
);
afterAll(() => world.close());
beforeEach(() => world.sandbox.reset());

const clientOf = (options: Partial<ClientOptions> = {}) =>
  createClient({ url: `${world.url}/graphql`, apiKey: "sandbox-general-manager", ...options });

const writes = () =>
  Object.entries(world.sandbox.calls()).reduce((sum, [operation, times]) => sum + (operation.startsWith("GET") ? 0 : times), 0);

const spoil = (fault: object) =>
  fetch(`${world.upstream}/sandbox/faults`, { method: "POST", body: JSON.stringify({ operation: "*", ...fault }) });

/** A fetch that carries out each request, and then plays what befalls its answer. */
const unlucky = (...fates: ((answer: Response) => Response | Promise<Response>)[]) => {
  const sent: Headers[] = [];
  const fetchIt: typeof fetch = async (url, init) => {
    sent.push(new Headers(init?.headers));
    const answer = await fetch(url, init);
    const fate = fates.shift();
    return fate ? fate(answer) : answer;
  };
  return { sent, fetch: fetchIt };
};

const lost = () => Promise.reject(new TypeError("fetch failed"));
const badGateway = () => new Response("<html>Bad gateway</html>", { status: 502 });
const refusal =
  (code: string, status: number, extensions: object = {}) =>
  () =>
    new Response(JSON.stringify({ errors: [{ message: code, extensions: { code, ...extensions } }] }), {
      status,
      headers: { "retry-after": "0" },
    });

test("it needs nothing but the platform, in Node, Bun, Deno and browsers alike", () => {
  const folder = fileURLToPath(new URL("../../client", import.meta.url));
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  expect([dependencies, peerDependencies]).toEqual([undefined, undefined]);
  const files = readdirSync(join(folder, "src"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const imports = files.flatMap((name) =>
    [...readFileSync(join(folder, "src", name), "utf8").matchAll(/^(?:import|export)\b[^;]*? from ["']([^"']+)["'];?$/gm)].map(
      ([, from]) => from,
    ),
  );
  expect(imports.length).toBeGreaterThan(10);
  expect(imports.filter((from) => !from?.startsWith("./"))).toEqual([]);
});

test("options that may be there or not are passed on as they are, under the strictest compiler", { timeout: 60_000 }, () => {
  const file = fileURLToPath(new URL("caller.ts", import.meta.url));
  const text = `import { type ClientOptions, createClient, type RequestOptions } from "../../client/src/index.js";
    type MayBe<Options> = { [Name in keyof Options]: Options[Name] | undefined };
    declare const options: MayBe<Omit<ClientOptions, "url" | "apiKey">>;
    declare const request: MayBe<RequestOptions>;
    void createClient({ url: "", apiKey: "", ...options, client: { name: "", version: options.tenant } }).result("", {}, request);`;
  const options = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: true, noEmit: true },
    ...{ module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023, types: ["node"] },
  };
  const host = ts.createCompilerHost(options);
  const read = host.readFile;
  host.readFile = (name) => (name === file ? text : read(name));
  const exists = host.fileExists;
  host.fileExists = (name) => name === file || exists(name);
  const program = ts.createProgram([file], options, host);
  const faults = program.getSemanticDiagnostics(program.getSourceFile(file));
  expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
});

describe("asking", () => {
  test("typed operations, with and without variables", async () => {
    const client = clientOf();
    const { viewer } = await client.request(ViewerDocument);
    expect(viewer?.__typename).toBe("User");
    const { offers } = await client.request(OffersDocument, { first: 2, filter: { status: ["ACTIVE"] } });
    expectTypeOf(offers).toEqualTypeOf<OffersQuery["offers"]>();
    expect(offers?.nodes.map(({ status }) => status)).toEqual(["ACTIVE", "ACTIVE"]);
    const { statistics } = await client.request(TopAffiliatesDocument, { from: "2026-01-01", to: "2026-01-31", first: 1 });
    expect(statistics).not.toBeNull();
    // @ts-expect-error: variables that must be given are asked for.
    await expect(client.request(TopAffiliatesDocument)).rejects.toBeInstanceOf(AnswerError);
    // @ts-expect-error: so are their types.
    await expect(client.request(OffersDocument, { first: "many" })).rejects.toBeInstanceOf(AnswerError);
  });

  test("a plain text, a key that is fetched, headers, a dry run and its extensions", async () => {
    const { sent, fetch } = unlucky();
    const client = clientOf({
      fetch,
      apiKey: async () => "sandbox-general-manager",
      client: { name: "shop", version: "1.2" },
      headers: { "x-affise-cost": "1" },
    });
    const answer = await client.result(create, {}, { dryRun: true, headers: { "x-request-id": "mine" } });
    expect(answer.extensions).toMatchObject({
      affise: { dryRun: [{ operation: "POST /3.0/admin/category" }] },
      cost: { restCalls: 1 },
    });
    expect(writes()).toBe(0);
    const [headers] = sent;
    expect([headers?.get("apollographql-client-name"), headers?.get("x-request-id")]).toEqual(["shop", "mine"]);
  });

  test("a header of the caller's takes the place of the client's, however it is spelled", async () => {
    const { sent, fetch } = unlucky();
    const client = clientOf({ fetch, headers: { "Idempotency-Key": "all", "X-Affise-Cost": "1" } });
    const headers = { "IDEMPOTENCY-KEY": "mine", "Content-Type": "application/json; charset=utf-8", "x-affise-cost": "0" };
    await client.result("mutation { __typename }", {}, { headers });
    const names = ["idempotency-key", "content-type", "x-affise-cost"];
    expect(names.map((name) => sent[0]?.get(name))).toEqual(["mine", "application/json; charset=utf-8", "0"]);
  });

  test.each([
    ["a query", "{ __typename }", false],
    [
      "a query that speaks of mutations",
      'query mutation { a: __typename # mutation\n b: offers(filter: { search: "} mutation {" }) { totalCount } }',
      false,
    ],
    ["a block string", '{ offers(filter: { search: """ " } mutation { """ }) { totalCount } }', false],
    [
      "a fragment before a mutation",
      "fragment F on CreateCategoryPayload { category { title } } mutation M { __typename }",
      true,
    ],
    ["a mutation without a name", "mutation{__typename}", true],
  ])("an Idempotency-Key goes with mutations only: %s", async (_, text, isMutation) => {
    const { sent, fetch } = unlucky();
    await clientOf({ fetch }).result(text);
    expect(sent[0]?.has("idempotency-key")).toBe(isMutation);
  });
});

describe("errors are told apart by type", () => {
  test("an answer's errors by code, with what came all the same", async () => {
    const answer = await clientOf({ apiKey: "sandbox-affiliate" }).result("{ viewer { __typename } users { totalCount } }");
    expect(answer.ok).toBe(false);
    if (answer.ok || answer.error.kind !== "answer") throw new Error("an answer with errors");
    expect(answer.error.code).toBe("FORBIDDEN");
    expect(answer.error.data).toEqual({ viewer: { __typename: "Affiliate" }, users: { totalCount: null } });
    expect(answer.error.faults[0].path).toEqual(["users", "totalCount"]);
  });

  test("a fault's details hang on its code", async () => {
    const dear = "{ offers(first: 10000) { nodes { capsTimezone } } }";
    const error = await clientOf()
      .request(dear)
      .catch((thrown: unknown) => thrown);
    if (!(error instanceof AnswerError)) throw new Error("an AnswerError");
    const [fault] = error.faults;
    if (fault.code !== "QUERY_TOO_EXPENSIVE") throw new Error(fault.code);
    expect(fault.limit).toBe(50_000);
    const wrong = await clientOf().result("{ offers(first: 0) { totalCount } }");
    if (wrong.ok || !(wrong.error instanceof AnswerError)) throw new Error("an AnswerError");
    expect(wrong.error.faults).toEqual([expect.objectContaining({ code: "BAD_USER_INPUT", arguments: ["first"] })]);
    expectTypeOf<Extract<Fault, { code: "BAD_USER_INPUT" }>["arguments"]>().toEqualTypeOf<string[] | undefined>();
    expectTypeOf<Fault["code"]>().not.toEqualTypeOf<string>();
  });

  test("no answer at all", async () => {
    const away = createClient({ url: "http://127.0.0.1:9/graphql", apiKey: "x", retries: 0 });
    const error = await away.request(ViewerDocument).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error).toMatchObject({
      kind: "no answer",
      status: 0,
      message: "The server was not reached, or its answer broke off.",
    });
  });

  test("an answer that does not come in time, and one that nobody waits for", async () => {
    const silent: Server = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const slow = await createClient({ url, apiKey: "x", timeoutMs: 50, retries: 0 }).result(ViewerDocument);
    expect(slow).toMatchObject({ ok: false, error: { message: "The server did not answer within 50 ms." } });
    const signal = AbortSignal.timeout(50);
    const thrown = await createClient({ url, apiKey: "x" })
      .result(ViewerDocument, {}, { signal })
      .catch((error: unknown) => error);
    expect(thrown).toBe(signal.reason);
    silent.closeAllConnections();
    silent.close();
  });
});

describe("repeats", () => {
  test.each([
    ["the answer is lost", lost],
    ["a gateway answers", badGateway],
  ])("a mutation is carried out once and its answer comes in the end: %s", async (_, fate) => {
    const { sent, fetch } = unlucky(fate, fate);
    expect(await clientOf({ fetch }).request(create)).toEqual({ createCategory: { category: { title: "New" } } });
    expect(writes()).toBe(1);
    expect(new Set(sent.map((headers) => headers.get("idempotency-key"))).size).toBe(1);
    expect(sent).toHaveLength(3);
  });

  test("each mutation has a key of its own", async () => {
    const client = clientOf();
    await client.request(create, { title: "A" });
    await client.request(create, { title: "B" });
    expect(writes()).toBe(2);
    await client.request(create, { title: "C" }, { idempotencyKey: "mine" });
    await client.request(create, { title: "C" }, { idempotencyKey: "mine" });
    expect(writes()).toBe(3);
  });

  test("a change whose fate is unknown is not made again, whatever its fault", async () => {
    await spoil({ kind: "reset" });
    const { sent, fetch } = unlucky();
    const answer = await clientOf({ fetch }).result(create);
    expect(answer).toMatchObject({ ok: false, error: { faults: [{ outcome: "UNKNOWN" }] } });
    expect(sent).toHaveLength(1);
    await fetchFaultsAway();
  });

  const fetchFaultsAway = () => fetch(`${world.upstream}/sandbox/faults`, { method: "DELETE" });
  const once = "{ offer(id: 1) { id } }";

  test.each<[string, string, () => Response, number]>([
    ["a rate limit", once, refusal("RATE_LIMITED", 429), 2],
    ["a gateway's rate limit", once, () => new Response("<html>", { status: 429, headers: { "retry-after": "0" } }), 2],
    ["a gateway's rate limit of a change", create, () => new Response("", { status: 429, headers: { "retry-after": "0" } }), 2],
    ["a gateway that knows no such page", once, () => new Response("<html>", { status: 404 }), 1],
    ["too much to do", once, refusal("OVERLOADED", 503), 2],
    ["Affise asks to wait", once, refusal("UPSTREAM_RATE_LIMITED", 200), 2],
    ["Affise is away", once, refusal("UPSTREAM_UNREACHABLE", 200), 2],
    ["a mistake", once, refusal("BAD_USER_INPUT", 200), 1],
    ["a wrong key", once, refusal("UNAUTHENTICATED", 401), 1],
    ["a change that was not sent", create, refusal("UPSTREAM_UNREACHABLE", 200, { outcome: "NOT_SENT" }), 2],
    ["a change that is still under way", create, refusal("OVERLOADED", 409), 2],
    ["a change that may be done", create, refusal("UPSTREAM_TIMEOUT", 200, { outcome: "UNKNOWN" }), 1],
    ["a change that was refused", create, refusal("UPSTREAM_RATE_LIMITED", 200, { outcome: "REFUSED" }), 1],
  ])("%s", async (_, text, fate, times) => {
    const { sent, fetch } = unlucky(fate);
    const answer = await clientOf({ fetch }).result(text);
    expect(sent).toHaveLength(times);
    expect(answer.ok).toBe(times === 2);
  });

  test("no longer than the caller lets the server ask for, and no more often than told", async () => {
    for (const wait of ["3600", new Date(Date.now() + 3_600_000).toUTCString()]) {
      const longer = () =>
        new Response('{"errors":[{"message":"x","extensions":{"code":"RATE_LIMITED"}}]}', {
          status: 429,
          headers: { "retry-after": wait },
        });
      const patient = unlucky(longer);
      expect(await clientOf({ fetch: patient.fetch }).result(once)).toMatchObject({ error: { code: "RATE_LIMITED" } });
      expect(patient.sent).toHaveLength(1);
    }
    const never = unlucky(refusal("OVERLOADED", 503));
    expect((await clientOf({ fetch: never.fetch, retries: 0 }).result(once)).ok).toBe(false);
  });

  test("a partial answer is kept and not asked for again", async () => {
    const { sent, fetch } = unlucky(
      () => new Response('{"data":{"a":1,"b":null},"errors":[{"message":"x","extensions":{"code":"UPSTREAM_TIMEOUT"}}]}'),
    );
    expect(await clientOf({ fetch }).result(once)).toMatchObject({ error: { data: { a: 1, b: null } } });
    expect(sent).toHaveLength(1);
  });

  test("items tell their own outcome", async () => {
    const input = { changes: [{ offerIds: [1, 987_654], status: "ACTIVE" as const }] };
    const { updateOffers } = await clientOf().request(UpdateOffersDocument, { input });
    expect(updateOffers?.results.map(({ outcome }) => outcome)).toEqual(["DONE", "NOT_SENT"]);
  });
});
