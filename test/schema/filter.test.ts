import { type GraphQLInputField, getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType } from "graphql";
import { afterAll, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 5, affiliates: 5, advertisers: 2, conversions: 10 });
afterAll(() => world.close());

const schema = buildSchema();
const filters = Object.values(schema.getTypeMap())
  .filter(isInputObjectType)
  .filter(({ name }) => name.endsWith("Filter"));
const fields = filters.flatMap((type) =>
  Object.values(type.getFields()).map((field) => ({ at: `${type.name}.${field.name}`, field })),
);

const isList = ({ type }: GraphQLInputField) => isListType(isNonNullType(type) ? type.ofType : type);

// What a mutation counts and changes is asked in the words of an operation of its own, which takes one of these alone.
const ofMutations = /^MatchingConversionsFilter\./;

test("what is one of several kinds is a list in every filter", () => {
  const single = fields.filter(({ field }) => isEnumType(getNamedType(field.type)) && !isList(field));
  expect(single.map(({ at }) => at).filter((at) => !ofMutations.test(at))).toEqual([]);
});

test("what holds ids, countries or statuses has one name: ids in the plural, a status in the singular", () => {
  const lists = fields.filter(({ field }) => isList(field)).map(({ field }) => field.name);
  expect(lists.filter((name) => /Id$|^id$|^country$|[sS]tatuses$/.test(name))).toEqual([]);
});

const onlyOne = fields.filter(({ field }) => field.astNode?.directives?.some(({ name }) => name.value === "oneAtMost"));

test("a list of which Affise takes one says so", () => {
  expect(onlyOne.length).toBeGreaterThan(7);
  expect(onlyOne.filter(({ field }) => !isList(field) || !/one at a time/.test(field.description ?? ""))).toEqual([]);
});

const roots = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((root) => {
  const filter = root.args.find(({ name }) => name === "filter");
  const named = filter && getNamedType(filter.type);
  if (!filter || !isInputObjectType(named)) return [];
  const marked = onlyOne.filter(({ at }) => at.startsWith(`${named.name}.`));
  return marked.map(({ field }) => [`${root.name}(filter: { ${field.name} })`, root, named.name, field] as const);
});

const given: Record<string, string> = { from: '"2026-02-01"', to: '"2026-02-02"', by: "[DAY]", kind: "OFFER" };

test.each(roots)("%s: two are refused in words, before any call", async (_, root, filter, field) => {
  const needed = root.args.filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined);
  const args = [...needed.map(({ name }) => `${name}: ${given[name]}`), "filter: $filter"].join(", ");
  const named = getNamedType(field.type);
  const values = isEnumType(named) ? named.getValues().map(({ name }) => name) : ["DE", "US"];
  const { errors, calls } = await world.askCounting(`query ($filter: ${filter}) { ${root.name}(${args}) { __typename } }`, {
    variables: { filter: { [field.name]: values.slice(0, 2) } },
  });
  expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: [`filter.${field.name}`] } }]);
  expect(errors?.[0]?.message).toMatch(/one of them at a time/);
  expect(calls).toEqual([]);
});
