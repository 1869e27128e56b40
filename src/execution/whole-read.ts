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
} from "graphql";
import { hasDirective } from "../graph/column/directive.js";
import type { Variables } from "./variables.js";

const isMarked = (one: GraphQLArgument | GraphQLInputField | GraphQLEnumValue): boolean => hasDirective(one, "readsWhole");

const isGiven = (value: unknown) => value !== undefined && value !== null;

/** Whether something below a type is marked; an input that holds itself ends there. */
const mayMark = (type: GraphQLInputType, above: readonly string[] = []): boolean => {
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues().some(isMarked);
  if (!isInputObjectType(named) || above.includes(named.name)) return false;
  return Object.values(named.getFields()).some((field) => isMarked(field) || mayMark(field.type, [...above, named.name]));
};

/** Whether a coerced value says something that is marked. */
const valueMarks = (type: GraphQLInputType, value: unknown): boolean => {
  if (!isGiven(value)) return false;
  if (Array.isArray(value)) return value.some((item) => valueMarks(type, item));
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues().some((one) => one.value === value && isMarked(one));
  if (!isInputObjectType(named)) return false;
  const given = value as Record<string, unknown>;
  return Object.values(named.getFields()).some(
    (field) => isGiven(given[field.name]) && (isMarked(field) || valueMarks(field.type, given[field.name])),
  );
};

const nodeMarks = (type: GraphQLInputType, node: ValueNode, variables: Variables): boolean => {
  if (node.kind === Kind.VARIABLE) return valueMarks(type, variables[node.name.value]);
  if (node.kind === Kind.LIST) return node.values.some((item) => nodeMarks(type, item, variables));
  const named = getNamedType(type);
  if (node.kind === Kind.ENUM && isEnumType(named)) return isMarked(named.getValue(node.value) ?? ({} as GraphQLEnumValue));
  if (node.kind !== Kind.OBJECT || !isInputObjectType(named)) return false;
  return node.fields.some(({ name, value }) => {
    const field = named.getFields()[name.value];
    return field !== undefined && partMarks(field, value, variables);
  });
};

const partMarks = (part: GraphQLArgument | GraphQLInputField, node: ValueNode, variables: Variables): boolean => {
  if (node.kind === Kind.NULL || (node.kind === Kind.VARIABLE && !isGiven(variables[node.name.value]))) return false;
  return isMarked(part) || nodeMarks(part.type, node, variables);
};

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
    found ||= partMarks(argument, given, variables);
  }
  return found;
};
