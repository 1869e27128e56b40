import {
  defaultFieldResolver,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import { badInput } from "../../affise/error/error.js";
import { pagesOf } from "../../affise/list/whole-list.js";
import { objectTypes } from "./bind.js";
import { connection, type PageArgs } from "./connection.js";
import { hasDirective } from "./directive.js";
import type { IdArguments } from "./id-argument.js";
import { withoutNulls } from "./null-argument.js";

type Argument = GraphQLArgument | GraphQLInputField;
type Values = Readonly<Record<string, unknown>>;

/** Calls for each argument and input field that is given, with its path. */
const visitGiven = (
  args: readonly Argument[],
  values: Values,
  prefix: string,
  visit: (arg: Argument, value: unknown, path: string) => void,
): void => {
  for (const arg of args) {
    const value = values[arg.name];
    if (value === undefined) continue;
    const path = prefix + arg.name;
    visit(arg, value, path);
    const type = getNullableType(arg.type);
    const named = getNamedType(type);
    if (!isInputObjectType(named)) continue;
    const items = Array.isArray(value) ? value.map((item, index) => [item, `${path}.${index}.`]) : [[value, `${path}.`]];
    for (const [item, at] of items) visitGiven(Object.values(named.getFields()), item as Values, at, visit);
  }
};

/** Whether a value is a text in which nothing stands but blanks: where Affise trims them it is an empty one. */
export const isBlank = (value: unknown): boolean => typeof value === "string" && value.trim() === "";

/**
 * The first empty list among the arguments. Throws BAD_USER_INPUT for an empty text, which on the wire looks for everything, where a flag that
 * Affise knows in one direction only is false, and for several values of what it looks for one at a time.
 */
const emptyList = (args: readonly Argument[], values: Values) => {
  let empty: { path: string; isRequired: boolean } | undefined;
  visitGiven(args, values, "", (arg, value, path) => {
    const blank = Array.isArray(value) ? value.findIndex(isBlank) : -1;
    if ((isBlank(value) && arg.name !== "after" && arg.name !== "before") || blank >= 0) {
      const at = blank >= 0 ? `${path}.${blank}` : path;
      throw badInput(at, `${at} is an empty text: give one, or leave it out.`);
    }
    if (Array.isArray(value) && value.length === 0) empty ??= { path, isRequired: isNonNullType(arg.type) };
    if (Array.isArray(value) && value.length > 1 && hasDirective(arg, "oneAtMost")) {
      throw badInput(path, `${path}: Affise looks for one of them at a time; ask once for each, by aliases.`);
    }
    if (value === false && hasDirective(arg, "onlyTrue")) {
      throw badInput(path, `${path}: Affise can look for those where it is true, not for the others; say true, or leave it out.`);
    }
  });
  return empty;
};

const mayMatter = (type: GraphQLInputType): boolean => {
  const inner = getNullableType(type);
  const named = getNamedType(inner);
  if (isListType(inner) || named.name === "Boolean" || named.name === "String") return true;
  return isInputObjectType(named) && Object.values(named.getFields()).some((field) => mayMatter(field.type));
};

const noPages = pagesOf(() => []);

/** What a list without anything to look for comes to: an empty one, where it is a list. Figures over nothing are no figures. */
const nothing = ({ type }: GraphQLField<unknown, unknown>): ((args: PageArgs) => unknown) | undefined => {
  const named = getNamedType(type);
  if (/^(Statistics|Appsflyer|Retention|TimeToAction)/.test(named.name)) return undefined;
  if (named.name.endsWith("Connection")) return (args) => connection(args, noPages);
  return isListType(getNullableType(type)) ? () => [] : undefined;
};

const guard = (field: GraphQLField<unknown, unknown>, ids: IdArguments): void => {
  const plain = ids.of(field);
  const matters = field.args.some(({ type }) => mayMatter(type));
  if (!field.args.length) return;
  const resolve = field.resolve ?? defaultFieldResolver;
  const none = nothing(field);
  field.resolve = (source, given, context, info) => {
    const said = withoutNulls(given);
    const args = plain ? plain(said) : said;
    const empty = matters ? emptyList(field.args, args as Values) : undefined;
    if (empty === undefined) return resolve(source, args, context, info);
    if (none) return none(args as PageArgs);
    const { path, isRequired } = empty;
    throw badInput(path, `${path} is an empty list: give at least one${isRequired ? "" : ", or leave it out"}.`);
  };
};

/**
 * Holds the arguments of every field but the mutations to one rule: an empty list looks for nothing. Where a list is asked for the answer is
 * empty, for no REST call; where figures are, it is a mistake. It never means all, as it would on the wire. Resolvers get plain ids.
 */
export const guardArguments = (schema: GraphQLSchema, ids: IdArguments): GraphQLSchema => {
  for (const type of objectTypes(schema)) {
    if (type !== schema.getMutationType()) for (const field of Object.values(type.getFields())) guard(field, ids);
  }
  return schema;
};
