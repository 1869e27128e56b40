import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CopyForm, copyAs } from "../../playground/src/copy/copy-as.js";
import { type Snippet, variablesIn } from "../../playground/src/copy/snippet.js";
import { bareSchema } from "../../src/sdl.js";
import { openWorld, type World } from "../world/world.js";
import { addressOf, at, chromiumPath, closePages, openContext } from "./browser.js";

const schema = bareSchema();
const run = promisify(execFile);
const has = (program: string) => spawnSync(program, ["--version"]).status === 0;

interface Case {
  name: string;
  query: string;
  variables: string;
  operationName?: string;
}

const cases: readonly Case[] = [
  {
    name: "comments and trailing commas in the variables",
    query: `# What is called so?
query Find($search: String!, $first: Int) {
  offers(first: $first, filter: { search: $search }) { totalCount nodes { id title status payouts { payout currency } } }
}`,
    variables: `{
  // The owner's word for it
  "search": "app", /* and no more */
  "first": 3,
}`,
  },
  {
    name: "several operations, fragments and texts that shells and templates would take for their own",
    query: `query First { viewer { __typename } }
# It's \`this\` one: "\${HOME}" and $(id) \\n
query Second($search: String = "it's \\"quoted\\" \\\\ $HOME \`id\` \${x}") {
  none: offers(filter: { search: $search }) { totalCount nodes { ...Named } }
  viewer { __typename ... on User { name role } ... on Affiliate { companyName } }
  offers(first: 2) { edges { node { ...Named advertiser { companyName } } } }
}
fragment Named on Offer { id title }`,
    variables: "",
    operationName: "Second",
  },
  {
    name: "quotes, line breaks and other alphabets in the variables",
    query: `query ($search: String!, $status: [OfferStatus!], $top: Boolean) {
  offers(filter: { search: $search, status: $status, isTop: $top }) { totalCount }
}`,
    variables: `{ "search": "O'Neill \\"Ünï\\" \\\\ $HOME \`id\` \\u2028 кава 🎈\\nnext", "status": ["ACTIVE"], "top": null }`,
  },
  {
    name: "a query without a name, that fails in part",
    query: `{ offer(id: "99999999") { id } viewer { __typename } }`,
    variables: "",
  },
];

