import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { builtCli } from "../world/build.js";

const cli = await builtCli();
const folder = mkdtempSync(join(tmpdir(), "affise-graphql-query-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (
  args: readonly string[],
  { input, env = {}, cwd = folder }: { input?: string | Uint8Array; env?: Record<string, string>; cwd?: string } = {},
) =>
  new Promise<{ code: number | null; out: string; error: string }>((resolve) => {
    const { PATH = "" } = process.env;
    const child = spawn(process.execPath, [cli, ...args], {
      cwd,
      env: { PATH, SANDBOX_OFFERS: "20", ...env },
    });
    const said = { out: "", error: "" };
    child.stdout.on("data", (chunk) => {
      said.out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      said.error += chunk;
    });
    child.stdin.end(input ?? "");
    child.on("close", (code) => resolve({ code, ...said }));
  });

describe("affise-graphql query", { timeout: 60_000 }, () => {
  test("a query as text, its answer as JSON where nobody watches", async () => {
    const { code, out, error } = await run(["query", "{ offers(first: 1) { totalCount nodes { id } } }"]);
    expect([code, error.replace(/^Asking .* …\n/gm, "")]).toEqual([0, ""]);
    expect(JSON.parse(out)).toEqual({ data: { offers: { totalCount: 20, nodes: [{ id: "1" }] } } });
  });

  test("a file with several operations, variables by their types, CSV", async () => {
    const query = `query One { viewer { __typename } }
      query Some($ids: [ID!], $first: Int, $search: String) { offers(first: $first, filter: { ids: $ids, search: $search }) { nodes { id status } } }`;
    writeFileSync(join(folder, "some.graphql"), query);
    const { code, out } = await run([
      "query",
      "some.graphql",
      "--operation",
      "Some",
      "--var",
      "ids=1,2,3",
      "--var",
      "first=2",
      "--csv",
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^id,status\n1,\w+\n2,\w+\n$/);
  });

  test("standard input, a table, and the total beside the rows", async () => {
    const { code, out } = await run(["query", "-", "--table"], { input: "{ offers(first: 2) { totalCount nodes { id } } }" });
    expect(code).toBe(0);
    expect(out).toMatch(/^offers: 2 of 20 rows\nid\n──\n1\n2\n/);
  });

  test("errors of the answer go to the error output with their codes, and the code is 1", async () => {
    const { code, error } = await run(["query", '{ offer(id: "x") { id } }']);
    expect(code).toBe(1);
    expect(error).toMatch(/^offer: id: .*\(BAD_USER_INPUT\)$/m);
  });

  test("a real network's mutation needs a word of its own", async () => {
    const mutation = 'mutation { deleteOffers(input: { offerIds: ["1"] }) { __typename } }';
    const env = { AFFISE_API_URL: "http://127.0.0.1:9", AFFISE_API_KEY: "k" };
    const { code, error } = await run(["query", mutation], { env });
    expect(code).toBe(2);
    expect(error).toContain("--dry-run shows what it would send, --allow-mutations carries it out");
  });

  test("a dry run's plan stands beside the CSV, not in it", async () => {
    const query = 'mutation { createCategory(input: { title: "New" }) { category { title } } }';
    const { out, error } = await run(["query", query, "--dry-run", "--csv"]);
    expect(out.trim()).toBe("createCategory.category.title");
    expect(error).toMatch(/"operation": "POST \/3\.0\/admin\/category"/);
  });

  test.each([
    [["query", "nothing.graphql"], "There is no file nothing.graphql"],
    [["query", "{ a"], "The query cannot be read: Syntax Error"],
    [["query", "query A { a } query B { b }"], "pick one with --operation: A, B"],
    [["query", "query A { a }", "--operation", "C"], "--operation C is none of the query's operations: A"],
    [["query", "query A($x: Int) { a }", "--var", "y=1"], "--var y is no variable of the query; it has $x"],
    [["query", "query A($x: Int) { a }", "--var", "x"], "--var x must read like name=value"],
    [["query", "{ a }", "--variables", "[1]"], "--variables must be a JSON object"],
    [["query", "{ a }", "--variables", "{"], "--variables must be a JSON object, or a file that holds one."],
    [["query", "{ a }", "--variables", "nope.json"], "or a file that holds one; there is no file nope.json."],
    [["query", "fragment F on Offer { id }"], "The query has no operation"],
    [["query", "{ a }", "--list", "a"], "--list goes with --csv or --table"],
    [["query", "{ offers { nodes { id } } }", "--list", "a", "--csv"], "--list a is none of the answer's lists: offers."],
    [["query", "{ viewer { __typename } }", "--list", "a", "--csv"], "--list a is none of the answer's lists: it has none."],
    [["query", "{ a: offers { nodes { id } } b: countries { code } }", "--csv"], "pick one with --list: a, b."],
    [["query", "{ a }", "--tenant", "b"], "--tenant b is none of: sandbox"],
    [["query", "{ a }", "--key", "hush\nhush"], "The API key in --key is none of Affise's"],
    [
      ["query", "{ a }", "--key", " ", "--affise-api-url", "http://127.0.0.1:9"],
      "Give your API key with AFFISE_API_KEY, or with --key.",
    ],
  ])("wrong usage is 2: %j", async (args, says) => {
    const { code, error } = await run(args);
    expect(code).toBe(2);
    expect(error).toContain(says);
    expect(error).not.toContain("hush");
  });

  test.each([
    "an empty line is none",
    "\ufeff{ a: __typename }",
    ",query { a: __typename }",
    '"What for" query { a: __typename }',
    "subscription { a }",
  ])("whatever has a brace is a query, not the name of a file: %j", async (query) => {
    const { error } = await run(["query", query]);
    expect(error.includes("There is no file")).toBe(!query.includes("{"));
  });
});

describe("a file that is none, or is not in UTF-8, is told in a sentence, by whichever command reads it", {
  timeout: 60_000,
}, () => {
  const odd: [string, Uint8Array | undefined][] = [
    ["folder", undefined],
    ["latin1", Buffer.from('{ "a": "\xfc" }', "latin1")],
    ["utf16", Buffer.from('\ufeff{ "a": "b" }', "utf16le")],
  ];
  const write = (name: string, bytes: Uint8Array | undefined) => {
    if (bytes) writeFileSync(join(folder, name), bytes);
    else mkdirSync(join(folder, name), { recursive: true });
    return name;
  };
  const readers: [string, number, (file: string) => string[]][] = [
    ["query", 2, (file) => ["query", file]],
    ["variables", 2, (file) => ["query", "{ a }", "--variables", file]],
    ["documents.json", 1, (file) => ["documents", "check", file]],
    ["documents.graphql", 1, (file) => ["documents", "check", file]],
    ["trusted.json", 2, (file) => ["start", "--port", "0", "--trusted-documents", file]],
  ];

  test.each(odd)("%s", async (form, bytes) => {
    for (const [reader, exit, args] of readers) {
      const file = write(`${form}-${reader}`, bytes);
      const { code, error } = await run(args(file));
      expect([code, error]).toEqual([
        exit,
        expect.stringMatching(/^affise-graphql: .*(cannot be read: it is |has no manifest)[^\n]*\n$/),
      ]);
      expect(error).toContain(file);
    }
  });

  test("a folder whose names look like files", async () => {
    for (const name of ["tree/deep.json", "tree/deep.graphql"]) write(name, undefined);
    expect((await run(["documents", "check", "tree"])).error).toContain("tree has no manifest");
    write("tree/deep.json/good.graphql", Buffer.from("{ viewer { __typename } }"));
    expect((await run(["documents", "check", "tree"])).code).toBe(0);
  });

  test("standard input and .env as well", async () => {
    for (const [form, bytes] of odd.slice(1)) {
      const { code, error } = await run(["query", "-"], { input: bytes });
      expect([code, error]).toEqual([2, expect.stringContaining("Standard input cannot be read: it is not in UTF-8")]);
      const home = mkdtempSync(join(folder, form));
      writeFileSync(join(home, ".env"), bytes ?? "");
      const inHome = await run(["doctor"], { cwd: home });
      expect([inHome.code, inHome.error]).toEqual([2, expect.stringContaining(".env cannot be read: it is not in UTF-8")]);
    }
    const home = mkdtempSync(join(folder, "env"));
    mkdirSync(join(home, ".env"));
    expect(await run(["doctor"], { cwd: home })).toMatchObject({
      code: 2,
      error: "affise-graphql: .env cannot be read: it is a folder.\n",
    });
  });

  test("a byte order mark before any of them is none of the text", async () => {
    const home = mkdtempSync(join(folder, "mark"));
    writeFileSync(join(home, ".env"), "\ufeffexport UPSTREAM_TIMEOUT_MS=many\r\n");
    expect((await run(["doctor"], { cwd: home })).error).toContain('UPSTREAM_TIMEOUT_MS must be a whole number, not "many".');
    write("marked.graphql", Buffer.from("\ufeffquery A($n: Int) { offers(first: $n) { nodes { id } } }"));
    write("marked.json", Buffer.from('\ufeff{ "n": 2 }'));
    const { code, out } = await run(["query", "marked.graphql", "--variables", "marked.json", "--csv"]);
    expect([code, out]).toEqual([0, "id\n1\n2\n"]);
  });
});

describe("affise-graphql completion", { timeout: 30_000 }, () => {
  test.each(["bash", "zsh", "fish"])("%s knows every command and its flags", async (shell) => {
    const { code, out } = await run(["completion", shell]);
    expect(code).toBe(0);
    for (const word of ["start", "sandbox", "doctor", "query", "schema", "affise-api-url", "allow-mutations"])
      expect(out).toContain(word);
  });

  test.skipIf(process.platform === "win32")(
    "bash completes commands, what they take, their flags, and files by their whole names",
    async () => {
      const { out } = await run(["completion", "bash"]);
      const home = mkdtempSync(join(folder, "completion"));
      for (const name of ["two words.graphql", "a$b.graphql"]) writeFileSync(join(home, name), "");
      mkdirSync(join(home, "my folder"));
      const completed = (...words: string[]) => {
        const script = `${out}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _affise_graphql; printf '%s\\n' "\${COMPREPLY[@]}"`;
        const { stdout, stderr } = spawnSync("bash", ["-c", script, "bash", "affise-graphql", ...words], {
          cwd: home,
          encoding: "utf8",
        });
        return [...stdout.split("\n").filter(Boolean), ...stderr.split("\n").filter(Boolean)].sort();
      };
      expect(completed("do")).toEqual(["doctor", "documents"]);
      expect(completed("--")).toEqual(["--help", "--version"]);
      expect(completed("completion", "")).toEqual(expect.arrayContaining(["bash", "fish", "zsh"]));
      expect(completed("documents", "ch")).toEqual(["check"]);
      expect(completed("help", "sch")).toEqual(["schema"]);
      expect(completed("doctor", "--re")).toEqual(["--redis-url", "--report"]);
      expect(completed("query", "two")).toEqual(["two words.graphql"]);
      expect(completed("query", "a")).toEqual(["a$b.graphql"]);
      expect(completed("query", "my")).toEqual(["my folder"]);
    },
  );

  test("an unknown shell is wrong usage", async () => {
    expect((await run(["completion", "tcsh"])).code).toBe(2);
  });
});
