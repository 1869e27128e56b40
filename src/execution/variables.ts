import { type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from "graphql";

type Coerced = ReturnType<typeof getVariableValues>;

const found = new WeakMap<object, { operation: OperationDefinitionNode; coerced: Coerced }>();

/** Faults of variables that are told at once. */
const maxErrors = 20;

/** The variables of one request by their types, worked out once for the limits and the executor; or what is wrong with them. */
export const coercedVariables = (
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown> = {},
): Coerced => {
  const known = found.get(variables);
  if (known?.operation === operation) return known.coerced;
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors });
  found.set(variables, { operation, coerced });
  return coerced;
};
