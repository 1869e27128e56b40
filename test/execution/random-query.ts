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
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import type { Random } from "./random-document.js";

export interface RandomQuery {
  query: string;
  operationName?: string;
  variables: Record<string, unknown>;
}

interface Writing {
  random: Random;
  schema: GraphQLSchema;
  variables: Map<string, { type: string; isNonNull: boolean; fallback?: string; of: GraphQLInputType }>;
  fragments: Map<string, string>;
  left: number;
}

const oneOf = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

const scalars: Record<string, readonly unknown[]> = {
  Int: [0, 1, 2, 3, -5],
  Float: [0, 1.5, -2],
  String: ["a", "", "ü"],
  ID: ["1", 2, "x"],
  Boolean: [true, false],
  Day: ["monday", "friday"],
};

/** A value as JSON: mostly fitting, sometimes null, one for a list, incomplete, or wrong. */
const jsonOf = (random: Random, type: GraphQLInputType, depth = 0): unknown => {
  if (random() < 0.004) return oneOf(random, [{}, [], "odd", 1.5, true]);
  if (isNonNullType(type)) return jsonOf(random, type.ofType, depth) ?? jsonOf(random, type.ofType, depth);
  if (random() < 0.1) return null;
  if (isListType(type)) {
    if (random() < 0.3) return jsonOf(random, type.ofType, depth + 1);
    return Array.from({ length: Math.floor(random() * 3) }, () => jsonOf(random, type.ofType, depth + 1));
  }
  if (isEnumType(type)) return oneOf(random, type.getValues()).name;
  if (isInputObjectType(type) && type.isOneOf && random() < 0.95) {
    const { name, type: inner } = oneOf(random, Object.values(type.getFields()));
    return { [name]: jsonOf(random, inner, depth + 1) ?? jsonOf(random, inner, depth + 1) };
  }
  if (!isInputObjectType(type)) return oneOf(random, scalars[getNamedType(type).name] ?? ["x"]);
  const fields = Object.values(type.getFields()).filter(() => random() < (depth > 2 ? 0.2 : 0.5));
  return Object.fromEntries(fields.map((field) => [field.name, jsonOf(random, field.type, depth + 1)]));
};

/** The same as text of a query. */
const textOf = (value: unknown, type: GraphQLInputType): string => {
  if (isNonNullType(type)) return textOf(value, type.ofType);
  if (isListType(type) && Array.isArray(value)) return `[${value.map((item) => textOf(item, type.ofType)).join(" ")}]`;
  if (isListType(type)) return textOf(value, type.ofType);
  if (isEnumType(type) && typeof value === "string") return value;
  if (isInputObjectType(type) && value && typeof value === "object") {
    const fields = type.getFields();
    const entries = Object.entries(value).flatMap(([name, inner]) => {
      const field = fields[name];
      return field ? [`${name}: ${textOf(inner, field.type)}`] : [];
    });
    return `{ ${entries.join(" ")} }`;
  }
  return JSON.stringify(value) ?? "null";
};

/** Names that every object of JavaScript has something under. */
const oddNames = ["constructor", "toString", "hasOwnProperty", "valueOf", "__proto__", "length", "then"];

const variableFor = (writing: Writing, type: GraphQLInputType): string => {
  const { random, variables } = writing;
  const name =
    random() < 0.05
      ? oneOf(random, oddNames)
      : `v${random() < 0.5 ? variables.size : Math.floor(random() * (variables.size + 1))}`;
  const known = variables.get(name);
  if (known && known.of !== type) return variableFor(writing, type);
  if (!known) {
    const inner = isNonNullType(type) ? type.ofType : type;
    const hasFallback = random() < 0.4;
    const fallback = hasFallback ? textOf(jsonOf(random, inner) ?? jsonOf(random, inner), inner) : undefined;
    const isNonNull = isNonNullType(type) ? !hasFallback || random() < 0.5 : random() < 0.3;
    variables.set(name, { type: String(inner), isNonNull, fallback, of: type });
  }
  return `$${name}`;
};

const inputFor = (writing: Writing, type: GraphQLInputType, depth = 0): string => {
  const { random } = writing;
  if (random() < 0.3) return variableFor(writing, type);
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isInputObjectType(inner) && inner.isOneOf) return textOf(jsonOf(random, inner), inner);
  if (isInputObjectType(inner) && depth < 4)
    return `{ ${given(writing, Object.values(inner.getFields()), depth + 1).join(" ")} }`;
  if (isListType(inner) && random() < 0.6) {
    return `[${Array.from({ length: Math.floor(random() * 3) }, () => inputFor(writing, inner.ofType, depth + 1)).join(" ")}]`;
  }
  return textOf(jsonOf(random, type), type);
};

const given = (writing: Writing, inputs: readonly (GraphQLArgument | GraphQLInputField)[], depth = 0): string[] =>
  inputs.flatMap(({ name, type, defaultValue }) =>
    (isNonNullType(type) && defaultValue === undefined) || writing.random() < 0.45
      ? [`${name}: ${inputFor(writing, type, depth)}`]
      : [],
  );

