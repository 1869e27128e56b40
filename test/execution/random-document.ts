import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";

export type Random = () => number;

/** What a test of random documents begins with and how many it takes; `SEED=7 COUNT=50000` in the environment take others. */
export const drawn = (seed: number, count: number): { seed: number; count: number } => ({
  seed: Number(process.env.SEED ?? seed),
  count: Number(process.env.COUNT ?? count),
});

/** The same numbers for the same seed, everywhere (mulberry32). */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const oneOf = <T>(random: Random, items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];

const odd = [
  "null",
  '""',
  '"\\u0000"',
  "-1",
  "99999999999",
  "1e309",
  "[]",
  "{}",
  "[[1]]",
  '"%2f..%2f"',
  '"../../x?y#z"',
  "true",
  "NOPE",
  '"\uD83D\uDE80"',
  "$nothing",
];

const usual: Record<string, readonly string[]> = {
  Int: ["0", "1", "2", "7", "2147483647"],
  Float: ["0", "1.5", "-3"],
  String: ['"a"', '"offer"', '"2026-01-01"', '"<b>"', '"\'; DROP"'],
  ID: ["1", '"2"', '"0000000000000000000000aa"', '"x"'],
  Boolean: ["true", "false"],
  Date: ['"2026-10-01"', '"2026-11-01"', '"yesterday"'],
};

/** A value that fits its type, most of the time. */
const valueOf = (random: Random, type: GraphQLInputType, depth: number): string => {
  if (random() < 0.04) return oneOf(random, odd) ?? "null";
  if (isNonNullType(type)) return valueOf(random, type.ofType, depth);
  if (isListType(type)) {
    const items = Array.from({ length: Math.floor(random() * 4) }, () => valueOf(random, type.ofType, depth + 1));
    return `[${items.join(", ")}]`;
  }
  if (isEnumType(type)) return oneOf(random, type.getValues())?.name ?? "null";
  if (isInputObjectType(type)) return `{ ${filled(random, Object.values(type.getFields()), depth + 1).join(", ")} }`;
  return oneOf(random, usual[type.name] ?? ['"2026-10-01"', '"1"', "1"]) ?? "null";
};

const filled = (random: Random, fields: readonly (GraphQLArgument | GraphQLInputField)[], depth: number): string[] =>
  fields.flatMap((field) => {
    const isNeeded = isNonNullType(field.type) && field.defaultValue === undefined;
    if (!(isNeeded ? random() < 0.98 : random() < (depth > 3 ? 0.02 : 0.15))) return [];
    return [`${field.name}: ${valueOf(random, field.type, depth)}`];
  });

const fieldsOf = (random: Random, schema: GraphQLSchema, type: GraphQLNamedType, depth: number): string => {
  if (isAbstractType(type)) {
    const inner = schema.getPossibleTypes(type).filter(() => random() < 0.6);
    return `{ __typename ${inner.map((one) => `... on ${one.name} ${fieldsOf(random, schema, one, depth + 1)}`).join(" ")} }`;
  }
  if (!isObjectType(type)) return "";
  const all = Object.values(type.getFields()).filter(({ type: inner }) => depth < 6 || !isCompositeType(getNamedType(inner)));
  const many = 1 + Math.floor(random() * (depth === 0 ? 2 : 4));
  const chosen = Array.from({ length: many }, () => oneOf(random, all)).flatMap((field, index) => {
    if (!field) return [];
    const named = getNamedType(field.type);
    const args = filled(random, field.args, 0);
    const alias = random() < 0.5 ? `a${depth}x${index}: ` : "";
    const directive = random() < 0.03 ? ` @include(if: ${random() < 0.5})` : "";
    const inner = isCompositeType(named) ? ` ${fieldsOf(random, schema, named, depth + 1)}` : "";
    return [`${alias}${field.name}${args.length ? `(${args.join(", ")})` : ""}${directive}${inner}`];
  });
  return `{ ${chosen.length ? chosen.join(" ") : "__typename"} }`;
};

const spoiled = (random: Random, text: string): string => {
  const at = Math.floor(random() * text.length);
  const kinds = [
    () => text.slice(0, at),
    () => text.slice(0, at) + text.slice(at + 1),
    () => `${text.slice(0, at)}${oneOf(random, ["{", "}", "(", "$", '"', "...", "@", "\u0000", "é", "\u202e"])}${text.slice(at)}`,
    () => text.replace(/\w+/g, (word) => (random() < 0.1 ? "nope" : word)),
    () => `${text} ${text}`,
  ];
  return (oneOf(random, kinds) ?? kinds[0])?.() ?? text;
};

const junk = [undefined, null, {}, { n: 1 }, { n: "x", __proto__: null }, { n: [[[]]] }, { n: { deep: { er: {} } } }];

export interface RandomRequest {
  query: string;
  variables?: unknown;
}

/** A random operation over a schema: mostly valid, sometimes spoiled. */
export const randomRequest = (random: Random, schema: GraphQLSchema): RandomRequest => {
  const isMutation = random() < 0.25;
  const root = isMutation ? schema.getMutationType() : schema.getQueryType();
  if (!root) throw new Error("The schema has no such root.");
  const text = `${isMutation ? "mutation" : "query"} ${fieldsOf(random, schema, root, 0)}`;
  return { query: random() < 0.2 ? spoiled(random, text) : text, variables: oneOf(random, junk) };
};
