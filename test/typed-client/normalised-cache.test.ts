import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApolloClient, gql } from "@apollo/client";
import { parse, print } from "graphql";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { blocksOf } from "../docs/markdown.js";
import { at, builtClient } from "../world/build.js";
import { everyList, type ListQuery } from "../world/every-list.js";
import { openWorld, type World } from "../world/world.js";

// Apollo Client, urql with graphcache and Relay, set up by the very blocks of docs/apps.md, each with one cache for all lists of a key.

/** What is asked of urql's client here. */
interface UrqlClient {
  query(text: string, variables: object, how: { requestPolicy: string }): PromiseLike<{ data?: unknown }>;
}

/** What is asked of Relay's runtime here. */
interface RelayEnvironment {
  lookup(fragment: unknown): { data?: unknown; isMissingData: boolean };
}
interface RelayRuntime {
  createOperationDescriptor(artifact: unknown, variables: object): { fragment: unknown };
  fetchQuery(environment: RelayEnvironment, artifact: unknown, variables: object): { toPromise(): Promise<unknown> };
  getSingularSelector(fragment: unknown, reference: unknown): unknown;
}

interface SetUp {
  clientFor(key: string): ApolloClient;
  urqlFor(key: string): UrqlClient;
  environmentFor(key: string): RelayEnvironment;
  relay: RelayRuntime;
}

const folder = mkdtempSync(join(tmpdir(), "affise-graphql-caches-"));
const lists = everyList(buildSchema(), { first: 10, depth: 2 });
const keys = [...new Set(lists.map(({ key }) => key))];
const ofKey = (key: string) => lists.filter((list) => list.key === key);
const answers = new Map<string, { data: unknown }>();

let world: World;
let setUp: SetUp;

const moduleOf = (name: string) => `List${lists.findIndex((list) => list.name === name)}`;

/** Saves what the page says, with the world's address in place of its own. */
const savePage = async () => {
  const page = readFileSync(at("docs/apps.md"), "utf8");
  for (const { text, marks } of blocksOf("docs/apps.md", page))
    if (marks.file) writeFileSync(join(folder, marks.file), text.replaceAll("http://127.0.0.1:4000", world.url));
  const load = (name: string) => import(/* @vite-ignore */ join(folder, name));
  writeFileSync(join(folder, "relay.ts"), 'export * as relay from "relay-runtime";\n');
  setUp = {
    ...(await load("client.ts")),
    ...(await load("urql.ts")),
    ...(await load("environment.ts")),
    ...(await load("relay.ts")),
  };
};

/** What Relay's compiler made, by its name. */
const madeForRelay = async (name: string): Promise<{ params: { text: string } }> =>
  (await import(/* @vite-ignore */ join(folder, "__generated__", `${name}.graphql.ts`))).default;

const compileForRelay = () => {
  for (const { name, query } of lists)
    writeFileSync(join(folder, `${moduleOf(name)}.ts`), `graphql\`query ${moduleOf(name)}Query ${query}\`;\n`);
  return spawnSync(process.execPath, [at("node_modules/relay-compiler/cli.js"), "relay.config.json"], {
    cwd: folder,
    encoding: "utf8",
  });
};

beforeAll(async () => {
  await builtClient();
  world = await openWorld(
    { offers: 30, affiliates: 20, advertisers: 8, conversions: 400, now: new Date("2026-03-01T12:00:00Z") },
    { limits: { depth: 100, aliases: 10_000, directives: 1_000, cost: 1e9, calls: 1e6, tokens: 1e6, values: 1e9 } },
  );
  symlinkSync(at("node_modules"), join(folder, "node_modules"), "junction");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "schema.graphql"), readFileSync(at("schema.graphql"), "utf8"));
  await savePage();
  for (const { key, query } of lists) answers.set(`${key} ${print(parse(query))}`, await asked(query, key));
  expect([...answers].flatMap(([text, { data }]) => (data ? [] : [text]))).toEqual([]);
  const { status, stdout, stderr } = compileForRelay();
  expect(status, stdout + stderr).toBe(0);
}, 240_000);
afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

const answerOf = ({ key, query }: ListQuery) => answers.get(`${key} ${print(parse(query))}`);

