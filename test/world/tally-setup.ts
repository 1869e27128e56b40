import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { operations } from "../../src/contract/operation.js";
import type { Counted } from "./tally.js";

const folder = mkdtempSync(join(tmpdir(), "affise-graphql-tally-"));
const reference = [...operations.values()].filter(({ beyondReference }) => !beyondReference).map(({ operation }) => operation);

let ran: TestProject | undefined;

/** Before the first test: gives the tests a folder for what they note. */
export const setup = (project: TestProject): void => {
  ran = project;
  project.provide("tally", folder);
};

const noted = (what: Counted): Set<string> => {
  try {
    return new Set(readFileSync(join(folder, what), "utf8").split("\n"));
  } catch {
    return new Set();
  }
};

/** Whether every test of every file had its turn: only then does a missing operation say something. */
const isWhole = ({ config, vitest }: TestProject): boolean => {
  const test = fileURLToPath(new URL("..", import.meta.url));
  const files = readdirSync(test, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".test.ts"));
  const modules = new Set(vitest.state.getTestModules().map(({ moduleId }) => moduleId));
  return !config.testNamePattern && files.every((file) => modules.has(join(test, file).replaceAll("\\", "/")));
};

/** After the last test: prints the three numbers, and fails a whole run that falls short of one of them. */
export const teardown = (): void => {
  const bad = noted("sandbox-bad");
  const numbers: [does: string, operations: Set<string>][] = [
    ["operations the typed client can call", noted("client")],
    [
      "operations the sandbox answers in the contract's shape, good and bad input",
      new Set([...noted("sandbox-good")].filter((operation) => bad.has(operation))),
    ],
    ["operations that at least one GraphQL test reaches", noted("graphql")],
  ];
  rmSync(folder, { recursive: true, force: true });
  const whole = ran !== undefined && isWhole(ran);
  for (const [what, found] of numbers) {
    const missing = reference.filter((operation) => !found.has(operation));
    console.log(`${reference.length - missing.length} of ${reference.length} ${what}${whole ? "" : " (not all tests ran)"}`);
    if (missing.length && (whole || missing.length <= 10)) console.log(missing.map((one) => `  missing: ${one}`).join("\n"));
    if (missing.length && whole) process.exitCode = 1;
  }
};
