import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ServerOptions } from "../../src/server.js";
import { openWorld, type World } from "../world/world.js";

const sizes = { offers: 12, affiliates: 4, advertisers: 2, conversions: 0 };
const hash = (text: string, algorithm = "sha256") => createHash(algorithm).update(text).digest("hex");

const fromCodegen = "query Offers($n: Int = 2) { offers(first: $n) { nodes { id } } }";
const fromApollo = "query Offer($id: ID!) { offer(id: $id) { id } }";
const ofIos = "query Ios { viewer { __typename } }";
const fromRelay = "query TitleQuery { offer(id: 1) { ...F } } fragment F on Offer { id title }";
const plain = "{ __typename }\n";
const change = 'mutation New($title: String! = "New") { createCategory(input: { title: $title }) { category { title } } }';
/** More tokens, aliases and directives than a stranger may send. */
const wide = `{ ${Array.from({ length: 1_500 }, (_, index) => `a${index}: __typename @include(if: true)`).join(" ")} }`;

const folder = mkdtempSync(join(tmpdir(), "manifests-"));
const write = (name: string, text: string | object) => {
  writeFileSync(join(folder, name), typeof text === "string" ? text : JSON.stringify(text));
  return join(folder, name);
};
const apollo = (operations: object[], more: object = {}) => ({
  format: "apollo-persisted-query-manifest",
  version: 1,
  operations,
  ...more,
});

mkdirSync(join(folder, "all", "deeper"), { recursive: true });
write("all/persisted-documents.json", { [hash(fromCodegen, "sha1")]: fromCodegen, change, wide });
write(
  "all/deeper/apollo.json",
  apollo([
    { id: "offer-by-id", name: "Offer", type: "query", body: fromApollo },
    { id: hash(ofIos), name: "Ios", type: "query", body: ofIos, clientName: "ios" },
  ]),
);
write("all/persisted_queries.json", { [hash(fromRelay, "md5")]: fromRelay });
write("all/plain.graphql", plain);

const lines: Record<string, unknown>[] = [];
const logger = pino({}, { write: (line) => void lines.push(JSON.parse(line)) });

type Mode = "off" | "log" | "enforce";
const worlds: World[] = [];
const open = async (usual: Mode, ofClients: Record<string, Mode> = {}, more: Partial<ServerOptions> = {}) => {
  const world = await openWorld(sizes, {
    documents: { path: join(folder, "all"), modes: { usual, ofClients } },
    logger,
    ...more,
  });
  worlds.push(world);
  return world;
};
let off: World;
let log: World;
let enforce: World;
beforeAll(async () => {
  [off, log, enforce] = await Promise.all([open("off"), open("log", { web: "enforce" }), open("enforce")]);
});
afterAll(async () => {
  await Promise.all(worlds.map((one) => one.close()));
  rmSync(folder, { recursive: true });
});

interface Answer {
  data?: unknown;
  errors?: { message: string; extensions: { code: string } }[];
}

