import { describe, expect, test } from "vitest";
import { check } from "../../src/affise/encoding/check.js";
import { target } from "../../src/affise/encoding/encode.js";
import { AffiseError } from "../../src/affise/error/error.js";
import { type Operation, operationInfo, operations } from "../../src/contract/operation.js";
import { answered } from "../../src/sandbox/index.js";
import { note } from "../world/tally.js";

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

describe("the typed client", () => {
  test.each([...operations.keys()])("knows how to check and to send %s", (operation) => {
    const facts = operationInfo(operation as Operation);
    const ids = Object.fromEntries(facts.parameters.filter((one) => one.in === "path").map(({ name }) => [name, "1"]));
    expect(target(facts, ids, {})).not.toMatch(/[{}]/);
    try {
      check(facts, { path: ids });
    } catch (error) {
      expect(error).toBeInstanceOf(AffiseError);
    }
    note("client", [operation]);
  });
});