describe("a query copied as a program", { timeout: 120_000 }, () => {
  let world: World;
  let page: Page;
  let folder: string;

  beforeAll(async () => {
    world = await openWorld({ offers: 60, affiliates: 5, advertisers: 5, conversions: 20 });
    // Beside the repository's own modules, where the copied programs find Apollo Client and React.
    folder = mkdtempSync(at("node_modules/.copied-"));
    if (chromiumPath) page = await (await openContext()).newPage();
  });

  afterAll(async () => {
    await closePages();
    await world?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  const snippetOf = ({ query, variables, operationName }: Case, more: Partial<Snippet> = {}): Snippet => ({
    url: `${addressOf(world.server.http)}/graphql`,
    query,
    variables: variablesIn(variables),
    operationName,
    headers: {},
    sampleKey: "sandbox-general-manager",
    ...more,
  });

  const wanted = async (snippet: Snippet) => {
    const response = await fetch(snippet.url, {
      method: "POST",
      headers: { "content-type": "application/json", "api-key": "sandbox-general-manager" },
      body: JSON.stringify(snippet),
    });
    const { data } = (await response.json()) as { data: object };
    expect(data).toBeTruthy();
    return data;
  };

  /** By tsx's hooks rather than by its command, which is a process more. */
  const typed = ["--import", "tsx"];

  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  const runAs = async (form: CopyForm, text: string): Promise<string> => {
    if (form === "cURL") return (await run("sh", ["-c", text])).stdout;
    if (form === "Python") return (await run("python3", [file("copied.py", text)])).stdout;
    if (form === "TypeScript") return (await run(process.execPath, [...typed, file("copied.ts", text)])).stdout;
    return (await run(process.execPath, [file("copied.cjs", text)])).stdout;
  };

  const programs: readonly (readonly [CopyForm, string])[] = [
    ["cURL", "curl"],
    ["Python", "python3"],
    ["fetch for Node", process.execPath],
    ["TypeScript", process.execPath],
  ];
  const passedOver = programs.filter(([, program]) => !has(program)).map(([form]) => form);
  if (passedOver.length)
    process.stderr.write(`SKIPPED: copies as ${passedOver.join(" and ")} are not run, for want of the program.\n`);

  const asEach = programs
    .filter(([form]) => !passedOver.includes(form))
    .flatMap(([form]) => cases.map((one) => [form, one.name, one] as const));

  it.each(asEach)("runs as it was copied: %s, %s", async (form, _, one) => {
    const snippet = snippetOf(one);
    const text = copyAs(form, snippet, schema);
    const printed = JSON.parse(await runAs(form, text)) as { data?: object };
    expect(form === "TypeScript" ? printed : printed.data).toEqual(await wanted(snippet));
  });

  it.skipIf(!chromiumPath).each(cases)("runs in a page's console: $name", async (one) => {
    const snippet = snippetOf(one);
    await page.goto(`${addressOf(world.server.http)}/healthz`);
    const printed = page.waitForEvent("console", (message) => message.type() === "log");
    await page.addScriptTag({ content: copyAs("fetch for the browser", snippet, schema) });
    const answer = (await (await printed).args()[0]?.jsonValue()) as { data: object };
    expect(answer.data).toEqual(await wanted(snippet));
  });

  it.each(cases)("is a hook that Apollo Client runs: $name", async (one) => {
    const snippet = snippetOf(one);
    file("hook.tsx", copyAs("Apollo hook", snippet, schema));
    const driver = file(
      "driver.tsx",
      `import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { ApolloProvider } from "@apollo/client/react";
import { prerenderStatic } from "@apollo/client/react/ssr";
import * as React from "react";
import { renderToString } from "react-dom/server";
import * as copied from "./hook.js";
const hook = Object.entries(copied).find(([name]) => /^use[A-Z]/.test(name))?.[1] as () => { data?: unknown };
const client = new ApolloClient({
  cache: new InMemoryCache(), ssrMode: true,
  defaultOptions: { watchQuery: { errorPolicy: "all" }, query: { errorPolicy: "all" } },
  link: new HttpLink({ uri: ${JSON.stringify(snippet.url)}, headers: { "API-Key": "sandbox-general-manager" } }),
});
let data: unknown;
const Shown = () => { data = hook().data ?? data; return null; };
const main = async () => {
  await prerenderStatic({ tree: React.createElement(ApolloProvider, { client }, React.createElement(Shown)), context: { client }, renderFunction: renderToString });
  console.log(JSON.stringify(data));
};
main();
`,
    );
    const { stdout } = await run(process.execPath, [...typed, driver]);
    const without = JSON.parse(stdout, (key, value) => (key === "__typename" ? undefined : value));
    const expected = JSON.parse(JSON.stringify(await wanted(snippet)), (key, value) =>
      key === "__typename" ? undefined : value,
    );
    expect(without).toEqual(expected);
  });

  it("is typed by what the query asks", () => {
    for (const [index, one] of cases.entries())
      file(`typed-${index}.ts`, `${copyAs("TypeScript", snippetOf(one), schema)}\nexport {};\n`);
    file(
      "use.ts",
      `${copyAs("TypeScript", snippetOf(cases[0] as Case), schema)}
export const read = async () => {
  const { data } = await ask();
  const payout: number | null | undefined = data?.offers?.nodes[0]?.payouts?.[0]?.payout;
  // @ts-expect-error: it was not asked for
  const url = data?.offers?.nodes[0]?.url;
  return [payout, url];
};
`,
    );
    const files = [...cases.keys()].map((index) => join(folder, `typed-${index}.ts`));
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext", "--types", "node"];
    const checked = spawnSync(
      process.execPath,
      [at("node_modules/typescript/bin/tsc"), ...options, ...files, join(folder, "use.ts")],
      {
        encoding: "utf8",
        cwd: folder,
      },
    );
    expect(checked.stdout).toBe("");
  });

  it("never holds a key that is a secret, and names the network", () => {
    const forms: CopyForm[] = ["cURL", "fetch for Node", "fetch for the browser", "TypeScript", "Python", "Apollo hook"];
    for (const form of forms) {
      const text = copyAs(
        form,
        snippetOf(cases[0] as Case, { sampleKey: undefined, headers: { "X-Affise-Tenant": "acme" } }),
        schema,
      );
      expect(text, form).toContain("acme");
      expect(text, form).toMatch(/AFFISE_API_KEY|prompt\("Affise API key"\)|"API-Key": "…"/);
    }
  });

  it.each(["{", "[1]", `{ "a": 1 } trailing`])("says what is wrong with variables instead of leaving them out: %s", (text) => {
    expect(() => variablesIn(text)).toThrow(/^The variables /);
  });
});
