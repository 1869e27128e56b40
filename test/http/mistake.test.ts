import { createHash } from "node:crypto";
import { connect } from "node:net";
import { Writable } from "node:stream";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { pino } from "pino";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { errorCodes } from "../../src/affise/error/error-code.js";
import { logOptions } from "../../src/telemetry/log.js";
import { openWorld, type Reply } from "../world/world.js";

const lines: { level: number; msg: string; [more: string]: unknown }[] = [];
/** The lines about requests, without that of the start. */
const levels = () =>
  lines.filter(({ msg }) => msg !== undefined && !msg.startsWith("Server listening")).map(({ level }) => level);
const logger = pino(
  logOptions("info"),
  new Writable({
    write(chunk, _, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  }),
);

const world = await openWorld({ offers: 5, affiliates: 2, advertisers: 2, conversions: 0 }, { logger, bodyBytes: 20_000 });
afterAll(() => world.close());
afterEach(() => {
  lines.length = 0;
});

const modern = "application/graphql-response+json";
const jsonBody = { "content-type": "application/json", "api-key": "sandbox-general-manager" };

const post = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
  const response = await fetch(`${world.url}/graphql`, { method: "POST", headers: { ...jsonBody, ...headers }, body });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, answer: JSON.parse(text) as Partial<Reply> };
};

const two = "query A { offer(id: 1) { id } } query B { offer(id: 2) { id } }";
const hash = (text: string) => createHash("sha256").update(text).digest("hex");

const operations: [what: string, body: unknown, code: string, says: RegExp][] = [
  ["a wrong operationName", { query: two, operationName: "C" }, "OPERATION_RESOLUTION_FAILURE", /no operation "C".*A, B/],
  ["an empty operationName", { query: two, operationName: "" }, "OPERATION_RESOLUTION_FAILURE", /no operation ""/],
  ["no operationName for two", { query: two }, "OPERATION_RESOLUTION_FAILURE", /2 operations; say which/],
  ["null for the operationName of two", { query: two, operationName: null }, "OPERATION_RESOLUTION_FAILURE", /say which/],
  ["a name for one without", { query: "{ __typename }", operationName: "A" }, "OPERATION_RESOLUTION_FAILURE", /has no name/],
  ["fragments alone", { query: "fragment F on Offer { id }" }, "GRAPHQL_VALIDATION_FAILED", /never used/],
  ["a subscription", { query: "subscription { offers { id } }" }, "OPERATION_RESOLUTION_FAILURE", /no subscriptions/],
  [
    "a named subscription beside",
    { query: `${two} subscription S { x }`, operationName: "S" },
    "OPERATION_RESOLUTION_FAILURE",
    /no subscriptions/,
  ],
  ["an operationName that is a number", { query: two, operationName: 1 }, "BAD_REQUEST", /operationName must be a string/],
  ["no query", { variables: {} }, "BAD_REQUEST", /query is missing/],
  ["an empty query", { query: "" }, "BAD_REQUEST", /query is missing/],
  ["null for the query", { query: null }, "BAD_REQUEST", /query is missing/],
  ["a query that is a document", { query: { kind: "Document" } }, "BAD_REQUEST", /query must be a string/],
  [
    "variables as text",
    { query: "{ __typename }", variables: '{"a":1}' },
    "BAD_REQUEST",
    /variables must be a JSON object, not a string/,
  ],
  ["variables as a list", { query: "{ __typename }", variables: [1] }, "BAD_REQUEST", /variables must be/],
  ["extensions as text", { query: "{ __typename }", extensions: "x" }, "BAD_REQUEST", /extensions must be/],
  ["a list of operations", [{ query: "{ __typename }" }], "BAD_REQUEST", /one operation a request/],
  ["a text", "x", "BAD_REQUEST", /must be a JSON object/],
  ["null", null, "BAD_REQUEST", /must be a JSON object/],
  ["what is no GraphQL", { query: "{ offers {" }, "GRAPHQL_PARSE_FAILED", /Syntax Error/],
  ["an unknown field", { query: "{ nope }" }, "GRAPHQL_VALIDATION_FAILED", /nope/],
  [
    "a persisted query with another hash",
    { query: "{ __typename }", extensions: { persistedQuery: { version: 1, sha256Hash: hash("x") } } },
    "BAD_REQUEST",
    /not the SHA-256/,
  ],
  [
    "a persisted query of another version",
    { extensions: { persistedQuery: { version: 2, sha256Hash: hash("x") } } },
    "BAD_REQUEST",
    /version must be 1/,
  ],
  [
    "a persisted query with an odd hash",
    { extensions: { persistedQuery: { version: 1, sha256Hash: { a: 1 } } } },
    "BAD_REQUEST",
    /64 hexadecimal/,
  ],
  ["a persisted query that is a text", { extensions: { persistedQuery: "x" } }, "BAD_REQUEST", /version must be 1/],
  ["a missing variable", { query: "query ($id: ID!) { offer(id: $id) { id } }" }, "BAD_USER_INPUT", /\$id/],
  [
    "a variable of the wrong type",
    { query: "query ($n: Int) { offers(first: $n) { totalCount } }", variables: { n: "10000" } },
    "BAD_USER_INPUT",
    /\$n/,
  ],
  [
    "an unknown enum value",
    { query: "query ($f: OfferFilter) { offers(filter: $f) { totalCount } }", variables: { f: { status: ["RUNNING"] } } },
    "BAD_USER_INPUT",
    /\$f/,
  ],
  [
    "a hundred faults in a variable",
    {
      query: "query ($f: OfferFilter) { offers(filter: $f) { totalCount } }",
      variables: { f: { status: Array(100).fill("X") } },
    },
    "BAD_USER_INPUT",
    /\$f/,
  ],
  ["the wrong literal", { query: '{ offers(first: "x") { totalCount } }' }, "BAD_USER_INPUT", /first/],
  ["too many tokens", { query: `{ ${"a ".repeat(5_001)} }` }, "GRAPHQL_PARSE_FAILED", /5000 tokens/],
];

