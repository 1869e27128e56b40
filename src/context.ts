import type { ExecutionResult } from "graphql";
import type { Tenant } from "./affise/http.js";
import type { CallRecord, Scope } from "./affise/scope.js";
import type { Call, Sessions } from "./affise/session.js";
import type { Caller } from "./http/caller.js";
import { type Load, loadersFor } from "./loaders.js";

/** One GraphQL request: what it may call, what it may load, and which REST calls it made. */
export interface Context {
  tenant: Tenant;
  /** Who asks, without the key: a hash of it. */
  callerHash: string;
  /** As in the header X-Request-Id. */
  requestId: string;
  /** REST by operation name; for Query and Mutation. */
  call: Call;
  /** Batched reads; for fields under a type. */
  load: Load;
  /** The REST calls made so far, for `extensions.affise.calls`. */
  calls: CallRecord[];
  /** When it began, on the clock of `performance.now()`. */
  start: number;
  /** What is being run, once it runs, and what came of it if it has. An object, because Apollo runs with a copy of the context. */
  run: { kind?: "query" | "mutation" | "subscription"; result?: ExecutionResult };
  /** The request is answered: what was read for it is let go of. */
  end(): void;
}

/** Opens the context of one request with the caller's key. */
export const contextFor = (sessions: Sessions, { tenant, key, hash }: Caller, requestId: string, scope: Scope): Context => {
  const session = sessions.of(tenant, key);
  return {
    tenant,
    callerHash: hash,
    requestId,
    call: session.callFor(scope),
    load: loadersFor(session, scope),
    calls: scope.calls,
    start: performance.now(),
    run: {},
    end: () => scope.end(),
  };
};
