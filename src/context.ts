import type { IncomingHttpHeaders } from "node:http";
import type { CallRecord, PlannedWrite, Scope } from "./affise/scope.js";
import type { Call } from "./affise/session.js";
import type { Sessions } from "./affise/sessions.js";
import type { Seal } from "./affise/sharing/seal.js";
import type { Tenant } from "./affise/transport/tenant.js";
import { type Load, loadersFor } from "./loaders.js";

/** Who asks, through which program, and which network. */
export interface Caller {
  tenant: Tenant;
  key?: string;
  /** Stands for tenant and key wherever the key itself may not appear: limits, logs, stored answers. */
  hash: string;
  /** The program, as it names itself in `apollographql-client-name` and `apollographql-client-version`. */
  client: { name?: string; version?: string };
  /** The W3C `traceparent` of the request, handed on to Affise. */
  traceparent?: string;
}

/** What is left to a caller of the limit that is nearest to its end. */
export interface RateState {
  /** Requests a minute. */
  limit: number;
  remaining: number;
  /** When the minute is over, as ISO 8601. */
  resetAt: string;
}

/** What a dry run would change of one thing, by the names of the mutation's input. */
export interface PlannedChange {
  type: string;
  id: string;
  /** Where the input names it. */
  argument: string;
  /** The fields that would change, as they are and as they would be; of either none where nothing would. Of what is removed, all that it has, and null. */
  before: Readonly<Record<string, unknown>>;
  after: Readonly<Record<string, unknown>> | null;
}

/** One GraphQL request: what it may call, what it may load, and which REST calls it made. */
export interface Context {
  tenant: Tenant;
  /** Who asks, without the key: a hash of it. */
  callerHash: string;
  client: Caller["client"];
  traceparent?: string;
  /** Those of the request, as they came. */
  headers: IncomingHttpHeaders;
  /** As in the header X-Request-Id. */
  requestId: string;
  /** Seals what is stored of this caller outside the process. */
  seal: Seal | undefined;
  /** REST by operation name; for Query and Mutation. A wall test holds that nothing else calls. */
  call: Call;
  /** Batched reads, and the pages of lists; for fields under a type. */
  load: Load;
  /** The REST calls made so far, for `extensions.affise.calls`. */
  calls: CallRecord[];
  /** The writes that a dry run kept from being sent; absent where this is none. */
  planned?: readonly PlannedWrite[];
  /** What those writes would change, where that is known. */
  plannedChanges: PlannedChange[];
  /** The mutation's field that runs just now, by its name in the answer: mutations run one after another. */
  mutation?: string;
  /** Logs a fault of this server that the answer holds as data. */
  reportFault(fault: unknown): void;
  /** Whether the client went away before its answer. */
  isGone(): boolean;
  /** When it began, on the clock of `performance.now()`. */
  start: number;
  /** From now on REST calls are not counted any more: for a mutation, whose calls are reckoned before it runs. */
  liftLimit(): void;
  /** Counts a sign-in from this address. Throws GraphQLError RATE_LIMITED for the one too many. */
  countCredentials(): Promise<void>;
  /** What is left to the caller of its rate limit; undefined where none is set, or it could not be asked. */
  rate?: RateState;
  /** The request is answered: what was read for it is let go of. */
  end(): void;
}

/** Opens the context of one request with the caller's key. */
export const contextFor = (
  sessions: Sessions,
  caller: Caller,
  requestId: string,
  headers: IncomingHttpHeaders,
  scope: Scope,
  given: Pick<Context, "countCredentials" | "rate" | "reportFault">,
): Context => {
  const { tenant, key, hash, client, traceparent } = caller;
  const session = sessions.of(tenant, key);
  return {
    tenant,
    callerHash: hash,
    client,
    traceparent,
    requestId,
    headers,
    seal: session.seal,
    call: session.callFor(scope),
    load: loadersFor(session, scope),
    calls: scope.calls,
    planned: scope.planned,
    plannedChanges: [],
    isGone: () => scope.cancellation?.reason !== undefined,
    start: performance.now(),
    liftLimit: () => scope.liftLimit(),
    ...given,
    end: () => scope.end(),
  };
};
