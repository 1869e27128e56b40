import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  getNamedType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { isOther, isTarget, pairs } from "../schema/pair.js";
import { openProxied } from "../world/proxied.js";
import { prepare } from "./prepare.js";

const { world } = await openProxied({ offers: 60, affiliates: 30, advertisers: 6, conversions: 200 });
afterAll(() => world.close());
beforeAll(() => prepare(world));

const schema = buildSchema();
const all = pairs(schema);
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});

type Row = Record<string, unknown>;

const pairOf = (input: unknown) => all.find((pair) => pair.input === input);

const listOf = (type: GraphQLObjectType): GraphQLField<unknown, unknown> | undefined =>
  Object.values(schema.getQueryType()?.getFields() ?? {}).find((field) => {
    const inner = getNamedType(field.type);
    return inner.name === `${type.name}Connection` || (inner === type && isListType(field.type));
  });

/** What an input is about, itself or in a list of changes. */
const nounOf = (input: GraphQLInputObjectType): GraphQLObjectType | undefined =>
  pairOf(input)?.type ??
  Object.values(input.getFields())
    .map((field) => pairOf(getNamedType(field.type))?.type)
    .find((type) => type && listOf(type));

const isEmpty = (value: unknown) => value === "" || (Array.isArray(value) && value.length === 0);
const mayBeEmpty = ({ astNode }: GraphQLInputField) => astNode?.directives?.some(({ name }) => name.value === "mayBeEmpty");

/** What a row says, as an input takes it: by name, at every depth. What is null says nothing and is left out, as what is empty where that is refused. */
const written = (input: GraphQLInputObjectType, type: GraphQLObjectType, row: Row): Row => {
  const fields = Object.values(input.getFields()).map((field): [string, unknown] => {
    const inner = getNamedType(field.type);
    const isMany = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    const pair = pairOf(inner);
    if (!(field.name in type.getFields())) {
      if (isTarget(field)) return [field.name, isMany ? [row.id] : row.id];
      if (isInputObjectType(inner) && pair?.type === type) {
        return [field.name, isMany ? [written(inner, type, row)] : written(inner, type, row)];
      }
      return [field.name, undefined];
    }
    const value = row[field.name] ?? (isMany && isRequiredInputField(field) ? [] : undefined);
    if (isEmpty(value) && !mayBeEmpty(field)) return [field.name, undefined];
    if (!pair || value === undefined || !isInputObjectType(inner)) return [field.name, value];
    const one = (part: Row) => written(inner, pair.type, part);
    return [field.name, Array.isArray(value) ? value.map(one) : one(value as Row)];
  });
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
};

/** Everything a type tells without arguments, but for rows of other nouns. */
const everything = (type: GraphQLObjectType, depth = 4): string =>
  Object.values(type.getFields())
    .filter((field) => !field.args.some(isRequiredArgument) && !(isOther(field) && getNamedType(field.type) !== type))
    .flatMap((field) => {
      const inner = getNamedType(field.type);
      if (isLeafType(inner)) return [field.name];
      return isObjectType(inner) && depth > 0 && field.args.length === 0 && !isOther(field)
        ? [`${field.name} { ${everything(inner, depth - 1)} }`]
        : [];
    })
    .join(" ");

const values: Record<string, string> = {
  affiliateId: '"2"',
  offerId: '"1"',
  from: '"2026-01-01"',
  to: '"2026-03-01"',
  first: "60",
};

interface Page {
  nodes: Row[];
  pageInfo?: { hasNextPage: boolean; endCursor: string };
}

const readPage = async (type: GraphQLObjectType, after: string | undefined) => {
  const list = listOf(type);
  if (!list) throw new Error(`No list of the root has ${type.name}`);
  const wanted = list.args.filter(({ name, type }) => name === "first" || (isNonNullType(type) && values[name]));
  const args = wanted.map(({ name }) => `${name}: ${values[name]}`).concat(after ? [`after: ${JSON.stringify(after)}`] : []);
  const fields = everything(type);
  const isPaged = getNamedType(list.type) !== type;
  const asked = isPaged ? `{ nodes { ${fields} } pageInfo { hasNextPage endCursor } }` : `{ ${fields} }`;
  const { data, errors } = await world.ask(`{ all: ${list.name}${args.length ? `(${args.join(", ")})` : ""} ${asked} }`);
  const page = (isPaged ? data.all : { nodes: data.all }) as Page;
  const odd = new Set(errors?.map(({ path }) => path?.find((step) => typeof step === "number")));
  return { rows: page.nodes.filter((_, index) => !odd.has(index)), next: page.pageInfo };
};