const send = async (world: World, body: object, headers: Record<string, string> = {}) => {
  const response = await fetch(`${world.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "api-key": "sandbox-general-manager", ...headers },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Answer;
  return { status: response.status, code: answer.errors?.[0]?.extensions.code, headers: response.headers, ...answer };
};

const twoOffers = { offers: { nodes: [{ id: "1" }, { id: "2" }] } };
const sha1 = hash(fromCodegen, "sha1");
const pq = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

describe("a document of a manifest is run by its name, in every mode", () => {
  const ways: [string, object, unknown][] = [
    ["graphql-codegen's id", { documentId: sha1 }, twoOffers],
    ["variables beside it", { documentId: sha1, variables: { n: 1 } }, { offers: { nodes: [{ id: "1" }] } }],
    ["its SHA-256", { documentId: `sha256:${hash(fromCodegen)}` }, twoOffers],
    ["its hash alone", { documentId: hash(fromCodegen) }, twoOffers],
    ["Apollo's extension", pq(hash(fromCodegen)), twoOffers],
    ["an id of Apollo's manifest in the extension", { ...pq("offer-by-id"), variables: { id: 1 } }, { offer: { id: "1" } }],
    ["an id of Apollo's manifest", { documentId: "offer-by-id", variables: { id: 1 } }, { offer: { id: "1" } }],
    ["Relay's id", { id: hash(fromRelay, "md5") }, { offer: { id: "1", title: expect.any(String) } }],
    [
      "Relay's doc_id",
      { doc_id: hash(fromRelay, "md5"), id: null, query: null },
      { offer: { id: "1", title: expect.any(String) } },
    ],
    ["a .graphql file's hash", { documentId: hash(plain) }, { __typename: "Query" }],
    ["its text", { query: fromCodegen }, twoOffers],
    ["text and id of the same", { query: fromCodegen, documentId: sha1 }, twoOffers],
    ["text and hash of the same", { query: fromCodegen, ...pq(hash(fromCodegen)) }, twoOffers],
    ["a text beside an id that means something else", { query: plain, id: 7, doc_id: "nope" }, { __typename: "Query" }],
  ];
  test.each(ways)("%s", async (_, body, data) => {
    for (const world of [off, log, enforce]) expect(await send(world, body)).toMatchObject({ status: 200, data });
  });

  test("by GET", async () => {
    const search = new URLSearchParams({ documentId: `sha256:${hash(fromApollo)}`, variables: '{"id":2}' });
    const response = await fetch(`${enforce.url}/graphql?${search}`, { headers: { "api-key": "sandbox-general-manager" } });
    expect(await response.json()).toEqual({ data: { offer: { id: "2" } } });
    const write = await fetch(`${enforce.url}/graphql?documentId=change`, { headers: { "api-key": "sandbox-general-manager" } });
    expect([write.status, write.headers.get("allow")]).toEqual([405, "POST"]);
    const bare = await fetch(`${enforce.url}/graphql?documentId=change`);
    expect(bare.status).toBe(400);
  });

  test("it may be wider than what strangers send, but not dearer", async () => {
    const { data } = await send(enforce, { documentId: "wide" });
    expect(Object.keys(data as object)).toHaveLength(1_500);
    expect(await send(off, { query: wide.replace("a0:", "b0:") })).toMatchObject({ status: 200, code: "GRAPHQL_PARSE_FAILED" });
    const dear = await open("enforce", {}, { limits: { cost: 30 } });
    expect(await send(dear, { documentId: sha1, variables: { n: 25 } })).toMatchObject({ code: "QUERY_TOO_EXPENSIVE" });
  });

  test("an Idempotency-Key holds however the mutation is named", async () => {
    const once = { "idempotency-key": "one" };
    const first = await send(enforce, { documentId: "change" }, once);
    const again = await send(enforce, { documentId: `sha256:${hash(change)}` }, once);
    const asText = await send(enforce, { query: change }, once);
    expect(first.errors).toBeUndefined();
    for (const repeat of [again, asText]) {
      expect(repeat.headers.get("idempotent-replayed")).toBe("true");
      expect(repeat.data).toEqual(first.data);
    }
    const other = await send(enforce, { documentId: "change", variables: { title: "Other" } }, once);
    expect(other).toMatchObject({ status: 422, code: "BAD_USER_INPUT" });
  });

  test("answers that are kept are told apart by what they answer, not by how it was named", async () => {
    const cached = await open("off", {}, { cache: { ttlMs: 60_000, referenceMs: 60_000, bytes: 1e6 } });
    for (const body of [{ documentId: sha1 }, pq(hash(fromCodegen)), { documentId: sha1 }]) {
      expect((await send(cached, body)).data).toEqual(twoOffers);
      expect((await send(cached, { documentId: hash(plain) })).data).toEqual({ __typename: "Query" });
    }
  });
});

describe("a document of one client", () => {
  test("is for requests under its name only", async () => {
    const ios = { "apollographql-client-name": "ios" };
    for (const body of [{ documentId: hash(ofIos) }, pq(hash(ofIos)), { query: ofIos }]) {
      expect(await send(enforce, body, ios)).toMatchObject({ status: 200, data: { viewer: { __typename: "User" } } });
      expect((await send(enforce, body)).status).toBeGreaterThanOrEqual(403);
      expect((await send(enforce, body, { "apollographql-client-name": "web" })).status).toBeGreaterThanOrEqual(403);
    }
    expect(await send(enforce, { documentId: sha1 }, ios)).toMatchObject({ data: twoOffers });
  });
});

describe("a document of no manifest", () => {
  const query = "query Strange { offers(first: 3) { totalCount } }";
  const web = { "apollographql-client-name": "web" };

  test("runs when the mode is off, without a word", async () => {
    lines.length = 0;
    expect(await send(off, { query })).toMatchObject({ data: { offers: { totalCount: 12 } } });
    expect(lines.filter(({ document }) => document)).toEqual([]);
  });

  test("runs and is told once for each client when the mode is log", async () => {
    lines.length = 0;
    for (const client of ["a", "a", "b"]) {
      const headers = { "apollographql-client-name": client };
      expect(await send(log, { query, operationName: "Strange" }, headers)).toMatchObject({
        status: 200,
        data: { offers: { totalCount: 12 } },
      });
    }
    const found = lines.flatMap(({ document, level }) => (document ? [{ document, level }] : []));
    expect(found).toEqual(
      ["a", "b"].map((client) => ({ level: 40, document: { client, operationName: "Strange", sha256: hash(query), query } })),
    );
  });

  test("is told without the texts in it", async () => {
    lines.length = 0;
    for (const argument of ['"hush \\" hush"', '"""hush\n"hush"""', '"hush', '"""hush']) {
      await send(log, { query: `mutation { logInUser(input: { email: "a", password: ${argument} }) { apiKey } }` });
    }
    expect(lines.filter(({ document }) => document)).toHaveLength(4);
    expect(JSON.stringify(lines)).toContain('password: \\"\\"');
    expect(JSON.stringify(lines)).not.toContain("hush");
  });

  test.each<[string, object]>([
    ["a text", { query }],
    ["introspection", { query: "{ __schema { queryType { name } } }" }],
    ["a text with its hash", { query, ...pq(hash(query)) }],
    ["a hash", pq(hash(query))],
    ["a text with another space", { query: `${fromCodegen} ` }],
    ["what is no GraphQL", { query: "{" }],
  ])("is refused when the mode is enforce, before anything looks at it: %s", async (_, body) => {
    for (const [world, headers] of [
      [enforce, {}],
      [enforce, web],
      [log, web],
    ] as const) {
      const before = world.sandbox.calls();
      const { status, code, errors } = await send(world, body, headers);
      expect([status, code]).toEqual([403, "DOCUMENT_NOT_TRUSTED"]);
      expect(errors?.[0]?.message).toMatch(/in no manifest of this server.*TRUSTED_DOCUMENTS/);
      expect(world.sandbox.calls()).toEqual(before);
    }
  });

  test.each(["nope", `sha256:${"0".repeat(64)}`, "__proto__", "x".repeat(5_000)])(
    "an unknown id is a 404 in words: %s",
    async (documentId) => {
      for (const world of [off, log, enforce]) {
        const { status, code, errors } = await send(world, { documentId });
        expect([status, code]).toEqual([404, "PERSISTED_QUERY_NOT_FOUND"]);
        expect(errors?.[0]?.message).toMatch(/^documentId: this server knows no document "/);
        expect(errors?.[0]?.message.length).toBeLessThan(400);
      }
    },
  );

  test.each<[string, object, RegExp]>([
    ["another text beside an id", { query, documentId: sha1 }, /documentId and query are two documents/],
    ["two ids", { documentId: sha1, id: "other" }, /name two documents/],
    ["a number for an id", { documentId: 7 }, /documentId must be a string/],
    ["an odd hash", pq("abc"), /64 hexadecimal digits, or an id of a manifest/],
    ["an empty id", { documentId: "" }, /query is missing.*documentId/],
  ])("%s is refused in words", async (_, body, says) => {
    const { status, code, errors } = await send(off, body);
    expect([status, code]).toEqual([400, "BAD_REQUEST"]);
    expect(errors?.[0]?.message).toMatch(says);
  });
});

describe("automatic persisted queries", () => {
  const query = "query Learnt { offers(first: 1) { nodes { id } } }";

  test("may be asked for by documentId too, once they were sent", async () => {
    const documentId = `sha256:${hash(query)}`;
    expect((await send(off, { documentId })).status).toBe(404);
    await send(off, { query, ...pq(hash(query)) });
    expect((await send(off, { documentId })).data).toEqual({ offers: { nodes: [{ id: "1" }] } });
  });

  test("what is not valid is not kept", async () => {
    const wrong = "{ nope }";
    await send(off, { query: wrong, ...pq(hash(wrong)) });
    expect((await send(off, pq(hash(wrong)))).code).toBe("PERSISTED_QUERY_NOT_FOUND");
  });

  test("switched off, clients are told to send texts, and what comes with its text runs", async () => {
    const without = await open("off", {}, { persistedQueries: false });
    expect((await send(without, { query, ...pq(hash(query)) })).data).toEqual({ offers: { nodes: [{ id: "1" }] } });
    const { errors, code, status } = await send(without, pq(hash(query)));
    expect([status, code, errors?.[0]?.message]).toEqual([200, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported"]);
    expect((await send(without, pq(hash(fromCodegen)))).data).toEqual(twoOffers);
  });
});
