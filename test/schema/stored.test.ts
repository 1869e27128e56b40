import { readFileSync } from "node:fs";
import { buildSchema, findBreakingChanges, findDangerousChanges } from "graphql";
import { expect, test } from "vitest";
import { printedSchema } from "../../src/sdl.js";

const stored = readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8");

/** What the change does to programs that were written against the stored schema. */
const changes = (): string[] => {
  const [before, after] = [buildSchema(stored), buildSchema(printedSchema())];
  const told = [
    ...findBreakingChanges(before, after).map(({ description }) => `breaks clients: ${description}`),
    ...findDangerousChanges(before, after).map(({ description }) => `may surprise clients: ${description}`),
  ];
  return told.length ? told : ["nothing that breaks a client"];
};

test("schema.graphql is the schema as it is", () => {
  if (stored === `${printedSchema()}\n`) return;
  expect.fail(
    `The schema has changed; \`npm run schema:store\` writes schema.graphql anew. Read first what changes:\n${changes().join("\n")}`,
  );
});

test("a field that goes is named as a break", () => {
  const before = buildSchema("type Query { offer: String gone: String }");
  const after = buildSchema("type Query { offer: String }");
  expect(findBreakingChanges(before, after).map(({ description }) => description)).toEqual(["Query.gone was removed."]);
});
