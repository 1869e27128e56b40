import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readConfig } from "../../src/config.js";
import { buildPage, builtCli, builtClient } from "../world/build.js";
import { openWorld, type Reply, type World } from "../world/world.js";
import { type Block, blocksOf, differs, pagesInOrder, rewrite, written } from "./markdown.js";
import { addCommands, freePort, hasPage, notHere, openShell, type Shell, serve } from "./shell.js";

// Runs every code block of the README and of docs/, in the order in which a stranger reads them, over one sandbox: a page that changes
// something puts it back. UPDATE_DOCS=1 writes the real answers into the pages instead of comparing.
const root = fileURLToPath(new URL("../..", import.meta.url));
const updates = process.env.UPDATE_DOCS === "1";
const pages = pagesInOrder(root);
const blocks = pages.flatMap((page) => blocksOf(page, readFileSync(join(root, page), "utf8")));

/** The day on which the pages were written: the sandbox of this test lives on it, so that its figures stay. */
const now = new Date("2026-11-22T12:00:00Z");

/** Blocks that need what a block before them did to the sandbox, where that one cannot be run here. */
const leftAlone = new Set(
  pages.flatMap((page) => {
    const of = blocks.filter((block) => block.page === page);
    const first = of.findIndex(({ language, text }) => notHere[language] && /\/sandbox\//.test(text));
    return first < 0 ? [] : of.slice(first).filter(({ language, marks }) => language === "graphql" && !marks.from);
  }),
);

/** Why a block is not run on this machine. */
const whyNotHere = (block: Block): string | undefined =>
  notHere[block.language] ?? (leftAlone.has(block) ? "it needs what a block before it does, which is not run here" : undefined);

const scratch = mkdtempSync(join(tmpdir(), "affise-graphql-docs-"));
const folderOf = (page: string) => join(scratch, page.replaceAll(/\W/g, "-"));
const runnable = new Set(["graphql", "sh", "ts", "tsx", "python", "env", "yaml"]);
const ran: Block[] = [];

const cli = await builtCli();
await builtClient();
let world: World;
let ports: Record<string, string>;
let environment: NodeJS.ProcessEnv;
let shell: Shell;

/** A block as its reader runs it: with the ports of this test, and with a network and a key of their own in the place of the page's. */
const placed = (text: string) =>
  text
    .replaceAll(/\b(4000|4100|4200|4300)\b/g, (port) => ports[port] ?? port)
    .replaceAll("https://api-acme.affise.com", world.upstream)
    .replaceAll("AFFISE_API_KEY=…", "AFFISE_API_KEY=sandbox-general-manager");
/** What was printed, as the page would show it. */
const replaced = (text: string) =>
  Object.entries(ports).reduce((whole, [shown, real]) => whole.replaceAll(real, shown), text.replaceAll(folderOf(""), ""));

/** Saves a block where the reader of the page is. */
const save = async (block: Block, ending: string): Promise<string> => {
  const folder = (await shell.run("pwd")).trim();
  const file = join(folder, block.marks.file ?? `line-${block.line}.${ending}`);
  writeFileSync(file, placed(block.text));
  return file;
};

const serveBlock = async (block: Block, port: string) => {
  if (!hasPage()) await buildPage();
  const free = port === "4000" ? await freePort() : (ports[port] ?? "");
  await serve(placed(block.text), folderOf(block.page), free, environment);
};

/** The commands of a workflow's steps, with their variables. */
const runWorkflow = async (block: Block) => {
  const { steps } = parse(placed(block.text)) as { steps: { run?: string; env?: Record<string, string> }[] };
  for (const { run = "", env = {} } of steps)
    await shell.run(
      `${Object.entries(env)
        .map(([name, value]) => `export ${name}="${value}"\n`)
        .join("")}${run}`,
    );
};

const ask = async (block: Block, variables: Block | undefined): Promise<Reply> => {
  const { key } = block.marks;
  return world.ask(block.text, {
    variables: variables && (JSON.parse(variables.text) as Record<string, unknown>),
    key: key === "none" ? null : key,
  });
};

/** Runs a block and gives what came of it: an answer, or what was printed. */
const result = async (block: Block, variables: Block | undefined): Promise<unknown> => {
  if (block.marks.from) return expect(readFileSync(join(root, block.marks.from), "utf8")).toContain(block.text);
  switch (block.language) {
    case "graphql":
      return ask(block, variables);
    case "sh":
      if (block.marks.serves) return serveBlock(block, block.marks.serves);
      return replaced(await shell.run(placed(block.text)));
    case "python":
      return replaced(await shell.run(`python3 "${await save(block, "py")}"`));
    case "ts":
      if (block.marks.runBelow) return save(block, "ts");
      return replaced(await shell.run(`npx tsx "${await save(block, "ts")}"`));
    case "yaml":
      return runWorkflow(block);
    case "tsx":
      // No page to show it on: its types are checked with all others.
      return save(block, "tsx");
    default:
      return readConfig(parseEnv(block.text) as Record<string, string>).tenants;
  }
};

/** An answer without the places in the query's text, which say nothing to a reader; errors first, as the specification wants it. */
const told = (answer: unknown) => {
  if (!answer || typeof answer !== "object" || !("errors" in answer)) return answer;
  const { errors, data } = answer as Partial<Reply>;
  const plain = errors?.map(({ locations: _, ...error }: { locations?: unknown; message: string }) => error);
  return { errors: plain, ...(data === undefined ? {} : { data }) };
};

const compare = (real: unknown, answer: Block) => {
  if (answer.language === "json") {
    const value = told(typeof real === "string" ? (JSON.parse(real) as unknown) : real);
    const shown = JSON.parse(answer.text) as unknown;
    const fits = answer.marks.shape && differs(value, shown) === undefined;
    if (updates && !fits) rewrite(join(root, answer.page), answer, `${written(value)}\n`);
    else if (answer.marks.shape) expect(differs(value, shown)).toBeUndefined();
    else expect(value).toEqual(shown);
    return;
  }
  const text = String(real).trimEnd();
  expect(text, "nothing was printed").not.toBe("");
  const loose = (words: string) => (answer.marks.shape ? words.replaceAll(/\d+/g, "0") : words);
  if (updates && loose(text) !== loose(answer.text.trimEnd())) rewrite(join(root, answer.page), answer, `${text}\n`);
  else expect(loose(text)).toBe(loose(answer.text.trimEnd()));
};

/** What stands right behind a block that is run: variables come only behind a graphql block, and are no answer of any server. */
const isAnswer = (block: Block | undefined, to: Block): block is Block =>
  block !== undefined &&
  !block.marks.notRun &&
  !block.marks.file &&
  (block.language === "text" ||
    (block.language === "json" && (to.language !== "graphql" || /^\s*\{\s*"(data|errors)"/.test(block.text))));

const isVariables = (block: Block | undefined, to: Block) =>
  to.language === "graphql" && block?.language === "json" && !isAnswer(block, to);

/** A block that is run, with the variables and the answer that follow it. */
const steps = (page: string) => {
  const of = blocks.filter((block) => block.page === page);
  return of.flatMap((block, index) => {
    const runs = block.marks.from || (runnable.has(block.language) && !whyNotHere(block));
    if (block.marks.notRun || block.marks.runBy || !runs) return [];
    const variables = isVariables(of[index + 1], block) ? of[index + 1] : undefined;
    const next = of[index + (variables ? 2 : 1)];
    return [
      { name: `line ${block.line}: ${block.language}`, block, variables, answer: isAnswer(next, block) ? next : undefined },
    ];
  });
};

beforeAll(async () => {
  world = await openWorld({ ugly: [], now }, { metrics: true }, { hasSandboxDoor: true });
  const { port } = world.server.http.server.address() as { port: number };
  ports = { "4000": String(port), "4100": await freePort(), "4200": await freePort(), "4300": await freePort() };
  addCommands(join(scratch, "bin"), cli);
  const { NODE_OPTIONS: _, VITEST: __, NODE_ENV: ___, ...inherited } = process.env;
  // What a page exports, where no shell can do it.
  const exported = notHere.sh ? { AFFISE_API_KEY: "sandbox-general-manager" } : {};
  environment = { ...inherited, ...exported, PATH: `${join(scratch, "bin")}${delimiter}${process.env.PATH}`, NO_COLOR: "1" };
  symlinkSync(join(root, "node_modules"), join(scratch, "node_modules"), "junction");
  writeFileSync(join(scratch, "package.json"), '{ "type": "module" }\n');
});

afterAll(async () => {
  await world?.close();
  rmSync(scratch, { recursive: true, force: true });
  const idle = blocks.filter((block) => !ran.includes(block));
  const why = (block: Block) =>
    `  ${block.page}:${block.line} ${block.language}: ${block.marks.notRun ?? block.marks.runBy ?? whyNotHere(block) ?? "NOTHING RAN IT"}`;
  process.stderr.write(`\n${ran.length} of ${blocks.length} code blocks ran.${idle.length ? " Not run:" : ""}\n`);
  process.stderr.write(`${idle.map(why).join("\n")}\n`);
});

describe.each(pages.filter((page) => steps(page).length))("%s", { timeout: 90_000 }, (page) => {
  beforeAll(() => {
    if (notHere.sh) world.sandbox.reset();
    mkdirSync(folderOf(page), { recursive: true });
    shell = openShell(folderOf(page), `${folderOf(page)}.run`, environment);
  });
  afterAll(() => shell.close());

  test.each(steps(page))("$name", async ({ block, variables, answer }) => {
    const real = await result(block, variables);
    ran.push(...[block, variables, answer].filter((one) => one !== undefined));
    if (answer) compare(real, answer);
    else if (block.language === "graphql" && !block.marks.from) expect((real as Reply).errors).toBeUndefined();
  });
});

describe("all pages", () => {
  // Some of it imports what a block of the shell generates before.
  test.skipIf(notHere.sh)(
    "the TypeScript in them has the right types",
    async () => {
      const options = {
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        target: "es2023",
        lib: ["es2023", "dom"],
        types: ["node"],
      };
      const how = { module: "esnext", moduleResolution: "bundler", jsx: "react-jsx", moduleDetection: "force" };
      writeFileSync(
        join(scratch, "tsconfig.json"),
        JSON.stringify({ compilerOptions: { ...options, ...how, rootDir: "." }, include: ["*/**/*.ts", "*/**/*.tsx"] }),
      );
      const tsc = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", scratch], {
        encoding: "utf8",
      });
      expect(tsc.stdout).toBe("");
    },
    120_000,
  );

  test("every code block is run, or says why not", () => {
    const silent = blocks.filter(
      (block) => !ran.includes(block) && !block.marks.notRun && !block.marks.runBy && !whyNotHere(block),
    );
    const nowhere = blocks.filter(
      ({ page, marks }) => marks.runBy && !readFileSync(join(root, marks.runBy), "utf8").includes(`"${page}"`),
    );
    expect(nowhere.map(({ page, line }) => `${page}:${line}`)).toEqual([]);
    const followers = silent.filter(
      ({ language }) => Object.values(notHere).some(Boolean) && ["text", "json"].includes(language),
    );
    expect(silent.filter((block) => !followers.includes(block)).map(({ page, line }) => `${page}:${line}`)).toEqual([]);
  });

  test("the name of a file that others use is told to the reader", () => {
    const unnamed = blocks.filter(
      ({ page, marks }) => marks.file && !readFileSync(join(root, page), "utf8").includes(`\`${marks.file}\``),
    );
    expect(unnamed.map(({ page, marks }) => `${page}: ${marks.file}`)).toEqual([]);
  });

  test("the README's table of the environment is that of the settings", async () => {
    const { settings } = await import("../../src/config.js");
    const path = join(root, "README.md");
    const [head = "", table = "", tail = ""] = readFileSync(path, "utf8").split(
      /(?<=<!-- settings -->\n)|(?=<!-- end of settings -->)/,
    );
    const rows = Object.entries(settings).map(([name, { shown, about }]) => `| \`${name}\` | ${shown} | ${about} |\n`);
    const real = ["| Variable | Default | Meaning |\n", "| --- | --- | --- |\n", ...rows].join("");
    if (updates) writeFileSync(path, head + real + tail);
    else expect(table, "UPDATE_DOCS=1 npx vitest run test/docs/docs.test.ts writes it anew").toBe(real);
  });
});