describe("a caller's mistake is a 4xx with a code, in words, the same at every sight, and a line at info", () => {
  test.each(operations)("%s", async (_what, body, code, says) => {
    expect(Object.keys(errorCodes)).toContain(code);
    const text = JSON.stringify(body);
    const first = await post(text, { accept: modern });
    expect(first.status, first.text).toBe(400);
    expect(first.answer.errors?.[0]?.extensions.code).toBe(code);
    expect(first.answer.errors?.[0]?.message).toMatch(says);
    expect(first.text).not.toMatch(/stack|node_modules/);
    expect((await post(text, { accept: modern })).text).toBe(first.text);
    const old = await post(text, { accept: "application/json" });
    expect(old.text).toBe(first.text);
    expect(old.status).toBeLessThan(500);
    expect(levels()).toEqual([30, 30, 30]);
  });

  test("a persisted query that is not known yet is told as clients expect it, and is known once sent", async () => {
    const query = "query Known { __typename }";
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash(query) } };
    const unknown = await post(JSON.stringify({ extensions }));
    expect([unknown.status, unknown.answer.errors?.[0]?.extensions.code]).toEqual([200, "PERSISTED_QUERY_NOT_FOUND"]);
    await post(JSON.stringify({ query, extensions }));
    expect((await post(JSON.stringify({ extensions }))).answer.data).toEqual({ __typename: "Query" });
    expect(levels()).toEqual([30, 30, 30]);
  });
});

const fine = '{"query":"{ __typename }"}';
const bytes = (...parts: (string | Uint8Array)[]) => new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))));

