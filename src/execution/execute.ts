import type { GatewayExecutor, GatewayInterface } from "@apollo/server-gateway-interface";
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import type { Context } from "../context.js";

/** A query that was parsed, validated and compiled before. */
export interface Plan {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  run: CompiledQuery["query"];
}

/** Plans are kept for so many operations, of so many characters together; one costs 20 to 100 KB. */
const maxPlans = { max: 300, maxSize: 3_000_000 };

/** The compiled executor's errors are no GraphQLErrors; Apollo and formatError want them to be. */
const rebuilt = (error: GraphQLError): GraphQLError =>
  new GraphQLError(error.message, { nodes: error.nodes, path: error.path, originalError: error.originalError });

export interface CompileOptions {
  /** The sight of an operation at which it is compiled: compiling costs more than running it once, so it is the second unless told. */
  compileAt?: number;
}

export interface Executor {
  /** The schema behind Apollo's gateway interface, which is where an executor of one's own plugs in. */
  gateway: GatewayInterface;
  /** The plan for a text and the operation in it, if both were asked for before. */
  plan(text: string, operationName: string | null | undefined): Plan | undefined;
}

/**
 * Runs queries that were asked before through graphql-jit. Mutations, and whatever the compiler refuses, go through graphql-js: after a
 * failed mutation field the compiled executor would go on with the next.
 */
export const openExecutor = (schema: GraphQLSchema, { compileAt = 2 }: CompileOptions = {}): Executor => {
  /** What is known of an operation: how to run it, how often it was seen before that, or that the compiler refused it. */
  const plans = new LRUCache<string, Plan | number | "refused">({ ...maxPlans, sizeCalculation: (_, id) => id.length });
  const idOf = (text: string, operationName: string | null | undefined) => `${operationName ?? ""}\0${text}`;

  const compiled = (document: DocumentNode, operation: OperationDefinitionNode): Plan | "refused" => {
    const made = compileQuery(schema, document, operation.name?.value);
    return isCompiledQuery(made) ? { document, operation, run: made.query } : "refused";
  };

  const planFor = (id: string, document: DocumentNode, operation: OperationDefinitionNode) => {
    const known = plans.get(id) ?? 0;
    if (typeof known !== "number") return known;
    const next = known + 1 < compileAt ? known + 1 : compiled(document, operation);
    plans.set(id, next);
    return next;
  };

  const executor: GatewayExecutor = async ({ document, request, operation, source, context }) => {
    const { run } = context as Context;
    run.kind = operation.operation;
    const { variables: variableValues, operationName } = request;
    const slowly = () => execute({ schema, document, contextValue: context, variableValues, operationName });
    if (operation.operation !== "query") return slowly();
    const plan = planFor(idOf(source, operationName), document, operation);
    if (typeof plan !== "object") return slowly();
    const result = run.result ?? ((await plan.run(undefined, context, variableValues)) as ExecutionResult);
    // Without data nothing has run: graphql-js words what is wrong with the variables.
    if (result.data === undefined) return slowly();
    return result.errors ? { ...result, errors: result.errors.map(rebuilt) } : result;
  };

  return {
    gateway: {
      load: async () => ({ executor }),
      onSchemaLoadOrUpdate: (tell) => {
        tell({ apiSchema: schema, coreSupergraphSdl: "" });
        return () => {};
      },
      stop: async () => {},
    },
    plan(text, operationName) {
      const known = plans.get(idOf(text, operationName));
      return typeof known === "object" ? known : undefined;
    },
  };
};
