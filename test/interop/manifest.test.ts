import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { generate } from "@graphql-codegen/cli";
import { type DocumentNode, Kind, parse, print } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { printedSchema } from "../../src/sdl.js";
import { blocksOf } from "../docs/markdown.js";
import { at, builtCli } from "../world/build.js";
import { openWorld, type World } from "../world/world.js";
import { tool, tools } from "./tools.js";

const root = mkdtempSync(join(tmpdir(), "affise-graphql-manifests-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const operations = ["read", "write"]
  .flatMap((name) => parse(readFileSync(at(`client/src/operation/${name}.graphql`), "utf8")).definitions)
  .flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? [one] : []));
const variables = { first: 2, filter: { status: ["ACTIVE"] } };

interface Answer {
  offers?: { nodes: { id: string; title: string }[] };
}

/** One tool's manifest, and how its runtime asks for the operation `Offers` by its id. */
interface Made {
  manifest: string;
  askForOffers(url: string, headers: Record<string, string>): Promise<Answer | null | undefined>;
}

const run = (file: string, args: readonly string[], cwd: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { cwd, encoding: "utf8" });
  return { status, said: stdout + stderr };
};

const post = async (url: string, headers: Record<string, string>, body: object): Promise<{ data?: Answer | null }> => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { data?: Answer | null };
};

const byCodegen = async (folder: string): Promise<Made> => {
  const written: { filename: string; content: string }[] = await generate(
    {
      schema: printedSchema(),
      documents: "client/src/operation/*.graphql",
      generates: {
        "made/": {
          preset: "client",
          presetConfig: { persistedDocuments: true, fragmentMasking: false },
          config: { documentMode: "string", enumsAsTypes: true, useTypeImports: true },
        },
      },
      silent: true,
    },
    false,
  );
  for (const { filename, content } of written) writeFileSync(join(folder, filename.replace("made/", "")), content);
  const { OffersDocument } = await import(/* @vite-ignore */ join(folder, "graphql.ts"));
  return {
    manifest: join(folder, "persisted-documents.json"),
    askForOffers: async (url, headers) =>
      (await post(url, headers, { documentId: OffersDocument.__meta__.hash, variables })).data,
  };
};

const byApollo = async (folder: string): Promise<Made> => {
  symlinkSync(tool(""), join(folder, "node_modules"), "junction");
  mkdirSync(join(folder, "src"));
  for (const operation of operations) writeFileSync(join(folder, `src/${operation.name?.value}.graphql`), print(operation));
  const { status, said } = run(tool(".bin/generate-persisted-query-manifest"), [], folder);
  expect(status, said).toBe(0);
  const manifest = join(folder, "persisted-query-manifest.json");
  const lists = await import(/* @vite-ignore */ join(folder, "node_modules/@apollo/persisted-query-lists/dist/index.js"));
  const ids = lists.generatePersistedQueryIdsFromManifest({
    loadManifest: async () => JSON.parse(readFileSync(manifest, "utf8")),
  });
  const query: DocumentNode = { kind: Kind.DOCUMENT, definitions: operations.filter(({ name }) => name?.value === "Offers") };
  return {
    manifest,
    askForOffers: async (uri, headers) => {
      const link = new PersistedQueryLink(ids).concat(new HttpLink({ uri, headers }));
      const client = new ApolloClient({ link, cache: new InMemoryCache() });
      return (await client.query<Answer>({ query, variables, errorPolicy: "all" })).data;
    },
  };
};

const byRelay = async (folder: string): Promise<Made> => {
  const page = blocksOf("docs/apps.md", readFileSync(at("docs/apps.md"), "utf8"));
  const config = JSON.parse(page.find(({ marks }) => marks.file === "relay.config.json")?.text ?? "{}");
  const persistConfig = { file: "./persisted_queries.json", algorithm: "SHA256" };
  writeFileSync(join(folder, "relay.config.json"), JSON.stringify({ ...config, persistConfig }));
  writeFileSync(join(folder, "persisted_queries.json"), "{}");
  writeFileSync(join(folder, "schema.graphql"), readFileSync(at("schema.graphql"), "utf8"));
  for (const operation of operations) {
    const { value = "" } = operation.name ?? {};
    const suffix = operation.operation === "query" ? "Query" : "Mutation";
    const text = print({ ...operation, name: { kind: Kind.NAME, value: value + suffix } });
    writeFileSync(join(folder, `${value}.ts`), `graphql\`${text}\`;\n`);
  }
  const { status, said } = run(at("node_modules/relay-compiler/cli.js"), ["relay.config.json"], folder);
  expect(status, said).toBe(0);
  const { default: artifact } = await import(/* @vite-ignore */ join(folder, "__generated__/OffersQuery.graphql.ts"));
  return {
    manifest: join(folder, "persisted_queries.json"),
    askForOffers: async (url, headers) => (await post(url, headers, { doc_id: artifact.params.id, variables })).data,
  };
};

describe.each([
  { name: "graphql-codegen's client preset", make: byCodegen, isThere: true },
  { name: "relay-compiler", make: byRelay, isThere: true },
  { name: "Apollo's generator", make: byApollo, isThere: tools !== undefined },
])("the manifest that $name writes", ({ make, isThere }) => {
  let made: Made;
  let world: World | undefined;
  beforeAll(async () => {
    if (isThere) made = await make(mkdtempSync(join(root, "made-")));
  });
  afterAll(() => world?.close());

  test.skipIf(!isThere)("is read as it is by documents check", async () => {
    const { status, said } = run(await builtCli(), ["documents", "check", made.manifest], root);
    expect(status, said).toBe(0);
    expect(said.match(/ ok$/gm)).toHaveLength(operations.length);
  });

  test.skipIf(!isThere)("is what an enforcing server answers by id, and nothing else", async () => {
    const documents = { path: made.manifest, modes: { usual: "enforce" as const, ofClients: {} } };
    world = await openWorld({ offers: 30, affiliates: 1, advertisers: 3, conversions: 0 }, { documents });
    const url = `${world.url}/graphql`;
    const headers = { "api-key": "sandbox-general-manager" };
    const data = await made.askForOffers(url, headers);
    expect(data?.offers?.nodes).toEqual(Array(2).fill(expect.objectContaining({ status: "ACTIVE" })));
    expect(await post(url, headers, { query: "{ offers { totalCount } }" })).toMatchObject({
      errors: [{ extensions: { code: "DOCUMENT_NOT_TRUSTED" } }],
    });
  });
});
