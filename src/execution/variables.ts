import { type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from "graphql";
import { hint } from "./hint.js";

/** The values of an operation's variables, by name. */
export type Variables = Readonly<Record<string, unknown>>;

type Coerced = ReturnType<typeof getVariableValues>;

const found = new WeakMap<object, { operation: OperationDefinitionNode; coerced: Coerced }>();

/** Faults of variables that are told at once, as many as graphql-js tells; and of so many letters that each of them would repeat. */
const [mostFaults, mostOfLong, manyLetters] = [50, 5, 100_000];

/** Whether names and texts have many letters together. */
const isLong = (value: unknown): boolean => {
  let letters = 0;
  const add = (one: unknown): boolean => {
    if (typeof one === "string") letters += one.length;
    else if (typeof one === "object" && one !== null) {
      for (const [name, inner] of Object.entries(one)) {
        letters += name.length;
        if (add(inner)) return true;
      }
    }
    return letters > manyLetters;
  };
  return add(value);
};

/** The variables of one request by their types, worked out once for the limits and the executor; or what is wrong with them. */
export const coercedVariables = (
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown> = {},
): Coerced => {
  const known = found.get(variables);
  if (known?.operation === operation) return known.coerced;
  const coerce = (maxErrors: number) => getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors });
  const first = coerce(0);
  const coerced = first.errors ? coerce(isLong(variables) ? mostOfLong : mostFaults) : first;
  for (const error of coerced.errors ?? []) hint(schema, error);
  found.set(variables, { operation, coerced });
  return coerced;
};
