import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errorCodes } from "../../src/affise/error/error-code.js";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("docs/errors.md tells every code, its HTTP status, what it means and what to do, as the one table has it", () => {
  const rows = Object.entries<{ status?: number; means: string; next: string }>(errorCodes).map(
    ([code, { status, means, next }]) => `| \`${code}\` | ${status ?? ""} | ${means} | ${next} |`,
  );
  const written = read("docs/errors.md")
    .split("\n")
    .filter((line) => /^\| `[A-Z_]+/.test(line));
  expect(written.map((line) => line.replace(/ {2,}/g, " "))).toEqual(rows.map((line) => line.replace(/ {2,}/g, " ")));
});

test("the schema's ErrorCode names codes of the table only", () => {
  const [, values = ""] = /enum ErrorCode \{([\s\S]*?)\n\}/.exec(read("schema/base.graphql")) ?? [];
  const named = [...values.matchAll(/^ {2}([A-Z_]+)$/gm)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !Object.hasOwn(errorCodes, name ?? ""))).toEqual([]);
});