/** Asks by the platform's own fetch, whatever stands in its place meanwhile. */
const realFetch = fetch;
const asked = async (query: string, key: string): Promise<{ data: unknown }> => {
  const headers = { "content-type": "application/json", "api-key": key };
  const response = await realFetch(`${world.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
  return (await response.json()) as { data: unknown };
};

/** What was sent before, sent again: each text is asked of the server once. Fields that the key may not see stay null, without their errors. */
const replaying =
  (key: string): typeof fetch =>
  async (_, init) => {
    const { query } = JSON.parse(String(init?.body)) as { query: string };
    const text = `${key} ${print(parse(query)).replace(/^query \w+ /, "")}`;
    const known = answers.get(text) ?? (await asked(query, key));
    answers.set(text, known);
    return Response.json({ data: known.data });
  };

/** What a cache shows, without its own marks and without what it was not asked for. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

afterEach(() => vi.unstubAllGlobals());

describe.each(keys)("%s: every list, after all of them came into one cache, shows what was sent", (key) => {
  test("Apollo Client", async () => {
    vi.stubGlobal("fetch", replaying(key));
    const client = setUp.clientFor(key);
    const queries = ofKey(key).map((list) => ({ list, query: gql(list.query) }));
    for (const { query } of queries) await client.query({ query, fetchPolicy: "network-only" });
    for (const { query, list } of queries) {
      const { data } = await client.query({ query });
      expect(plain(data), list.name).toEqual(answerOf(list)?.data);
    }
    client.stop();
  });

  test("urql with graphcache", async () => {
    vi.stubGlobal("fetch", replaying(key));
    const client = setUp.urqlFor(key);
    for (const { query } of ofKey(key)) await client.query(query, {}, { requestPolicy: "network-only" });
    for (const list of ofKey(key)) {
      const { data } = await client.query(list.query, {}, { requestPolicy: "cache-only" });
      expect(plain(data), list.name).toEqual(answerOf(list)?.data);
    }
  });

  test("Relay", async () => {
    vi.stubGlobal("fetch", replaying(key));
    const environment = setUp.environmentFor(key);
    const compiled = await Promise.all(
      ofKey(key).map(async ({ name }) => {
        const artifact = await madeForRelay(`${moduleOf(name)}Query`);
        return { name, artifact, descriptor: setUp.relay.createOperationDescriptor(artifact, {}) };
      }),
    );
    for (const { artifact } of compiled) await setUp.relay.fetchQuery(environment, artifact, {}).toPromise();
    for (const { name, artifact, descriptor } of compiled) {
      const response = await (await fetch("", { body: JSON.stringify({ query: artifact.params.text }) })).json();
      const { data, isMissingData } = environment.lookup(descriptor.fragment);
      expect(isMissingData, name).toBe(false);
      expect(response, name).toMatchObject({ data: plain(data) as object });
    }
  });
});

interface Latest {
  offers: { edges: { node: { id: string } }[]; pageInfo: { hasPreviousPage: boolean; startCursor: string } };
}

test("Relay's connections grow at their start, to the list as it is from its start", async () => {
  const environment = setUp.environmentFor("sandbox-general-manager");
  const [query, fragment] = await Promise.all([madeForRelay("latestPreviousQuery"), madeForRelay("latest_offers")]);
  const read = async (variables: { last: number; before?: string }): Promise<Latest["offers"]> => {
    await setUp.relay.fetchQuery(environment, query, variables).toPromise();
    const { data } = environment.lookup(setUp.relay.createOperationDescriptor(query, variables).fragment);
    return (environment.lookup(setUp.relay.getSingularSelector(fragment, data)).data as Latest).offers;
  };
  let shown = await read({ last: 7 });
  const sizes = [shown.edges.length];
  while (shown.pageInfo.hasPreviousPage) {
    shown = await read({ last: 7, before: shown.pageInfo.startCursor });
    sizes.push(shown.edges.length);
  }
  expect(sizes).toEqual([7, 14, 21, 28, 30]);
  const { data } = await asked("{ offers(first: 100) { nodes { id } } }", "sandbox-general-manager");
  expect({ offers: { nodes: shown.edges.map(({ node }) => ({ id: node.id })) } }).toEqual(data);
});
