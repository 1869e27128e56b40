import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settings } from "../../src/config.js";
import { at, buildPage, builtCli } from "../world/build.js";
import { pagesInOrder } from "./markdown.js";

// The addresses, paths and commands that the prose of the pages names, against what `npm start` starts. Blocks are run by docs.test.ts.
const pages = pagesInOrder(at(""));
/** Decisions speak of what was and of other programs too. */
const guides = pages.filter((page) => page !== "docs/decisions.md");
const textOf = (page: string) => readFileSync(at(page), "utf8");
const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
const home = mkdtempSync(join(tmpdir(), "affise-graphql-walk-"));
const { NODE_OPTIONS: _, VITEST: __, NODE_ENV: ___, ...inherited } = process.env;
const environment = { ...inherited, npm_config_offline: "true", npm_config_cache: home, npm_config_update_notifier: "false" };
const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];
const [program = "", ...before] = npm;
const how = { cwd: at(""), env: environment, shell: process.platform === "win32" };

let server: ChildProcess | undefined;
let said = "";
const origin = () => /Playground +(http:\/\/[^\s/]+)/.exec(said)?.[1] ?? "";

beforeAll(async () => {
  await Promise.all([builtCli(), buildPage()]);
  await new Promise<void>((resolve, reject) => {
    server = spawn(program, [...before, "start", "--", "--port", "0", "--log-level", "silent"], how);
    server.stderr?.on("data", (chunk) => {
      said += chunk;
      if (said.includes("Its keys:")) resolve();
    });
    server.on("close", (code) => reject(new Error(`npm start ended with ${code}: ${said}`)));
  });
});
afterAll(() => {
  server?.kill();
  rmSync(home, { recursive: true, force: true });
});

const statusOf = async (path: string): Promise<number> => {
  const url = `${origin()}${path}`;
  // The one address that is no page.
  const asked = path === "/graphql" ? { method: "POST", body: '{ "query": "{ __typename }" }' } : {};
  const headers = { "Content-Type": "application/json", "API-Key": "sandbox-general-manager" };
  return (await fetch(url, { ...asked, headers })).status;
};

const deadOf = async (paths: Iterable<string>): Promise<string[]> => {
  const dead: string[] = [];
  for (const path of new Set(paths)) {
    const status = await statusOf(path);
    if (status !== 200) dead.push(`${path} ${status}`);
  }
  return dead;
};

test("what it says at its start is there", async () => {
  const told = [...said.matchAll(/http:\/\/127\.0\.0\.1:\d+(\/?[^\s)]*)/g)].map(([, path = ""]) => path);
  expect(told).toEqual(expect.arrayContaining(["/", "/graphql", "/sandbox"]));
  expect(await deadOf(told)).toEqual([]);
});

test("every address of the pages is at the port of npm start, and answers there", async () => {
  const prose = pages.map((page) => textOf(page).replaceAll(/^```[\s\S]*?^```/gm, "")).join("\n");
  const addresses = [...prose.matchAll(/http:\/\/127\.0\.0\.1:(\d+)([^\s`>)]*)/g)];
  expect(addresses.length).toBeGreaterThan(2);
  expect(addresses.filter(([, port]) => port !== "4000").map(([address]) => address)).toEqual([]);
  const paths = [...prose.matchAll(/(?<=`)(?:GET )?(\/[a-z][\w./-]*)(?=`)/g)].map(([, path = ""]) => path);
  // Under the path of a proxy, and operations of Affise.
  const ours = paths.filter((path) => !/^\/(affise|\d)/.test(path));
  expect(ours).toEqual(expect.arrayContaining(["/healthz", "/readyz", "/metrics", "/schema.graphql"]));
  expect(await deadOf([...addresses.map(([, , path = ""]) => path), ...ours])).toEqual([]);
});

test("the guides are served, and every link on them leads to what is served", async () => {
  const read = async (path: string) => (await fetch(`${origin()}${path}`)).text();
  const links = async (path: string) =>
    [...(await read(path)).matchAll(/ (?:href|src)="([^"#]+)/g)].flatMap(([, link = ""]) =>
      /^[a-z]+:/.test(link) ? [] : [posix.join(posix.dirname(path), link.split("?")[0] ?? "")],
    );
  const first = await links("/docs/index.html");
  const served = [...new Set(first)].filter((path) => /^\/docs\/[\w-]+\.html$/.test(path));
  expect(served.length).toBeGreaterThan(10);
  expect(await deadOf([...first, ...(await Promise.all(served.map(links))).flat()])).toEqual([]);
});

test("npx affise-graphql is the command in a clone, without a network; what the pages name of it is there", () => {
  const printed = spawnSync(program, [...before, "exec", "--", "affise-graphql", "completion", "bash"], {
    ...how,
    encoding: "utf8",
  });
  expect([printed.status, printed.stderr]).toEqual([0, ""]);
  const known = (word: string) => new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(printed.stdout);
  const inline = guides.flatMap((page) => [...textOf(page).matchAll(/`([^`\n]+)`/g)].map(([, text = ""]) => ({ page, text })));
  const strange = inline.flatMap(({ page, text }) => {
    const [, script] = /^npm run ([\w:-]+)/.exec(text) ?? [];
    const [, command] = /affise-graphql ([a-z]+)/.exec(text) ?? [];
    const flags = /^--|affise-graphql/.test(text) ? [...text.matchAll(/(?<=^| )--[a-z-]+/g)].map(([flag]) => flag) : [];
    const words = [...(command ? [command] : []), ...flags].filter((word) => word !== "--help" && !known(word));
    return [...words, ...(script && !scripts[script] ? [script] : [])].map((word) => `${page}: ${word}`);
  });
  expect(strange).toEqual([]);
});

test("settings that the pages name are there", () => {
  const codes = [...textOf("docs/errors.md").matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code);
  const known = new Set([...Object.keys(settings), ...codes, "AFFISE_API_KEY"]);
  const families = Object.keys(settings).map((name) => name.split("_")[0]);
  const named = guides.flatMap((page) =>
    [...textOf(page).matchAll(/`([A-Z]{3,}(?:_[A-Z]+)+)(?:=[^`]*)?`/g)].map(([, name = ""]) => ({ page, name })),
  );
  const unknown = named.filter(({ name }) => families.includes(name.split("_")[0] ?? "") && !known.has(name));
  expect(named.length).toBeGreaterThan(40);
  expect(unknown.map(({ page, name }) => `${page}: ${name}`)).toEqual([]);
});
