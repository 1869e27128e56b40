import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse, GraphQLRequestListener } from "@apollo/server";
import type { CallRecord } from "../affise/session.js";
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

/** Tells each sink of every operation, once it is answered. */
export const watchPlugin = (sinks: readonly Sink[]): ApolloServerPlugin<Context> => ({
  async requestDidStart(): Promise<GraphQLRequestListener<Context>> {
    const start = performance.now();
    return {
      async willSendResponse(context) {
        const { contextValue, operation, operationName } = context;
        const record: OperationRecord = {
          requestId: contextValue.requestId,
          tenant: contextValue.tenant.name,
          caller: contextValue.callerHash,
          name: operationName ?? null,
          type: operation?.operation ?? "invalid",
          ms: Math.round((performance.now() - start) * 10) / 10,
          calls: contextValue.calls,
          codes: codesIn(context),
        };
        for (const sink of sinks) sink(record);
      },
    };
  },
});
