import type { Plugin } from "./plugin.js";

/**
 * What an answer tells beside its data: the REST calls of the operation, where `X-Affise-Trace: 1` asks for them, and the writes that a dry
 * run kept from being sent, with what they would have changed. `startMs` is when a call began, in milliseconds after the operation; a shared call may have begun before it. What
 * came from memory has none.
 */
export const tracePlugin: Plugin = {
  requestDidStart({ contextValue: { headers, planned, plannedChanges, calls } }) {
    const isTraced = headers["x-affise-trace"] === "1";
    if (!isTraced && !planned) return undefined;
    const began = Date.now();
    return {
      willSendResponse({ response: { body } }) {
        if (body.kind !== "single") return;
        const made = calls.map(({ operation, status, ms, source, at }) => ({
          operation,
          status,
          ms,
          source,
          startMs: at === undefined ? undefined : at - began,
        }));
        const affise = { calls: isTraced ? made : undefined, dryRun: planned, changes: planned && plannedChanges };
        body.singleResult.extensions = { ...body.singleResult.extensions, affise };
      },
    };
  },
};
