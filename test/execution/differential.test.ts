import { parse } from "graphql";
import { expect, test } from "vitest";
import { openExecutor } from "../../src/execution/executor.js";
import { compare } from "./differential.js";
import { menagerie } from "./menagerie.js";

test("random valid queries are answered to the letter as by graphql-js, at every sight", { timeout: 240_000 }, async () => {
  const { different, ...counts } = await compare(20_261_125, 1_000);
  process.stdout.write(`differential: ${JSON.stringify({ ...counts, different: different.length })}\n`);
  expect(different[0]).toBeUndefined();
  // The queries were worth asking.
  expect(counts.withData).toBeGreaterThan(1_000);
  expect(counts.withErrors).toBeGreaterThan(1_000);
  expect(counts.refused).toBeGreaterThan(50);
});

test("a response name that no ordinary object can have is answered too", async () => {
  const document = parse("{ __proto__: __typename a: __typename }");
  const [operation] = document.definitions;
  if (operation?.kind !== "OperationDefinition") throw new Error("There is no operation.");
  const { data } = await openExecutor(menagerie)({ document, operation, context: { seed: 1, failing: 0 } });
  expect(JSON.stringify(data)).toBe('{"__proto__":"Query","a":"Query"}');
});
