import type { ApolloServerPlugin } from "@apollo/server";
import type { Context } from "../context.js";

/** Puts the REST calls of an operation under its answer, where `X-Affise-Trace: 1` asks for them. */
export const tracePlugin: ApolloServerPlugin<Context> = {
  async requestDidStart({ request }) {
    if (request.http?.headers.get("x-affise-trace") !== "1") return;
    return {
      async willSendResponse({ response: { body }, contextValue }) {
        if (body.kind !== "single") return;
        const calls = contextValue.calls.map(({ operation, status, ms, source }) => ({ operation, status, ms, source }));
        body.singleResult.extensions = { ...body.singleResult.extensions, affise: { calls } };
      },
    };
  },
};
