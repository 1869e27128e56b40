import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLEnumValue,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  Kind,
  type ValueNode,
  valueFromAST,
} from "graphql";
import { hasDirective } from "../graph/column/directive.js";
import type { Variables } from "./variables.js";

const isMarked = (one: GraphQLArgument | GraphQLInputField | GraphQLEnumValue): boolean => hasDirective(one, "readsWhole");

/** Whether something below a type is marked; an input that holds itself ends there. */
const mayMark = (type: GraphQLInputType, above: readonly string[] = []): boolean => {
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues().some(isMarked);
  if (!isInputObjectType(named) || above.includes(named.name)) return false;
  return Object.values(named.getFields()).some((field) => isMarked(field) || mayMark(field.type, [...above, named.name]));
};

/** Whether a coerced value says something that is marked. */
const valueMarks = (type: GraphQLInputType, value: unknown): boolean => {
  if (Array.isArray(value)) return value.some((item) => valueMarks(type, item));
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues().some((one) => one.value === value && isMarked(one));
  if (!isInputObjectType(named) || typeof value !== "object" || value === null) return false;
  const given = value as Record<string, unknown>;
  return Object.values(named.getFields()).some((field) => partMarks(field, given[field.name]));
};

const partMarks = (part: GraphQLArgument | GraphQLInputField, value: unknown): boolean =>
  value !== undefined && value !== null && (isMarked(part) || valueMarks(part.type, value));

/** The names of variables in a value. */
const variablesIn = (node: ValueNode): string[] => {
  if (node.kind === Kind.VARIABLE) return [node.name.value];
  if (node.kind === Kind.LIST) return node.values.flatMap(variablesIn);
  return node.kind === Kind.OBJECT ? node.fields.flatMap(({ value }) => variablesIn(value)) : [];
};

/** The arguments of a field that may make the server read the whole list, as `@readsWhole` says. */
export const wholeArguments = (field: GraphQLField<unknown, unknown>): readonly GraphQLArgument[] =>
  field.args.filter((argument) => isMarked(argument) || mayMark(argument.type));

/** Whether a field asks for something that Affise cannot look for. `uses` is told the variables that this depends on. */
export const readsWhole = (
  node: FieldNode,
  args: readonly GraphQLArgument[],
  variables: Variables,
  uses: Set<string>,
): boolean => {
  let found = false;
  for (const argument of args) {
    const given = node.arguments?.find(({ name }) => name.value === argument.name)?.value;
    if (!given) continue;
    for (const name of variablesIn(given)) uses.add(name);
    found ||= partMarks(argument, valueFromAST(given, argument.type, variables));
  }
  return found;
};
