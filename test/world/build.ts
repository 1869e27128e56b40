import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

export const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const newest = (path: string): number =>
  statSync(path).isDirectory()
    ? Math.max(...readdirSync(path, { recursive: true, encoding: "utf8" }).map((name) => statSync(join(path, name)).mtimeMs))
    : statSync(path).mtimeMs;

/** Builds a file where it is missing or older than its sources. Test files run side by side: one builds, the others wait for it. */
const build = async (file: string, sources: readonly string[], command: readonly string[]): Promise<void> => {
  const isStale = () =>
    !existsSync(at(file)) || Math.max(...sources.map((path) => newest(at(path)))) > statSync(at(file)).mtimeMs;
  const lock = at(`dist/${sources[0]?.replaceAll("/", "-")}.lock`);
  mkdirSync(at("dist"), { recursive: true });
  for (;;) {
    if (!isStale() && !existsSync(lock)) return;
    try {
      mkdirSync(lock);
      break;
    } catch {
      if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 120_000)
        rmSync(lock, { recursive: true });
      await pause(200);
    }
  }
  try {
    if (!isStale()) return;
    const env = { ...process.env, NODE_ENV: "production" };
    const { status } = spawnSync(process.execPath, [...command], { cwd: at(""), stdio: "inherit", env });
    expect(status).toBe(0);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
};

/** What the page and the docs beside it are made of. */
const pageSources = ["playground", "scripts/docs", "docs", "schema", "contract", "README.md", "CHANGELOG.md"];

export const buildPage = (): Promise<void> =>
  build("dist/playground/index.html", pageSources, [
    at("node_modules/vite/bin/vite.js"),
    ...["build", "playground", "--logLevel", "error"],
  ]);

/** The command as it is shipped, to be started by Node: it begins in half the time that tsx takes over the sources. */
export const builtCli = async (): Promise<string> => {
  await build("dist/cli.js", ["src", "vite.config.ts"], [at("node_modules/vite/bin/vite.js"), "build", "--logLevel", "error"]);
  return at("dist/cli.js");
};

/** The typed client as it is shipped, which is what `@affise-graphql/client` means to programs of this repository. */
export const builtClient = (): Promise<void> =>
  build("client/dist/index.js", ["client/src"], [at("node_modules/@typescript/native/bin/tsc"), "-p", "client/tsconfig.json"]);
