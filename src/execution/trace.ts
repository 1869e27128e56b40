import type { ApolloServerPlugin } from "@apollo/server";
import type { Context } from "../context.js";

/**
 * What an answer tells beside its data: the REST calls of the operation, where `X-Affise-Trace: 1` asks for them, and the writes that a dry
 * run kept from being sent.
 */
export const tracePlugin: ApolloServerPlugin<Context> = {
  async requestDidStart({ request, contextValue: { planned, calls } }) {
    const isTraced = request.http?.headers.get("x-affise-trace") === "1";
    if (!isTraced && !planned) return;
    return {
      async willSendResponse({ response: { body } }) {
        if (body.kind !== "single") return;
        const made = calls.map(({ operation, status, ms, source }) => ({ operation, status, ms, source }));
        const affise = { calls: isTraced ? made : undefined, dryRun: planned };
        body.singleResult.extensions = { ...body.singleResult.extensions, affise };
      },
    };
  },
};
