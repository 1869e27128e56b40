import { describe, expect, test } from "vitest";
import { operations } from "../../src/contract/operation.js";
import { resolve, type Schema } from "../../src/contract/schema.js";

/** Columns that tell money: amounts, rates, averages, currencies. */
const money =
  /^(revenue|payouts?|income|noincome|earnings?|total|charge|balance(_.*)?|hold(_ru|_usd)?|available(_.*)?|amount|sum|sum_.*|price|afprice|costs?|margin|roi|epc|.*_epc|ecpm|cr|.*_cr|cr_.*|ctr|ratio|rate|.*_percent.*|null|.*_revenue|shave|currency.*|value|current_value|modifier_value|baseline_value|goal_value|reset_to_value|clicks_.*)$/;

/** Columns that tell a state: what is on, paid, let in, of which kind. */
const state =
  /^(status|statusCode|.*_status|is_paid|active|is_active|enabled|allowed|privacy|privacy_level|level|type|payment_type|payout_type|is_top|hold_type|hold_period|hold_date_expire|is_remaining|is_.*overcap|affiliates_enabled)$/;

interface Column {
  at: string;
  schema: Schema & { description?: string; "x-source"?: string; "x-certainty"?: string };
}

/** Each such column of each answer, once for each schema that declares it; what is inside a reference that tells its source is told there. */
const columnsIn = (schema: Schema | undefined, at: string, seen: Set<Schema>): Column[] => {
  if (!schema) return [];
  const target = resolve(schema);
  if (seen.has(target)) return [];
  seen.add(target);
  const { allOf = [], anyOf = [], oneOf = [], items, additionalProperties, properties = {} } = target;
  const inner = [
    ...allOf,
    ...anyOf,
    ...oneOf,
    items,
    typeof additionalProperties === "object" ? additionalProperties : undefined,
  ];
  return [
    ...inner.flatMap((one) => columnsIn(one, at, seen)),
    ...Object.entries(properties).flatMap(([name, column]) => [
      ...(money.test(name) || state.test(name) ? [{ at: `${at} ${name}`, schema: { ...resolve(column), ...column } }] : []),
      ...columnsIn(column, `${at} ${name}`, seen),
    ]),
  ];
};

const seen = new Set<Schema>();
const columns = [...operations.values()].flatMap(({ operation, answer }) => columnsIn(answer, operation, seen));

describe("columns of money and state", () => {
  test("there are as many as a network has", () => {
    expect(columns.length).toBeGreaterThan(250);
  });

  test("each says where it is known from", () => {
    expect(columns.filter(({ schema }) => !schema["x-source"]?.trim()).map(({ at }) => at)).toEqual([]);
  });

  test("each says how sure that is", () => {
    const words = ["recorded", "stated", "inferred", "unexplained"];
    expect(columns.filter(({ schema }) => !words.includes(schema["x-certainty"] ?? "")).map(({ at }) => at)).toEqual([]);
  });

  test("none is called recorded without a recording, and none is inferred in silence", () => {
    const of = (certainty: string) => columns.filter(({ schema }) => schema["x-certainty"] === certainty);
    const without = (certainty: string, words: RegExp) =>
      of(certainty)
        .filter(({ schema }) => !words.test(`${schema["x-source"]} ${schema.description ?? ""}`))
        .map(({ at }) => at);
    expect(without("recorded", /recorded|SDK|client|seen|test data/)).toEqual([]);
    expect(without("inferred", /inferred|less|by costs/)).toEqual([]);
    expect(without("unexplained", /nowhere|not explained|null/)).toEqual([]);
  });
});