/** All rows of a noun that can be read whole: odd ones, of which a field fails, cannot be written as they were. */
const readAll = async (type: GraphQLObjectType): Promise<Row[]> => {
  const first = await readPage(type, undefined);
  const rows = [...first.rows];
  for (let next = first.next; next?.hasNextPage; ) {
    const page = await readPage(type, next.endCursor);
    rows.push(...page.rows);
    next = page.next;
  }
  return rows;
};

const writers = mutations.flatMap((mutation) => {
  const input = mutation.args[0] && getNamedType(mutation.args[0].type);
  if (!isInputObjectType(input) || !/^(update|set)/.test(mutation.name)) return [];
  const type = nounOf(input);
  return type ? [{ name: mutation.name, input, type, payload: getNamedType(mutation.type) as GraphQLObjectType }] : [];
});

/** What an input wants and nobody can read keeps a thing from being written back. */
const unreadable = ({ input, type }: (typeof writers)[number]) =>
  Object.values(input.getFields()).some(
    (field) =>
      isRequiredInputField(field) && !isTarget(field) && !pairOf(getNamedType(field.type)) && !(field.name in type.getFields()),
  );

/** Fields that another field sets, or that change with every write. */
const follows = ({ name, description }: GraphQLField<unknown, unknown>) =>
  /^(updatedAt|updatedOn)$/.test(name) || /sets (it|them)\b/.test(description ?? "");

/** A row without what follows from something else, and parts of it without what nobody can set. Nothing and none are the same here. */
const still = (type: GraphQLObjectType, row: Row, isPart = false): Row => {
  const kept = Object.entries(row).flatMap(([name, value]): [string, unknown][] => {
    const field = type.getFields()[name];
    if (!field || value === null || isEmpty(value) || follows(field)) return [];
    if (isPart && /Affise has no (documented )?way to set it/.test(field.description ?? "")) return [];
    const inner = getNamedType(field.type);
    if (!isObjectType(inner)) return [[name, value]];
    const one = (part: unknown) => still(inner, part as Row, true);
    return [[name, Array.isArray(value) ? value.map(one) : one(value)]];
  });
  return Object.fromEntries(kept);
};

const runs = writers.filter((writer) => !unreadable(writer) && listOf(writer.type));

test.each(runs)("$name writes back what was read", async ({ name, input, type, payload }) => {
  const before = await readAll(type);
  const outcome = "outcome error { message argument }";
  const asked = "outcome" in payload.getFields() ? outcome : `results { ${outcome} }`;
  const told: { outcome?: string; error?: { message: string } }[] = [];
  for (const row of before) {
    const variables = { input: written(input, type, row) };
    const query = `mutation ($input: ${input.name}!) { ${name}(input: $input) { ${asked} } }`;
    const { data, errors } = await world.ask(query, { variables });
    const payload = data?.[name] as { results?: object[] } | undefined;
    told.push(payload?.results?.[0] ?? payload ?? { error: { message: JSON.stringify(errors) } });
  }
  expect(told).toContainEqual({ outcome: "DONE", error: null });
  const failed = told.filter(
    ({ outcome, error }) => outcome !== "DONE" && !/closed|Only unpaid|changes nothing/.test(error?.message ?? ""),
  );
  expect(failed.slice(0, 3)).toEqual([]);
  const after = await readAll(type);
  expect(after.map((row) => still(type, row))).toEqual(before.map((row) => still(type, row)));
});

test("only what needs something that nobody can read is not among them", () => {
  const left = writers.filter((writer) => !runs.includes(writer)).map(({ name }) => name);
  expect(left).toEqual(["updateAllMatchingConversions", "updateHtmlCreative"]);
});
