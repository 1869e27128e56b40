import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parse, print } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { examples } from "../../playground/src/example/example.js";
import { withPages } from "../../src/paged-sdl.js";
import { at } from "../world/build.js";
import { tool, tools } from "./tools.js";

const folder = mkdtempSync(join(tmpdir(), "affise-graphql-lint-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, text: string) => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
};

/** The operations in a program's TypeScript. */
const operationsIn = (program: string) =>
  readdirSync(at(program), { encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) =>
      [...readFileSync(join(at(program), name), "utf8").matchAll(/graphql\(`([^`]*)`\)/g)].map(([, text = ""]) => [name, text]),
    );

interface Finding {
  filePath: string;
  messages: { ruleId: string; line: number; message: string }[];
}

/** What eslint finds, as `file:line rule: message`. */
const findings = (...paths: string[]): string[] => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool("eslint/bin/eslint.js"), "-f", "json", ...paths], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  expect([0, 1], stderr).toContain(status);
  return (JSON.parse(stdout) as Finding[]).flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, message }) => `${filePath.split(`${basename(folder)}/`)[1]}:${line} ${ruleId}: ${message}`),
  );
};

describe.skipIf(!tools)("graphql-eslint", () => {
  beforeAll(() => {
    symlinkSync(tool(""), join(folder, "node_modules"), "junction");
    write("package.json", '{ "type": "module" }');
    cpSync(at(".ci/interop/eslint.config.js"), join(folder, "eslint.config.js"));
    cpSync(at("schema.graphql"), join(folder, "schema.graphql"));
    for (const file of readdirSync(at("schema"), { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".graphql"),
    ))
      write(`schema/${file}`, print(withPages(parse(readFileSync(join(at("schema"), file), "utf8")))));
    cpSync(at("client/src/operation"), join(folder, "operations/client"), { recursive: true });
    for (const [index, { query }] of examples.entries()) write(`operations/playground/${index}.graphql`, query);
    for (const program of ["examples/script", "examples/caps-monitor/src"])
      for (const [name, text = ""] of operationsIn(program)) write(`operations/${program.split("/")[1]}/${name}.graphql`, text);
  });

  test("the schema, and the operations of client, playground and examples: nothing is found", () => {
    expect(readdirSync(join(folder, "operations"))).toEqual(["caps-monitor", "client", "playground", "script"]);
    expect(findings(".")).toEqual([]);
  });

  test("what is wrong would be found", () => {
    write(
      "schema/wrong.graphql",
      `type Wrong { id: ID wrongName: String old: Int @deprecated }
       type WrongEdge { node: [Wrong] }
       extend type Query { getWrong: Wrong wrongs(first: Int): WrongConnection }
       type WrongConnection { edges: [WrongEdge] }`,
    );
    write("operations/client/wrong.graphql", "query OffersQuery { offers { nodes { title } } } { offers { nope } }");
    const lines = findings("schema/wrong.graphql", "operations/client/wrong.graphql");
    const rules = new Set(lines.map((line) => /@graphql-eslint\/([\w-]+)/.exec(line)?.[1]));
    expect([...rules].sort()).toEqual([
      "fields-on-correct-type",
      "lone-anonymous-operation",
      "naming-convention",
      "no-anonymous-operations",
      "no-typename-prefix",
      "relay-arguments",
      "relay-connection-types",
      "relay-edge-types",
      "require-deprecation-reason",
      "require-description",
      "require-selections",
      "strict-id-in-types",
    ]);
  });
});
