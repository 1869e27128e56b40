import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";

/** What is read, and an input that writes it. */
export interface Pair {
  type: GraphQLObjectType;
  input: GraphQLInputObjectType;
}

const singular = (name: string) => name.replace(/ies$/, "y").replace(/s$/, "");

const objectNamed = (schema: GraphQLSchema, name: string) => {
  const type = schema.getType(name);
  return isObjectType(type) ? type : undefined;
};

/** CapInput, ConversionChange and OffersChange are about a Cap, a Conversion and an Offer. */
const namedAfter = (schema: GraphQLSchema, { name }: GraphQLInputObjectType) => {
  const [, noun, end] = /^(?:Create|Update|Set|Add)?(\w+?)(Input|Change)$/.exec(name) ?? [];
  return noun === undefined
    ? undefined
    : (objectNamed(schema, noun) ?? objectNamed(schema, end === "Change" ? singular(noun) : ""));
};

const capital = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;

/** Whether a field of an input says which thing is meant, and nothing of the thing. */
export const isTarget = ({ description }: GraphQLInputField): boolean => description?.startsWith("Which ") ?? false;

/** An input with an offerId and some of what an offer has is about an Offer. */
const namedWithin = (schema: GraphQLSchema, input: GraphQLInputObjectType, all: readonly Pair[]) => {
  const fields = Object.values(input.getFields());
  const target = fields.find((field) => isTarget(field) && field.name.endsWith("Id"));
  const type = target && objectNamed(schema, capital(target.name.slice(0, -2)));
  const others = fields.filter((field) => field !== target);
  const isWhole = others.every((field) => {
    const read = type?.getFields()[field.name];
    return read && fits(read, field, all);
  });
  return others.length && isWhole ? type : undefined;
};

const objectsUnder = (type: GraphQLInputObjectType, seen = new Set<GraphQLInputObjectType>()) => {
  if (seen.has(type)) return seen;
  seen.add(type);
  for (const field of Object.values(type.getFields())) {
    const inner = getNamedType(field.type);
    if (isInputObjectType(inner)) objectsUnder(inner, seen);
  }
  return seen;
};

/** updateHtmlCreative gives back a Creative: what it takes is about one. */
const givenBack = ({ name, type }: GraphQLField<unknown, unknown>) => {
  const noun = /^(?:create|update|set|add)(\w+)$/.exec(name)?.[1];
  const payload = getNamedType(type);
  if (!noun || !isObjectType(payload)) return undefined;
  return Object.values(payload.getFields())
    .map((field) => getNamedType(field.type))
    .filter(isObjectType)
    .find((object) => object.name !== "MutationError" && noun.endsWith(object.name));
};

/** All inputs of mutations that describe a thing which can be read, each with the type that is read. */
export const pairs = (schema: GraphQLSchema): Pair[] => {
  const found = new Map<GraphQLInputObjectType, GraphQLObjectType>();
  const add = (input: GraphQLInputObjectType, type: GraphQLObjectType | undefined) => {
    if (!type || found.has(input)) return;
    found.set(input, type);
    for (const field of Object.values(input.getFields())) {
      const [inner, read] = [getNamedType(field.type), getNamedType(type.getFields()[field.name]?.type)];
      if (isInputObjectType(inner) && isObjectType(read)) add(inner, read);
    }
  };
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((mutation) => {
    const input = mutation.args[0] && getNamedType(mutation.args[0].type);
    return isInputObjectType(input) ? [{ mutation, input }] : [];
  });
  for (const { mutation, input } of mutations) add(input, givenBack(mutation));
  for (const { input } of mutations) for (const inner of objectsUnder(input)) add(inner, namedAfter(schema, inner));
  const known = [...found].map(([input, type]) => ({ input, type }));
  for (const { input } of mutations) for (const inner of objectsUnder(input)) add(inner, namedWithin(schema, inner, known));
  return [...found].map(([input, type]) => ({ input, type }));
};

const depth = (type: GraphQLType): number => {
  if (isNonNullType(type)) return depth(type.ofType);
  return isListType(type) ? depth(type.ofType) + 1 : 0;
};

/** Whether what a field reads can be given to this one as it is. */
export const fits = (read: GraphQLField<unknown, unknown>, written: GraphQLInputField, all: readonly Pair[]): boolean => {
  const [type, input] = [getNamedType(read.type), getNamedType(written.type)];
  if (depth(read.type) !== depth(written.type)) return false;
  if (isLeafType(type) || isLeafType(input)) return type.name === input.name;
  return all.some((pair) => pair.type === type && pair.input === input);
};

/** The names under which a row of another noun can be named beside the row itself: `offer` by offerId, `affiliates` by affiliateIds. */
export const idNames = (name: string): string[] => [`${name}Id`, `${singular(name)}Ids`, name.replace(/Info$/, "")];

/** Whether it is a row of another noun, which is written by its own mutations. */
export const isOther = (field: GraphQLField<unknown, unknown>): boolean => {
  const type = getNamedType(field.type);
  return isObjectType(type) && ("id" in type.getFields() || "code" in type.getFields() || type.name.endsWith("Connection"));
};
