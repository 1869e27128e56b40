import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  parse,
  print,
} from "graphql";

import { nodeIdOf } from "../../src/graph/column/node-id.js";

type Field = GraphQLField<unknown, unknown>;
/** A field on the way to a type, and what it leads to: one of several, where it is a union. */
interface Step {
  field: Field;
  to: GraphQLObjectType;
}
type Way = readonly Step[];

const plainValues: Readonly<Record<string, string>> = {
  Boolean: "true",
  Count: "1",
  Date: '"2026-01-01"',
  Float: "1.5",
  ID: '"1"',
  Int: "1",
  JSON: "{}",
  LocalDateTime: '"2026-01-01T00:00:00"',
  String: '"…"',
  Upload: '"…"',
};

const namedValues: readonly [RegExp, string][] = [
  [/^(language|locale)$/, '"en"'],
  [/currency/i, '"USD"'],
  [/countr|^code$/i, '"DE"'],
  [/event/i, '"install"'],
  [/email/i, '"someone@example.com"'],
  [/url|link/i, '"https://example.com/"'],
  [/timezone/i, '"Europe/Berlin"'],
];

/** Nouns whose ids are 24 hex digits and no numbers. */
const hexNouns = /advertiser|conversion|user|manager|kpiRule|category|categories|trafficSource|preset/i;

/** `of` is what an argument or field called only id, code or event belongs to. */
const valueOf = (type: GraphQLInputType, name: string, depth: number, of = ""): string => {
  if (isNonNullType(type)) return valueOf(type.ofType, name, depth, of);
  if (isListType(type)) return `[${valueOf(type.ofType, name, depth, of)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? "null";
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const needed = fields.filter(isRequiredInputField);
    const shown = needed.length || depth > 3 ? needed : fields.slice(0, 1);
    return `{ ${shown.map((one) => `${one.name}: ${valueOf(one.type, one.name, depth + 1, type.name)}`).join(", ")} }`;
  }
  // The global id of an offer, as every answer has it.
  if (/^nodeIds?$/.test(name)) return JSON.stringify(nodeIdOf("Offer", "1"));
  const isHex = type.name === "ID" && hexNouns.test(/^ids?$/i.test(name) ? of : name);
  if (isHex) return '"5c1f2e9a8b7d6c5e4f3a2b1c"';
  const fitting = type.name === "String" ? namedValues.find(([pattern]) => pattern.test(name))?.[1] : undefined;
  return fitting ?? plainValues[type.name] ?? '"…"';
};

/** A value that fits an argument or a field of an input, as GraphQL writes it. */
export const sampleValue = ({ type, name }: GraphQLArgument | GraphQLInputField, of = ""): string => valueOf(type, name, 0, of);

const argumentsOf = (field: Field): string => {
  const needed = field.args.filter(isRequiredArgument).map((one) => `${one.name}: ${sampleValue(one, field.name)}`);
  const first = field.args.some(({ name }) => name === "first") ? ["first: 2"] : [];
  const all = [...first, ...needed];
  return all.length ? `(${all.join(", ")})` : "";
};

const fieldsOf = (type: GraphQLNamedType): Field[] => (isObjectType(type) ? Object.values(type.getFields()) : []);
const needsArguments = (field: Field): boolean => field.args.some(isRequiredArgument);
const isFree = (field: Field): boolean => !needsArguments(field) && !field.astNode?.directives?.length;

const tellingNames = ["id", "title", "name", "companyName", "code", "date", "status", "outcome", "value", "type", "count"];

/** The plain fields by which a row is known, a few of them. */
const tellingFields = (type: GraphQLNamedType): string[] => {
  const plain = fieldsOf(type)
    .filter((field) => isFree(field) && isLeafType(getNamedType(field.type)))
    .map(({ name }) => name);
  const telling = tellingNames.filter((name) => plain.includes(name));
  return (telling.length > 1 ? telling : [...new Set([...telling, ...plain])]).slice(0, 3);
};

/** What to ask of a type: the fields by which a row is known; where it has none, of what it holds. */
const selectionOf = (type: GraphQLNamedType, depth = 0): string => {
  if (isLeafType(type)) return "";
  if (isUnionType(type)) {
    const parts = type.getTypes().map((one) => `... on ${one.name} { ${tellingFields(one).join(" ")} }`);
    return `{ __typename ${parts.join(" ")} }`;
  }
  const nodes = fieldsOf(type).find(({ name }) => name === "nodes");
  if (nodes) return `{ totalCount nodes ${selectionOf(getNamedType(nodes.type), depth + 1)} }`;
  const telling = tellingFields(type);
  if (telling.length) return `{ ${telling.join(" ")} }`;
  const inner = fieldsOf(type).find((field) => !needsArguments(field) && depth < 3);
  return inner ? `{ ${asked(inner, depth + 1)} }` : "{ __typename }";
};

const asked = (field: Field, depth = 0): string =>
  `${field.name}${argumentsOf(field)} ${selectionOf(getNamedType(field.type), depth)}`;

/** How a key's kind is reached: by `viewer`, which may be any of three. */
const onwards = (type: GraphQLNamedType): readonly GraphQLObjectType[] =>
  isUnionType(type) ? type.getTypes() : isObjectType(type) ? [type] : [];

/** The shortest ways from a root to each type; those without required arguments are preferred. */
const waysFrom = (root: GraphQLObjectType, mayPass: (field: Field) => boolean): Map<string, Way> => {
  const ways = new Map<string, Way>([[root.name, []]]);
  let level: GraphQLObjectType[] = [root];
  while (level.length) {
    const next: GraphQLObjectType[] = [];
    for (const type of level)
      for (const field of Object.values(type.getFields()).filter(mayPass))
        for (const below of onwards(getNamedType(field.type))) {
          if (ways.has(below.name)) continue;
          ways.set(below.name, [...(ways.get(type.name) ?? []), { field, to: below }]);
          next.push(below);
        }
    level = next;
  }
  return ways;
};

const wrapped = (way: Way, inner: string): string =>
  way.reduceRight((below, { field, to }) => {
    const aims = isUnionType(getNamedType(field.type)) ? `... on ${to.name} { ${below} }` : below;
    return `${field.name}${argumentsOf(field)} { ${aims} }`;
  }, inner);

const withInput = (field: Field): string => {
  const values = field.args.map((one) => `${one.name}: ${sampleValue(one, field.name)}`);
  return values.length ? `(${values.join(", ")})` : "";
};

/** Writes examples: the shortest operation that asks for a field. Undefined for a field that no operation reaches. */
export const exampleWriter = (schema: GraphQLSchema) => {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  if (!query || !mutation) throw new Error("The schema has no Query or no Mutation.");
  const [free, any, written] = [
    waysFrom(query, (field) => !needsArguments(field)),
    waysFrom(query, () => true),
    waysFrom(mutation, () => true),
  ];
  const tidy = (text: string) => print(parse(text)).trimEnd();

  return (parent: GraphQLObjectType, field: Field): string | undefined => {
    if (parent === mutation)
      return tidy(`mutation { ${field.name}${withInput(field)} ${selectionOf(getNamedType(field.type))} }`);
    const way = free.get(parent.name) ?? any.get(parent.name);
    if (way) return tidy(`{ ${wrapped(way, asked(field))} }`);
    const [first, ...rest] = written.get(parent.name) ?? [];
    if (!first) return undefined;
    return tidy(`mutation { ${first.field.name}${withInput(first.field)} { ${wrapped(rest, asked(field))} } }`);
  };
};
