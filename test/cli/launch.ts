import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect } from "vitest";
import { builtCli } from "../world/build.js";

export const cli = await builtCli();
/** An empty folder that the commands run in. */
export const folder = mkdtempSync(join(tmpdir(), "affise-graphql-cli-"));
const running = new Set<ChildProcess>();

/** Has the folder there for the tests of a file; ends what they have started, and takes it away. The files of one worker share this module. */
export const tidyUp = (): void => {
  mkdirSync(folder, { recursive: true });
  afterEach(() => {
    for (const child of running) child.kill();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
};

/** Starts the command in an empty folder, with nothing of ours in its environment. */
export const launch = (args: readonly string[], environment: Record<string, string> = {}, command = cli) => {
  const { PATH = "", SystemRoot = "" } = process.env;
  const child = spawn(process.execPath, [command, ...args], {
    cwd: folder,
    env: { PATH, SystemRoot, ...environment },
  });
  running.add(child);
  const said = { out: "", error: "" };
  child.stdout.on("data", (chunk) => {
    said.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said.error += chunk;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on("close", (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  return { child, said, ended };
};

/** Runs the command to its end. */
export const run = async (args: readonly string[], environment?: Record<string, string>, command = cli) => {
  const { said, ended } = launch(args, environment, command);
  return { code: await ended, ...said };
};

/** Waits until a server says where it is. */
export const serving = async (args: readonly string[], environment: Record<string, string> = {}) => {
  const started = launch(args, { LOG_LEVEL: "silent", SANDBOX_OFFERS: "20", SANDBOX_CONVERSIONS: "10", ...environment });
  const address = await Promise.race([
    expect
      .poll(() => started.said.error, { timeout: 30_000, interval: 50 })
      .toMatch(/http:\/\/\S+/)
      .then(() => /http:\/\/[^\s/]+/.exec(started.said.error)?.[0] ?? ""),
    started.ended.then((code) => Promise.reject(new Error(`it ended with ${code}: ${started.said.error}`))),
  ]);
  return { address, ...started };
};
