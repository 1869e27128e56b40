import type { ApolloServer, ApolloServerPlugin, HTTPGraphQLRequest } from "@apollo/server";
import type { ExecutionResult, FormattedExecutionResult } from "graphql";
import type { Context } from "../context.js";
import type { Tell } from "../watch/watch.js";
import type { Executor } from "./execute.js";
import type { Limiter } from "./limit.js";

/** One operation as a client sends it. */
export interface Operation {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
  extensions?: Record<string, unknown> | null;
}

export interface Outcome {
  result: FormattedExecutionResult<unknown>;
  status?: number;
  headers?: Iterable<readonly [string, string]>;
}

/** The REST calls of an operation, as they stand under its answer. */
const traced = ({ calls }: Context) => ({
  affise: { calls: calls.map(({ operation, status, ms, source }) => ({ operation, status, ms, source })) },
});

/** Puts the REST calls of an operation under its answer, where `X-Affise-Trace: 1` asks for them. */
export const tracePlugin: ApolloServerPlugin<Context> = {
  async requestDidStart({ request }) {
    if (request.http?.headers.get("x-affise-trace") !== "1") return;
    return {
      async willSendResponse({ response, contextValue }) {
        if (response.body.kind !== "single") return;
        const { singleResult } = response.body;
        singleResult.extensions = { ...singleResult.extensions, ...traced(contextValue) };
      },
    };
  },
};

/** Nothing here answers in parts, whatever Apollo could do. */
export const inParts = () => new Error("This server sends whole answers only.");

interface RunnerOptions {
  apollo: ApolloServer<Context>;
  executor: Executor;
  limit: Limiter;
  tell?: Tell;
}

/** Runs one operation; `http` is needed only where something of the request but the operation matters. */
export type Run = (operation: Operation, context: Context, http?: HTTPGraphQLRequest) => Promise<Outcome>;

/**
 * A query that was asked before goes straight to its plan, within the limits. Everything else goes through Apollo, and so does whatever did
 * not go well: it is Apollo that words errors, and it finds what has run already in the context.
 */
export const runner = ({ apollo, executor, limit, tell }: RunnerOptions): Run => {
  const planned = async ({ query, operationName, variables, extensions }: Operation, context: Context) => {
    const plan = extensions ? undefined : executor.plan(query, operationName);
    if (!plan) return undefined;
    try {
      limit(plan.document, plan.operation, variables ?? {});
    } catch {
      return undefined;
    }
    const result = (await plan.run(undefined, context, variables)) as ExecutionResult;
    if (result.data === undefined) return undefined;
    if (result.errors) {
      context.run.result = result;
      return undefined;
    }
    context.run.kind = "query";
    tell?.(context, plan.operation, []);
    return result as FormattedExecutionResult;
  };

  return async (operation, context, http) => {
    const result = await planned(operation, context);
    if (result) {
      return { result: http?.headers.get("x-affise-trace") === "1" ? { ...result, extensions: traced(context) } : result };
    }
    const { query, operationName, variables, extensions } = operation;
    const request = { query, operationName, variables, extensions, http } as Parameters<typeof apollo.executeOperation>[0];
    const { body, http: answer } = await apollo.executeOperation(request, { contextValue: context });
    if (body.kind !== "single") throw inParts();
    return { result: body.singleResult, status: answer.status, headers: answer.headers };
  };
};
