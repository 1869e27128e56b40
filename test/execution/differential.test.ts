import { parse } from "graphql";
import { expect, test } from "vitest";
import { openExecutor } from "../../src/execution/executor.js";
import { compare } from "./differential.js";
import { menagerie } from "./menagerie.js";
import { drawn } from "./random-document.js";

const { seed, count } = drawn(20_261_125, 1_000);

test(`random valid queries have the data and the null places that graphql-js gives them, seed ${seed}`, {
  timeout: 60_000 + count * 60,
}, async () => {
  const { different, ...counts } = await compare(seed, count);
  process.stdout.write(`differential: ${JSON.stringify({ seed, ...counts, different: different.length })}\n`);
  expect(different[0]).toBeUndefined();
  expect(counts.raced).toBeLessThan(count / 100);
  // The queries were worth asking.
  expect(counts.withData).toBeGreaterThan(count);
  expect(counts.withErrors).toBeGreaterThan(count);
  expect(counts.refused).toBeGreaterThan(count / 20);
});

test("a response name that no ordinary object can have is answered too", async () => {
  const document = parse("{ __proto__: __typename a: __typename }");
  const [operation] = document.definitions;
  if (operation?.kind !== "OperationDefinition") throw new Error("There is no operation.");
  const { data } = await openExecutor(menagerie)({ document, operation, context: { seed: 1, failing: 0 } });
  expect(JSON.stringify(data)).toBe('{"__proto__":"Query","a":"Query"}');
});
