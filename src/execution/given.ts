import { type ArgumentNode, type FieldNode, GraphQLError, getArgumentValues, Kind, type ObjectFieldNode } from "graphql";
import type { Variables } from "./variables.js";

/** Whether an argument, or a field of an input, is there and not null. `uses` is told the variable that this depends on. */
export const isGiven = (
  given: readonly (ArgumentNode | ObjectFieldNode)[] | undefined,
  wanted: string,
  variables: Variables,
  uses: Set<string>,
): boolean => {
  const value = given?.find(({ name }) => name.value === wanted)?.value;
  if (value?.kind !== Kind.VARIABLE) return value !== undefined && value.kind !== Kind.NULL;
  uses.add(value.name.value);
  return (variables[value.name.value] ?? null) !== null;
};

/** The same of a path: an argument, or the field of one, such as filter.currencies. */
export const isGivenAt = ({ arguments: args }: FieldNode, path: string, variables: Variables, uses: Set<string>): boolean => {
  const [argument = "", field] = path.split(".");
  const isThere = isGiven(args, argument, variables, uses);
  if (!field || !isThere) return isThere;
  const value = args?.find(({ name }) => name.value === argument)?.value;
  if (value?.kind === Kind.VARIABLE) return (Object(variables[value.name.value])[field] ?? null) !== null;
  return value?.kind === Kind.OBJECT && isGiven(value.fields, field, variables, uses);
};

/** What a mutation is given. Throws GraphQLError where that is null by a variable: nothing of the operation has run then. */
export const givenTo: typeof getArgumentValues = (field, node, variables) => {
  try {
    return getArgumentValues(field, node, variables);
  } catch (error) {
    if (error instanceof GraphQLError) Object.assign(error.extensions, { outcome: "NOT_SENT", http: { status: 400 } });
    throw error;
  }
};
