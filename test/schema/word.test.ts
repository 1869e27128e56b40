import { type GraphQLNamedType, type GraphQLType, getNamedType, isEnumType, isInputObjectType, isObjectType } from "graphql";
import { expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";

const schema = buildSchema();

interface Named {
  at: string;
  name: string;
  type: GraphQLType;
  description?: string | null;
}

const namedIn = (type: GraphQLNamedType): Named[] => {
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => ({ ...field, at: `${type.name}.${field.name}` }));
  }
  if (!isObjectType(type) || type.name.startsWith("__")) return [];
  return Object.values(type.getFields()).flatMap((field): Named[] => {
    const at = `${type.name}.${field.name}`;
    return [{ ...field, at }, ...field.args.map((arg) => ({ ...arg, at: `${at}(${arg.name})` }))];
  });
};

/** Every field, argument and input field of the schema: where it stands, its name, and what is said of it. */
const named = Object.values(schema.getTypeMap()).flatMap(namedIn);

test.each([
  [/^(goals?|target[Gg]oals)$/, /\bvalues?\b|What Meta gets/],
  [/^goalName$/, /\bname\b/],
  [/^goalIds?$/, /\bnumber\b/],
])("%s is one thing everywhere: its description has %s", (name, meaning) => {
  const goals = named.filter((one) => name.test(one.name) && String(getNamedType(one.type)) !== "Goal");
  expect(goals.length).toBeGreaterThan(0);
  expect(goals.filter(({ description }) => !meaning.test(description ?? "")).map(({ at }) => at)).toEqual([]);
});

test("a company has a companyName, wherever it is read or written", () => {
  const company = named.filter(({ description }) => /^Company name/.test(description ?? ""));
  expect(company.length).toBeGreaterThan(6);
  expect(company.filter(({ name }) => name !== "companyName").map(({ at }) => at)).toEqual([]);
});

test("what a list can be sorted by is named as the field that shows it", () => {
  const fields = new Set(named.map(({ name }) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()));
  const moments = Object.values(schema.getTypeMap())
    .filter((type) => isEnumType(type) && type.name.endsWith("OrderField"))
    .flatMap((type) => (isEnumType(type) ? type.getValues().map(({ name }) => [type.name, name] as const) : []))
    .filter(([, name]) => /^(CREATED|UPDATED|CLICKED|CHANGED)/.test(name));
  expect(moments.filter(([, name]) => !fields.has(name))).toEqual([]);
});
