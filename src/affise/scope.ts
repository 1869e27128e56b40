import type { Operation } from "../contract/operation.js";
import type { FailedOutcome } from "./error/error.js";
import type { Cancellation } from "./request/cancellation.js";
import type { Rights } from "./rights.js";

/** One REST call as `extensions.affise.calls` tells it. */
export interface CallRecord {
  operation: Operation;
  /** The HTTP status; 0 where no answer came. */
  status: number;
  /** True where nobody waited for its answer any more, so that none could come. */
  isGivenUp?: boolean;
  ms: number;
  source: "network" | "shared" | "cache";
  /** What became of it, where it was a write. */
  outcome?: "DONE" | FailedOutcome;
  /** When it began, in milliseconds since 1970; for traces. */
  at?: number;
  /** When what came from the cache was read, in milliseconds since 1970. */
  readAt?: number;
}

/** A write as a dry run tells it. */
export interface PlannedWrite {
  operation: Operation;
  /** The path with its query. */
  path: string;
  /** The body before it is encoded; a file is told by name, kind and size. Left out once a dry run has shown very much. */
  body?: unknown;
}

/** So many letters of JSON does a dry run show of bodies: of a thousand long ones nobody reads on. */
const mostShown = 1_000_000;

/** A write that was sent, or could not be, as the audit needs it. */
export interface SentWrite extends CallRecord {
  /** The path that was asked, without its query. */
  path: string;
  /** The ids it is about. */
  ids: readonly string[];
  /** Whose key it is, where that has been read. */
  user?: string;
}

export interface ScopeOptions {
  /** Told of each write once its fate is known. Must not throw. */
  onWrite?: (write: SentWrite) => void;
  /** Where writes are noted instead of being sent; nothing is written for a request that has it. */
  planned?: PlannedWrite[];
  /** Asked before each REST call; throws to refuse it. */
  beforeCall?: (operation: Operation) => void;
  /** Reads are given up when all who share them wait no more; writes never. */
  cancellation?: Cancellation;
  /** The W3C `traceparent` that travels on to Affise; of those who share a call, the first's. */
  traceparent?: string;
}

/** What one GraphQL request brings to its REST calls, what it learns of them, and what it has read. Nothing read outlives its end. */
export class Scope {
  readonly calls: CallRecord[] = [];
  /** Asked before each REST call, until the limit is lifted. */
  beforeCall: ScopeOptions["beforeCall"];
  readonly cancellation: Cancellation | undefined;
  readonly traceparent: string | undefined;
  readonly planned: PlannedWrite[] | undefined;
  readonly onWrite: ScopeOptions["onWrite"];
  /** What the key may do, once a dry run has asked. */
  rights: Promise<Rights> | undefined;
  private shown = 0;
  private readonly caches: { clear(): void }[] = [];

  constructor({ beforeCall, cancellation, traceparent, planned, onWrite }: ScopeOptions = {}) {
    this.planned = planned;
    this.onWrite = onWrite;
    this.beforeCall = beforeCall;
    this.cancellation = cancellation;
    this.traceparent = traceparent;
  }

  /** Notes a write of a dry run in place of sending it. */
  plan(operation: Operation, path: string, read: () => unknown): void {
    if (this.shown > mostShown) {
      this.planned?.push({ operation, path });
      return;
    }
    const body = read();
    this.shown += JSON.stringify(body)?.length ?? 0;
    this.planned?.push({ operation, path, body });
  }

  /** Takes over what remembers rows for this request: it is cleared by a write, and at the end. */
  own(cache: { clear(): void }): void {
    this.caches.push(cache);
  }

  /** Forgets what was read, so that later reads start afresh: before a write leaves, and after its answer is in. */
  forget(): void {
    for (const cache of this.caches) cache.clear();
  }

  /** Lets every further call through: what was reckoned before it began is carried out whole. */
  liftLimit(): void {
    this.beforeCall = undefined;
  }

  /** The request is answered. */
  end(): void {
    this.forget();
    this.caches.length = 0;
  }
}