describe("bodies", () => {
  test.each([
    ["with a byte order mark", bytes("\uFEFF", fine), {}],
    ["packed by gzip", bytes(gzipSync(fine)), { "content-encoding": "gzip" }],
    ["packed by deflate", bytes(deflateSync(fine)), { "content-encoding": "deflate" }],
    ["packed by brotli", bytes(brotliCompressSync(fine)), { "content-encoding": "br" }],
    ["with a charset", bytes(fine), { "content-type": "application/json; charset=UTF-8" }],
  ])("%s are read", async (_what, body, headers) => {
    expect((await post(body, headers)).answer).toEqual({ data: { __typename: "Query" } });
  });

  test.each([
    ["no JSON", bytes("{"), {}, 400, /not JSON/],
    ["nothing", bytes(""), {}, 400, /empty/],
    ["said to be gzip", bytes(fine), { "content-encoding": "gzip" }, 400, /not packed by gzip/],
    ["an encoding of no server", bytes(fine), { "content-encoding": "compress" }, 415, /gzip, deflate or br/],
    ["an encoding by a name of every object", bytes(fine), { "content-encoding": "constructor" }, 415, /gzip, deflate or br/],
    ["a bomb", bytes(gzipSync("x".repeat(1_000_000))), { "content-encoding": "gzip" }, 413, /20000 bytes/],
    ["text", bytes(fine), { "content-type": "text/plain" }, 415, /application\/json/],
    ["a form", bytes("query=1"), { "content-type": "application/x-www-form-urlencoded" }, 415, /application\/json/],
    ["GraphQL as such", bytes("{ __typename }"), { "content-type": "application/graphql" }, 415, /application\/json/],
    ["an unheard-of type", bytes(fine), { "content-type": "nonsense" }, 415, /application\/json/],
  ])("%s is refused in words, with a line at info", async (_what, body, headers, status, says) => {
    const found = await post(body, headers as Record<string, string>);
    expect(found.status, found.text).toBe(status);
    expect(found.answer.errors?.[0]?.extensions.code).toBe("BAD_REQUEST");
    expect(found.answer.errors?.[0]?.message).toMatch(says);
    expect(lines).toMatchObject([{ level: 30, msg: "refused", status }]);
  });

  test.each([
    ["whose length is told", false],
    ["that comes in pieces", true],
  ])("a body of 5 MB %s gets its answer before the connection ends", async (_what, inPieces) => {
    const part = Buffer.alloc(100_000, "x");
    const answer = await new Promise<string>((resolve, reject) => {
      let text = "";
      const socket = connect(Number(new URL(world.url).port), "127.0.0.1", () => {
        const length = inPieces ? "Transfer-Encoding: chunked" : `Content-Length: ${50 * part.length}`;
        socket.write(`POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${length}\r\n\r\n`);
        for (let count = 0; count < 50; count += 1) {
          if (inPieces) socket.write(`${part.length.toString(16)}\r\n`);
          socket.write(part);
          if (inPieces) socket.write("\r\n");
        }
        if (inPieces) socket.write("0\r\n\r\n");
      });
      socket.on("data", (chunk) => {
        text += String(chunk);
      });
      socket.on("error", reject);
      socket.on("close", () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1.1 413/);
    expect(answer).toContain("20000 bytes");
  });

  test.each(["PUT", "PATCH", "DELETE"])("%s is told what is taken", async (method) => {
    const response = await fetch(`${world.url}/graphql`, { method, headers: jsonBody, body: fine });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, POST"]);
  });
});

describe("GET", () => {
  const get = (search: string) => fetch(`${world.url}/graphql${search}`, { headers: { "api-key": "sandbox-general-manager" } });

  test.each([
    ["no query", "", /query is missing/],
    ["a query twice", "?query={__typename}&query={__typename}", /more than once/],
    ["variables that are no JSON", "?query={__typename}&variables={", /not JSON/],
    ["variables that are no object", "?query={__typename}&variables=[]", /JSON object/],
    ["a wrong operationName", "?query={__typename}&operationName=X", /no operation \\"X\\"/],
  ])("%s is told in words", async (_what, search, says) => {
    const response = await get(search);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(says);
    expect(levels()).toEqual([30]);
  });

  test("a query with everything is answered", async () => {
    const search = new URLSearchParams({
      query: `query Q($id: ID!) { offer(id: $id) { id } }`,
      variables: '{"id":"2"}',
      operationName: "Q",
    });
    expect(await (await get(`?${search}`)).json()).toEqual({ data: { offer: { id: "2" } } });
  });
});

test("the wait that Affise asks for is passed on as a header", async () => {
  await fetch(`${world.upstream}/sandbox/faults`, {
    method: "POST",
    body: JSON.stringify({ operation: "GET /3.0/offers", kind: "rate-limit", retryAfter: 3_600 }),
  });
  const refused = await post('{"query":"{ offers(first: 3) { totalCount } }"}');
  await fetch(`${world.upstream}/sandbox/faults`, { method: "POST", body: "[]" });
  expect(refused.answer.errors?.[0]?.extensions).toMatchObject({ code: "UPSTREAM_RATE_LIMITED", retryAfterSeconds: 3600 });
  expect(refused.headers.get("retry-after")).toBe("3600");
});
