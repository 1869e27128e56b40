import type { Tenant } from "./affise/http.js";
import type { Call, CallRecord, Scope, Sessions } from "./affise/session.js";
import { type Load, loadersFor } from "./loaders.js";

/** One GraphQL request: what it may call, what it may load, and which REST calls it made. */
export interface Context {
  tenant: Tenant;
  /** REST by operation name; for Query and Mutation. */
  call: Call;
  /** Batched reads; for fields under a type. */
  load: Load;
  /** The REST calls made so far, for `extensions.affise.calls`. */
  calls: CallRecord[];
}

/** Opens the context of one request with the caller's key. */
export const contextFor = (sessions: Sessions, tenant: Tenant, key: string | undefined): Context => {
  const session = sessions.of(tenant, key);
  const scope: Scope = { calls: [] };
  return { tenant, call: session.callFor(scope), load: loadersFor(session, scope), calls: scope.calls };
};
