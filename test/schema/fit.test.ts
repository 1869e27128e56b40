import { type GraphQLInputField, getNamedType, isObjectType } from "graphql";
import { expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { fits, idNames, isOther, pairs } from "./pair.js";

const schema = buildSchema();
const all = pairs(schema);
const types = [...new Set(all.map(({ type }) => type))];
const mutations = schema.getMutationType()?.getFields() ?? {};

/** They come with every row, and are Affise's own. */
const given = /^(id|nodeId|objectId|createdAt|updatedAt|createdOn|updatedOn|lastLoginAt)$/;

const isSecret = ({ astNode }: GraphQLInputField) => astNode?.directives?.some(({ name }) => name.value === "secret") ?? false;

/** What a description must say of a field that no input has: that nothing sets it, or by its name what does. */
const saysWhy = (description: string | null | undefined, written: ReadonlySet<string>) => {
  const setter = /`(\w+)` (?:of each )?sets (?:it|them)/.exec(description ?? "")?.[1];
  if (setter !== undefined) return setter in mutations || written.has(setter);
  return /Affise has no (documented )?way to set it|Affise works it out/.test(description ?? "");
};

/** Of some things so little can be written that their type says it for all the rest. */
const saysOfAll = (description: string | null | undefined) => /take, Affise has no\sway\sto\sset/.test(description ?? "");

/** Older conversions may stand in statuses that Affise gives to none any more. */
const narrower = new Set(["ConversionChange.status"]);

test("what is read under the name of an input's field can be given to it", () => {
  const unfit = all.flatMap(({ input, type }) =>
    Object.values(input.getFields()).flatMap((written) => {
      const read = type.getFields()[written.name];
      if (narrower.has(`${input.name}.${written.name}`)) return [];
      return !read || fits(read, written, all) ? [] : [`${input.name}.${written.name}: ${read.type} is written ${written.type}`];
    }),
  );
  expect(unfit).toEqual([]);
});

test("what can be written and not read says so", () => {
  const silent = all.flatMap(({ input, type }) =>
    Object.values(input.getFields())
      .filter(({ name }) => !type.getFields()[name])
      .filter((field) => !all.some((pair) => pair.type === type && pair.input === getNamedType(field.type)))
      .filter((field) => !isSecret(field) && !/^Which |^True mails|No answer of Affise shows it/.test(field.description ?? ""))
      .map(({ name }) => `${input.name}.${name}`),
  );
  expect(silent).toEqual([]);
});

test("what can be read and not written says why", () => {
  const spoken = types.filter(({ description }) => !saysOfAll(description));
  const silent = spoken.flatMap((type) => {
    const written = new Set(all.filter((pair) => pair.type === type).flatMap(({ input }) => Object.keys(input.getFields())));
    return Object.values(type.getFields())
      .filter(({ name, args }) => !written.has(name) && !given.test(name) && args.length === 0)
      .filter((field) => !(isOther(field) && idNames(field.name).some((name) => written.has(name))))
      .filter(({ description }) => !saysWhy(description, written))
      .map(({ name }) => `${type.name}.${name}`);
  });
  expect(silent).toEqual([]);
});

test("the nouns that people write are among them", () => {
  const nodes = types.filter((type) => isObjectType(type) && "id" in type.getFields());
  expect(nodes.length).toBeGreaterThanOrEqual(15);
});
