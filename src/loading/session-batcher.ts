import { channel } from "node:diagnostics_channel";
import { LRUCache } from "lru-cache";
import { Cancellation, type End } from "../affise/request/cancellation.js";
import { turnEnd } from "../affise/request/turn-end.js";
import { Scope } from "../affise/scope.js";
import type { Call, Session } from "../affise/session.js";
import { memoized } from "../contract/memoized.js";

export type Key = string | number;

/** What batches take of a session. */
export type CallSource = Pick<Session, "callFor">;

/** How one kind of row is fetched: many keys in one REST call, and what is in the answer placed by id. */
export interface Batch<K, Row> {
  /** The most keys a call may take: the list's page limit, or what keeps the URL under 8 KB. */
  max: number;
  /** Fetches rows for distinct keys. What has no row is left out. */
  fetch(call: Call, keys: readonly K[]): Promise<Iterable<readonly [Key, Row]>>;
}

/**
 * Requests travel together up to so many keys. One large call for everybody would keep them all waiting for its last row; a few smaller ones
 * are answered while the next are asked (bench/results.md). What one request asks for stays in one call, as long as a call can take it.
 */
const keysPerCall = 25;

/** Rows by the text of their keys. */
export type RowsByKey = ReadonlyMap<string, unknown>;

/** What one request asks for at once, and where its rows go. */
interface PendingLoad {
  keys: readonly Key[];
  scope: Scope;
  resolve(rows: RowsByKey): void;
  reject(error: unknown): void;
}

/** The diagnostics channel that is told the size of each merged fetch, for metrics. */
export const batchChannel = "affise-graphql:batch";
const batches = channel(batchChannel);

const allLeft = new Error("all who asked went away");

/** A token that is cancelled once every request of a batch is, and the end of listening to theirs; who brings no token never is. */
const sharedCancellation = (scopes: readonly Scope[]): [shared: Cancellation | undefined, end?: End] => {
  if (scopes.length === 1) return [scopes[0]?.cancellation];
  const shared = new Cancellation();
  let waiting = scopes.length;
  const leave = () => {
    waiting -= 1;
    if (waiting === 0) shared.cancel(allLeft);
  };
  const ends = scopes.map(({ cancellation }) => cancellation?.onCancel(leave));
  return [
    shared,
    () => {
      for (const end of ends) end?.();
    },
  ];
};

/** Loads in the order they came, as many to a part as travel together; who asks for nothing new always fits. */
const parted = (loads: readonly PendingLoad[], most: number): PendingLoad[][] => {
  const parts: PendingLoad[][] = [];
  let keys = new Set<Key>();
  for (const load of loads) {
    const last = parts.at(-1);
    const size = keys.size + load.keys.filter((key) => !keys.has(key)).length;
    if (last && (size <= most || size === keys.size)) last.push(load);
    else {
      parts.push([load]);
      keys = new Set();
    }
    for (const key of load.keys) keys.add(key);
  }
  return parts;
};

/**
 * Merges what concurrent requests of one session ask for of one kind of row, and remembers nothing. It takes what has come by the end of the
 * event loop's turn, so a lone request waits for nobody.
 */
export class SessionBatcher {
  private readonly most: number;
  private pending: PendingLoad[] = [];

  constructor(
    private readonly session: CallSource,
    private readonly batch: Batch<Key, unknown>,
  ) {
    this.most = batch.max === Number.POSITIVE_INFINITY ? batch.max : Math.min(batch.max, keysPerCall);
  }

  /** Reads rows by their keys, together with what others ask for in the same moment. */
  load(keys: readonly Key[], scope: Scope): Promise<RowsByKey> {
    return new Promise((resolve, reject) => {
      if (this.pending.push({ keys, scope, resolve, reject }) === 1) void turnEnd().then(() => this.flush());
    });
  }

  private flush(): void {
    const loads = this.pending;
    this.pending = [];
    for (const part of parted(loads, this.most)) void this.answer(part);
  }

  /** When a merged call fails, each request tries again on its own, so that one caller's bad id is not everybody's error. */
  private async answer(loads: readonly PendingLoad[]): Promise<void> {
    try {
      const rows = await this.fetch(loads);
      for (const load of loads) load.resolve(rows);
    } catch (error) {
      if (loads.length === 1) loads[0]?.reject(error);
      else await Promise.all(loads.map((load) => this.answer([load])));
    }
  }

  /** Reads keys, each of them once. */
  private async read(keys: readonly Key[], scope: Scope): Promise<RowsByKey> {
    if (batches.hasSubscribers) batches.publish({ size: keys.length });
    const placed = new Map<string, unknown>();
    for (const [id, row] of await this.batch.fetch(this.session.callFor(scope), keys)) placed.set(String(id), row);
    return placed;
  }

  /** Fetches once for everybody who asked, and tells each of them of the REST calls: the first as made, the others as shared. */
  private async fetch(loads: readonly PendingLoad[]): Promise<RowsByKey> {
    const [only] = loads;
    if (only && loads.length === 1) return this.read(only.keys, only.scope);
    const scopes = [...new Set(loads.map(({ scope }) => scope))];
    const keys = [...new Set(loads.flatMap((load) => load.keys))];
    const [cancellation, stopListening] = sharedCancellation(scopes);
    const merged = new Scope({
      cancellation,
      traceparent: scopes[0]?.traceparent,
      // What a dry run would send is noted once it asks alone.
      planned: scopes.length === 1 ? scopes[0]?.planned : scopes.some(({ planned }) => planned) ? [] : undefined,
      beforeCall: (operation) => {
        for (const scope of scopes) scope.beforeCall?.(operation);
      },
    });
    try {
      return await this.read(keys, merged);
    } finally {
      stopListening?.();
      scopes.forEach((scope, index) => {
        for (const made of merged.calls) scope.calls.push(index === 0 ? made : { ...made, source: "shared" });
      });
    }
  }
}

/** Bounded, because reports have one for each set of arguments. */
const batchersPerSession = 200;
const batchersOf = memoized((_: CallSource) => new LRUCache<string, SessionBatcher>({ max: batchersPerSession }));

/** A session's batcher for one kind of row, by the kind's name. */
export const batcherFor = (session: CallSource, name: string, batch: Batch<Key, unknown>): SessionBatcher => {
  const known = batchersOf(session);
  const batcher = known.get(name) ?? new SessionBatcher(session, batch);
  known.set(name, batcher);
  return batcher;
};