/** A directive of the schema's own, which changes nothing and may stand anywhere. */
const marks = (writing: Writing, isPlain = false): string => {
  const { random, schema } = writing;
  const wish = schema.getDirective("mark")?.args.find(({ name }) => name === "wish")?.type;
  if (!wish || random() < 0.9) return "";
  return ` @mark @mark(number: 2${isPlain ? "" : ` wish: ${inputFor(writing, wish)}`})`;
};

const conditions = (writing: Writing): string => `${marks(writing)}${included(writing)}`;

const included = (writing: Writing): string => {
  const { random, schema } = writing;
  const type = schema.getDirective("include")?.args[0]?.type;
  if (!type || random() < 0.75) return "";
  const one = (name: string) => ` @${name}(if: ${random() < 0.7 ? variableFor(writing, type) : random() < 0.5})`;
  return random() < 0.2 ? one("skip") + one("include") : one(random() < 0.5 ? "skip" : "include");
};

const introspected = (random: Random): string =>
  `__type(name: "${oneOf(random, ["Cat", "Animal", "Wish", "Colour", "Nobody"])}") { name kind ...on __Type { fields { name type { ofType { name } } } } }`;

const field = (writing: Writing, type: GraphQLNamedType, depth: number): string => {
  const { random } = writing;
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  const open = fields.filter(({ type: inner }) => depth < 5 || !isCompositeType(getNamedType(inner)));
  if (!open.length || random() < 0.08) return `__typename${conditions(writing)}`;
  if (depth === 0 && random() < 0.06) return `a__type: ${introspected(random)}`;
  const found = oneOf(random, open);
  const args = given(writing, found.args);
  const named = getNamedType(found.type);
  const inside = isCompositeType(named) ? ` ${selection(writing, named, depth + 1)}` : "";
  // With arguments, another name for other arguments: else the two could not be one field.
  const alias =
    random() < 0.01
      ? `${oneOf(random, oddNames)}: `
      : args.length || random() < 0.1
        ? `${oneOf(random, ["a", "b"])}${found.name}${args.length ? Math.floor(random() * 1e6) : ""}: `
        : "";
  return `${alias}${found.name}${args.length ? `(${args.join(" ")})` : ""}${conditions(writing)}${inside}`;
};

const fragment = (writing: Writing, type: GraphQLNamedType, depth: number): string => {
  const { random, schema, fragments } = writing;
  const related = Object.values(schema.getTypeMap()).filter(
    (one) =>
      (isObjectType(one) || isAbstractType(one)) &&
      (one === type ||
        (isAbstractType(type) && isObjectType(one) && schema.isSubType(type, one)) ||
        (isAbstractType(one) && isObjectType(type) && schema.isSubType(one, type))),
  );
  const on = oneOf(random, related);
  if (random() < 0.5)
    return `...${random() < 0.8 ? ` on ${on.name}` : ""}${conditions(writing)} ${selection(writing, random() < 0.8 ? on : type, depth)}`;
  const names = [...fragments.keys()].filter((name) => name.startsWith(`${on.name}_`));
  const isAgain = names.length > 0 && random() < 0.6;
  const name = isAgain ? oneOf(random, names) : `${on.name}_${fragments.size}`;
  if (!isAgain) {
    fragments.set(name, "");
    fragments.set(name, `fragment ${name} on ${on.name}${marks(writing)} ${selection(writing, on, depth + 1)}`);
  }
  return `...${name}${conditions(writing)}`;
};

const selection = (writing: Writing, type: GraphQLNamedType, depth: number): string => {
  const { random } = writing;
  const many = 1 + Math.floor(random() * (depth === 0 ? 4 : 3));
  const parts = Array.from({ length: many }, () => {
    writing.left -= 1;
    if (writing.left < 0) return "__typename";
    return random() < 0.25 && depth < 7 ? fragment(writing, type, depth + 1) : field(writing, type, depth);
  });
  if (random() < 0.1) parts.push(parts[0] ?? "");
  return `{ ${parts.join(" ")} }`;
};

/** A random query over a schema, of any form the specification has. Not each is valid: fields may conflict, fragments may go in circles. */
export const randomQuery = (random: Random, schema: GraphQLSchema): RandomQuery => {
  const root = schema.getQueryType();
  if (!root) throw new Error("The schema has no query type.");
  const writing: Writing = { random, schema, variables: new Map(), fragments: new Map(), left: 60 };
  const body = selection(writing, root, 0);
  const declared = [...writing.variables].map(
    ([name, { type, isNonNull, fallback }]) =>
      `$${name}: ${type}${isNonNull ? "!" : ""}${fallback === undefined ? "" : ` = ${fallback}`}${marks(writing, true)}`,
  );
  const head = `query Q${declared.length ? `(${declared.join(" ")})` : ""}${marks(writing, true)}`;
  const others = random() < 0.1 ? "query Other { dog { id } }" : "";
  const variables = Object.fromEntries(
    [...writing.variables].flatMap(([name, { of }]) => (random() < 0.25 ? [] : [[name, jsonOf(random, of)]])),
  );
  const query = [`${head} ${body}`, ...writing.fragments.values(), others].join("\n");
  return { query, operationName: others ? "Q" : undefined, variables };
};
