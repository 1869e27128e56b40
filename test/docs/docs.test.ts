import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../src/config.js";
import { builtCli, builtClient } from "../world/build.js";
import { openWorld, type Reply, type World } from "../world/world.js";
import { type Block, blocksOf, differs, rewrite, written } from "./markdown.js";

// Runs every code block of the README and of docs/. UPDATE_DOCS=1 writes the real answers into the pages instead of comparing.
const root = fileURLToPath(new URL("../..", import.meta.url));
const updates = process.env.UPDATE_DOCS === "1";
const pages = ["README.md", "CONTRIBUTING.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith(".md"),
);
const blocks = pages.flatMap((page) => blocksOf(page, readFileSync(join(root, page), "utf8")));

/** The day on which the pages were written: the sandbox of this test lives on it, so that its figures stay. */
const now = new Date("2026-11-22T12:00:00Z");

const has = (program: string) => spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
const programs = { sh: has("bash") && has("curl"), python: has("python3") };
const notHere: Partial<Record<string, string>> = {
  sh: programs.sh ? undefined : "bash or curl is not on this machine",
  python: programs.python ? undefined : "python3 is not on this machine",
};

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
const runnable = new Set(["graphql", "sh", "ts", "tsx", "python", "env"]);
const ran: Block[] = [];

/** What pages started and has not ended. */
const started = new Set<ChildProcess>();

const cli = await builtCli();
await builtClient();
let world: World;
let ports: Record<string, string>;

/** A port that nothing listens on. */
const freePort = () =>
  new Promise<string>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(String(port)));
    });
  });

const placed = (text: string) => text.replaceAll(/\b(4000|4100|4200|4300)\b/g, (port) => ports[port] ?? port);
/** What was printed, as the page would show it. */
const replaced = (text: string) =>
  Object.entries(ports).reduce((whole, [shown, real]) => whole.replaceAll(real, shown), text.replaceAll(folderOf(""), ""));

/** Commands of the pages that stand for ours: the server as it is built, the programs of this folder's packages. */
const addCommands = (folder: string, cli: string) => {
  mkdirSync(folder, { recursive: true });
  const add = (name: string, line: string) => {
    writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${line}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  add("affise-graphql", `exec "${process.execPath}" "${cli}" "$@"`);
  add("npx", `command="$1"; shift; PATH="${folder}:${join(root, "node_modules/.bin")}:$PATH" exec "$command" "$@"`);
};

const run = (page: string, command: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const { NODE_OPTIONS: _, VITEST: __, NODE_ENV: ___, ...environment } = process.env;
    const child = spawn(command, args, {
      cwd: folderOf(page),
      // A group of its own, so that what a page starts can be ended with it.
      detached: process.platform !== "win32",
      env: {
        ...environment,
        PATH: `${join(scratch, "bin")}${delimiter}${process.env.PATH}`,
        AFFISE_API_KEY: "sandbox-general-manager",
        NO_COLOR: "1",
      },
    });
    started.add(child);
    let [output, complaints] = ["", ""];
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      complaints += chunk;
    });
    child.on("close", (code) => {
      started.delete(child);
      code === 0 ? resolve(output) : reject(new Error(`exit code ${code}\n${output}\n${complaints}`));
    });
  });

const save = (block: Block, ending: string): string => {
  const name = block.marks.file ?? `line-${block.line}.${ending}`;
  writeFileSync(join(folderOf(block.page), name), placed(block.text));
  return name;
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
      return replaced(await run(block.page, "bash", ["-eu", "-c", placed(block.text)]));
    case "python":
      return replaced(await run(block.page, "python3", [save(block, "py")]));
    case "ts":
      if (block.marks.runBelow) return "";
      return replaced(
        await run(block.page, process.execPath, ["--import", join(root, "node_modules/tsx/dist/loader.mjs"), save(block, "ts")]),
      );
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
    if (block.marks.notRun || !runs) return [];
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
  ports = { "4000": String(port), "4100": new URL(world.upstream).port, "4200": await freePort(), "4300": await freePort() };
  addCommands(join(scratch, "bin"), cli);
  symlinkSync(join(root, "node_modules"), join(scratch, "node_modules"), "junction");
  writeFileSync(join(scratch, "package.json"), '{ "type": "module" }\n');
});

afterAll(async () => {
  for (const { pid = 0 } of started) {
    try {
      process.kill(process.platform === "win32" ? pid : -pid);
    } catch {
      // It ended just now.
    }
  }
  await world?.close();
  rmSync(scratch, { recursive: true, force: true });
  const idle = blocks.filter((block) => !ran.includes(block));
  const why = (block: Block) =>
    `  ${block.page}:${block.line} ${block.language}: ${block.marks.notRun ?? whyNotHere(block) ?? "NOTHING RAN IT"}`;
  process.stderr.write(`\n${ran.length} of ${blocks.length} code blocks ran.${idle.length ? " Not run:" : ""}\n`);
  process.stderr.write(`${idle.map(why).join("\n")}\n`);
});

describe.each(pages.filter((page) => steps(page).length))("%s", { timeout: 90_000 }, (page) => {
  beforeAll(() => {
    world.sandbox.reset();
    mkdirSync(folderOf(page), { recursive: true });
    for (const block of blocks) if (block.page === page && block.marks.file) save(block, block.language);
  });

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
    const silent = blocks.filter((block) => !ran.includes(block) && !block.marks.notRun && !whyNotHere(block));
    const followers = silent.filter(
      ({ language }) => Object.values(notHere).some(Boolean) && ["text", "json"].includes(language),
    );
    expect(silent.filter((block) => !followers.includes(block)).map(({ page, line }) => `${page}:${line}`)).toEqual([]);
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
