import type { GatewayExecutor, GatewayInterface } from "@apollo/server-gateway-interface";
import { type ExecutionResult, execute, GraphQLError, type GraphQLSchema } from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import type { Context } from "../context.js";

/** What is known of an operation: how to run it, how often it was seen before that, or that the compiler refused it. */
type Plan = CompiledQuery | number | "refused";

/** Plans are kept for so many operations; one costs 20 to 100 KB. */
const maxPlans = 300;

/** The compiled executor's errors are no GraphQLErrors; Apollo and formatError want them to be. */
const rebuilt = (error: GraphQLError): GraphQLError =>
  new GraphQLError(error.message, { nodes: error.nodes, path: error.path, originalError: error.originalError });

export interface CompileOptions {
  /** The sight of an operation at which it is compiled: compiling costs more than running it once, so it is the second unless told. */
  compileAt?: number;
}

/**
 * Runs queries that were asked before through graphql-jit. Mutations, and whatever the compiler refuses, go through graphql-js: after a
 * failed mutation field the compiled executor would go on with the next.
 */
const executorFor = (schema: GraphQLSchema, { compileAt = 2 }: CompileOptions): GatewayExecutor => {
  const plans = new LRUCache<string, Plan>({ max: maxPlans });

  const planFor = (id: string, document: Parameters<typeof compileQuery>[1], operationName: string | undefined): Plan => {
    const known = plans.get(id) ?? 0;
    if (typeof known !== "number") return known;
    if (known + 1 < compileAt) {
      plans.set(id, known + 1);
      return known + 1;
    }
    const compiled = compileQuery(schema, document, operationName);
    const plan: Plan = isCompiledQuery<Plan & object, ExecutionResult>(compiled as Plan & object)
      ? (compiled as CompiledQuery)
      : "refused";
    plans.set(id, plan);
    return plan;
  };

  return async ({ document, request, operation, queryHash, context }) => {
    (context as Context).run.kind = operation.operation;
    const { variables: variableValues, operationName } = request;
    const slowly = () => execute({ schema, document, contextValue: context, variableValues, operationName });
    if (operation.operation !== "query") return slowly();
    const plan = planFor(`${queryHash} ${operationName ?? ""}`, document, operationName ?? undefined);
    if (typeof plan !== "object") return slowly();
    const result = (await plan.query(undefined, context, variableValues)) as ExecutionResult;
    // Without data nothing has run: graphql-js words what is wrong with the variables.
    if (result.data === undefined) return slowly();
    return result.errors ? { ...result, errors: result.errors.map(rebuilt) } : result;
  };
};

/** The schema behind Apollo's gateway interface, which is where an executor of one's own plugs in. */
export const compiledGateway = (schema: GraphQLSchema, options: CompileOptions = {}): GatewayInterface => ({
  load: async () => ({ executor: executorFor(schema, options) }),
  onSchemaLoadOrUpdate: (tell) => {
    tell({ apiSchema: schema, coreSupergraphSdl: "" });
    return () => {};
  },
  stop: async () => {},
});
