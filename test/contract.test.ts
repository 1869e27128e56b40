import { afterAll, describe, expect, test } from "vitest";
import { operations } from "../src/affise/operation.js";
import { answered } from "../src/sandbox/index.js";

const inReference = [...operations.values()].filter(({ beyondReference }) => !beyondReference);
const known = new Set<string>(operations.keys());

describe("the contract", () => {
  test("has the 167 operations of the reference", () => {
    expect(inReference).toHaveLength(167);
  });

  test("the sandbox answers no operation that the contract lacks", () => {
    expect(answered().filter((operation) => !known.has(operation))).toEqual([]);
  });
});

afterAll(() => {
  const sandbox = new Set(answered());
  const both = inReference.filter(({ operation }) => sandbox.has(operation));
  console.log(`The typed client knows ${inReference.length} of 167 operations; the sandbox answers ${both.length} of 167.`);
});
