import { ApolloServerPluginInlineTrace } from "@apollo/server/plugin/inlineTrace";
import type { Context } from "../context.js";
import type { Plugin } from "./plugin.js";

/**
 * Apollo's trace of a subgraph, `extensions.ftv1`: when each field was begun and had its value, and at which there were errors, without their
 * texts. For requests alone that a router asks it of; to any other, Apollo's plugin would be a promise to wait for.
 */
export const inlineTracePlugin = (): Plugin => {
  const { requestDidStart } = ApolloServerPluginInlineTrace() as Plugin<Context>;
  return {
    requestDidStart: (request) =>
      request.contextValue.headers["apollo-federation-include-trace"] === "ftv1" ? requestDidStart(request) : undefined,
  };
};
