import type { GatewayExecutor, GatewayInterface } from "@apollo/server-gateway-interface";
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import { weigh } from "./document.js";
import { Execution } from "./execute.js";
import { OperationPlan, type Plan } from "./plan.js";
import type { WillResolveField } from "./plugin.js";
import { coercedVariables } from "./variables.js";

interface ExecutorRequest {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  operationName?: string | null;
  variables?: Record<string, unknown>;
  context: object;
  /** Told of each field. */
  willResolveField?: WillResolveField;
}

interface ExecutorOptions {
  /** False runs everything through graphql-js. */
  plans?: boolean;
  /** Documents whose plans are made beforehand and kept. */
  trusted?: Iterable<DocumentNode>;
  /** A query's answer is given up when it has more values than that. */
  mostValues?: number;
}

export type Executor = (request: ExecutorRequest) => Promise<ExecutionResult>;

/** Plans may take so many bytes together, with the documents that they hold. */
const mostPlanned = 64_000_000;
/** What the plan of a field holds. Measured. */
const bytesPerField = 400;

const byGraphqlJs =
  (schema: GraphQLSchema): Executor =>
  async ({ document, operationName, variables, context }) =>
    execute({ schema, document, operationName, variableValues: variables, contextValue: context });

/** The plans of a document's queries, made whole before anybody asks; those that hang on variables are made when they are met. */
const plansOf = (schema: GraphQLSchema, queryType: GraphQLObjectType, document: DocumentNode) =>
  document.definitions.flatMap((operation) => {
    if (operation.kind !== Kind.OPERATION_DEFINITION || operation.operation !== OperationTypeNode.QUERY) return [];
    const plan = new OperationPlan(schema, document, operation);
    if (!plan.hasConditions) plan.for(queryType, {}).fill();
    return [[operation, plan] as const];
  });

/**
 * Runs operations, those of trusted documents by plans made beforehand. Queries go by plans that are kept; mutations that no plugin follows
 * field by field, and what plans do not know, go through graphql-js. Both give the same data and the same places null because of errors, which
 * `test/execution/differential.test.ts` holds them to; only the order of errors, which the specification leaves open, may differ.
 */
export const openExecutor = (
  schema: GraphQLSchema,
  { plans: usesPlans = true, trusted = [], mostValues }: ExecutorOptions = {},
): Executor => {
  const plain = byGraphqlJs(schema);
  const queryType = schema.getQueryType();
  const asksIsTypeOf = Object.values(schema.getTypeMap()).some((type) => isObjectType(type) && type.isTypeOf);
  if (!usesPlans || !queryType || asksIsTypeOf) return plain;
  const plans = new LRUCache<OperationDefinitionNode, OperationPlan>({
    maxSize: mostPlanned,
    sizeCalculation: ({ size, document }) => size * bytesPerField + weigh(document),
  });
  /** Operations that came once; those of documents that nobody keeps never come again. */
  const met = new WeakSet<OperationDefinitionNode>();
  const kept = new Map([...trusted].flatMap((document) => plansOf(schema, queryType, document)));

  return async (request) => {
    const { document, operation, variables, context, willResolveField } = request;
    const { coerced, errors } = coercedVariables(schema, operation, variables);
    if (errors) return { errors };
    const isQuery = operation.operation === OperationTypeNode.QUERY;
    const rootType = isQuery ? queryType : willResolveField && schema.getRootType(operation.operation);
    if (!rootType) return plain(request);
    const known = kept.get(operation) ?? plans.get(operation);
    const operationPlan = known ?? new OperationPlan(schema, document, operation);
    if (operationPlan.hasOddName) return plain(request);
    const before = known ? operationPlan.size : 0;
    let plan: Plan;
    try {
      plan = operationPlan.for(rootType, coerced);
    } catch (error) {
      return { errors: [error as GraphQLError], data: null };
    }
    // What a mutation has done is told, however long it is.
    const most = isQuery ? mostValues : undefined;
    const result = await new Execution(plan, context, coerced, most, willResolveField).run();
    // A plan grows by what it meets.
    if (!met.has(operation)) met.add(operation);
    else if (operationPlan.size !== before && !kept.has(operation)) plans.set(operation, operationPlan);
    return result;
  };
};

/** The executor behind Apollo's gateway interface, which is where an executor of one's own plugs in. */
export const asGateway = (schema: GraphQLSchema, run: Executor): GatewayInterface => {
  const executor: GatewayExecutor = ({ document, operation, request, context }) =>
    run({ document, operation, operationName: request.operationName, variables: request.variables, context });
  return {
    load: async () => ({ executor }),
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => {};
    },
    stop: async () => {},
  };
};
