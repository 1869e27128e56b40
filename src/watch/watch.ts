import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse, GraphQLRequestListener } from "@apollo/server";
import type { OperationDefinitionNode } from "graphql";
import type { CallRecord } from "../affise/scope.js";
import type { Context } from "../context.js";

/** One operation as logs, metrics and traces tell it; never its variables, never a key. */
export interface OperationRecord {
  requestId: string;
  tenant: string;
  caller: string;
  name: string | null;
  /** `invalid` where it was refused before anybody knew. */
  type: "query" | "mutation" | "subscription" | "invalid";
  ms: number;
  calls: readonly CallRecord[];
  /** The codes of its errors, each once. */
  codes: readonly string[];
}

export type Sink = (record: OperationRecord) => void;

const codesIn = ({ response }: GraphQLRequestContextWillSendResponse<Context>): string[] => {
  if (response.body.kind !== "single") return [];
  const { errors } = response.body.singleResult;
  if (!errors?.length) return [];
  return [...new Set(errors.map(({ extensions }) => String(extensions?.code ?? "INTERNAL_SERVER_ERROR")))];
};

/** Tells each sink of an operation that is answered. */
export const tellOf =
  (sinks: readonly Sink[]) =>
  (
    { requestId, tenant, callerHash, start, calls }: Context,
    operation: OperationDefinitionNode | undefined,
    codes: readonly string[],
  ): void => {
    const record: OperationRecord = {
      requestId,
      tenant: tenant.name,
      caller: callerHash,
      name: operation?.name?.value ?? null,
      type: operation?.operation ?? "invalid",
      ms: Math.round((performance.now() - start) * 10) / 10,
      calls,
      codes,
    };
    for (const sink of sinks) sink(record);
  };

export type Tell = ReturnType<typeof tellOf>;

export const watchPlugin = (tell: Tell): ApolloServerPlugin<Context> => {
  const listener: GraphQLRequestListener<Context> = {
    async willSendResponse(context) {
      tell(context.contextValue, context.operation, codesIn(context));
    },
  };
  return { requestDidStart: async () => listener };
};
