import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from "graphql";
import { fieldCosts } from "../../src/execution/field-cost.js";
import { buildSchema } from "../../src/graph/index.js";

const schema = buildSchema();

const typeNamed = (name: string): GraphQLObjectType => {
  const type = schema.getType(name);
  if (isObjectType(type)) return type;
  throw new Error(`The schema has no type ${name}.`);
};

/** What another REST list holds and a row only names: everything that can be read by its id from the root, and what came late. */
const joined = new Set([
  ...Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap(({ args, type }) =>
    args.length === 1 && args.some(isRequiredArgument) ? [getNamedType(type).name] : [],
  ),
  "Currency",
  "PaymentSystem",
]);

type Field = GraphQLField<unknown, unknown>;

const costOf = fieldCosts(schema);

/** Columns that one more REST call for each row brings. */
const isDetail = (field: Field, parent: GraphQLObjectType): boolean =>
  costOf(field, parent).calls.some(({ growth }) => growth === "ROW");

/** Columns that Affise prints beside some slices only, and refuses beside others. */
const isPicky = (field: Field): boolean => /not with every slice/i.test((field.description ?? "").replaceAll(/\s+/g, " "));

/** Another list than the one at hand. */
const isList = (field: Field) => /(Connection)$/.test(getNamedType(field.type).name) || field.args.some(isRequiredArgument);

const keyOf = (type: GraphQLObjectType) => ("id" in type.getFields() ? "id" : "code");

const selectionOf = (field: Field, depth: number): string => {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return field.name;
  if (isUnionType(type)) return `${field.name} { __typename }`;
  if (!isObjectType(type)) return "";
  if (joined.has(type.name)) return `${field.name} { ${keyOf(type)} }`;
  const inner = depth > 1 ? leaves(type, depth - 1, (one) => !isDetail(one, type)) : "";
  return inner ? `${field.name} { ${inner} }` : "";
};

const leaves = (type: GraphQLObjectType, depth: number, only: (field: Field) => boolean): string =>
  Object.values(type.getFields())
    .filter((field) => !isList(field) && !isPicky(field) && only(field))
    .map((field) => selectionOf(field, depth))
    .join(" ");

/**
 * Every leaf of a type: its own fields and those of the objects that stand in the same row, and of what is joined the id. Without
 * `details`, no field that costs a REST call for each row; with it, only these.
 */
export const everyLeaf = (type: string, { details = false, without = [] as readonly string[] } = {}): string =>
  leaves(typeNamed(type), 5, (field) => isDetail(field, typeNamed(type)) === details && !without.includes(field.name));
