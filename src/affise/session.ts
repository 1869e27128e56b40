import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { type Store, stillGood, touchedBy, versionsOf } from "./cache.js";
import { Cancellation, type End } from "./cancellation.js";
import { check } from "./check.js";
import { payload, target, type Value } from "./encode.js";
import { AffiseError, InputError } from "./error.js";
import { connect, defaultHttpOptions, type Http, type HttpOptions, type Tenant } from "./http.js";
import { type Answer, type Facts, factsFor, type Input, type Operation, operations } from "./operation.js";
import type { CallRecord, Scope } from "./scope.js";
import { openTurns } from "./turns.js";

/** A REST operation by its name, typed by the contract: `call("GET /3.0/offers", { query: { int_id: [1] } })`. Throws AffiseError. */
export type Call = <O extends Operation>(
  operation: O,
  ...input: Record<never, never> extends Input<O> ? [input?: Input<O>] : [input: Input<O>]
) => Promise<Answer<O>>;

interface Outcome {
  record: CallRecord;
  answer?: unknown;
  /** The answer as it came. */
  body?: Buffer;
  error?: unknown;
}

/** One read that is under way, and how many still wait for it. */
interface Flight {
  outcome: Promise<Outcome>;
  waiting: number;
  cancellation: Cancellation;
}

export interface Queue {
  active: number;
  waiting: number;
}

/** One caller at one tenant. Everything shared between requests is shared inside a session, so that no key ever meets another's data. */
export interface Session {
  /** A hash of tenant and key: says whose this is without saying the key. */
  readonly id: string;
  readonly tenant: string;
  /** Rises with every write; what was asked before a write is never given to a read after it. */
  readonly epoch: number;
  /** REST calls under way, and those that wait for their turn. */
  readonly queue: Queue;
  callFor(scope: Scope): Call;
}

interface WireInput {
  path?: Record<string, unknown>;
  query?: Record<string, Value>;
  body?: Record<string, Value>;
}

/** Where answers of reads are kept, and for how many milliseconds each; 0 for not at all. */
export interface Cache {
  store: Store;
  ttl(facts: Facts): number;
}

export interface SessionOptions extends HttpOptions {
  /** How many REST calls of one session may be under way at once. */
  concurrency: number;
  cache?: Cache;
  /** How many sessions are remembered; the one unused for longest goes first. */
  maxSessions: number;
}

export const defaultSessionOptions: SessionOptions = { ...defaultHttpOptions, concurrency: 16, maxSessions: 10_000 };

const noneLeft = new Error("nobody waits any more");

const tags = [...new Set([...operations.values()].map(({ tag }) => tag))];

const openSession = (id: string, tenant: string, http: Http, key: string | undefined, options: SessionOptions): Session => {
  const turns = openTurns(options.concurrency);
  const flights = new Map<string, Flight>();
  let epoch = 0;

  const exchange = (facts: Facts, at: string, body: WireInput["body"], cancellation?: Cancellation): Promise<Outcome> =>
    turns.run(async () => {
      const start = performance.now();
      const record = (status: number): CallRecord => ({
        operation: facts.operation,
        status,
        ms: Math.round((performance.now() - start) * 10) / 10,
        source: "network",
        at: Date.now() - (performance.now() - start),
      });
      try {
        const { status, ...came } = await http.send({
          facts,
          target: at,
          key: facts.needsKey ? key : undefined,
          body: payload(facts, body),
          cancellation,
        });
        return { record: record(status), ...came };
      } catch (error) {
        return { record: record(error instanceof AffiseError ? (error.extensions.upstreamStatus ?? 0) : 0), error };
      }
    });

  /** Equal reads under way at the same time are one; who joins a flight sees it as shared. */
  const read = async (facts: Facts, at: string, cancellation: Cancellation | undefined): Promise<Outcome> => {
    const id = `${epoch} ${at}`;
    const under = flights.get(id);
    const flight = under ?? takeOff(id, facts, at);
    const stopListening = join(id, flight, cancellation);
    try {
      const outcome = await flight.outcome;
      return under ? { ...outcome, record: { ...outcome.record, source: "shared" } } : outcome;
    } finally {
      stopListening?.();
    }
  };

  const takeOff = (id: string, facts: Facts, at: string): Flight => {
    const shared = new Cancellation();
    const outcome = exchange(facts, at, undefined, shared).finally(() => {
      if (flights.get(id) === flight) flights.delete(id);
    });
    const flight: Flight = { outcome, waiting: 0, cancellation: shared };
    flights.set(id, flight);
    return flight;
  };

  /** Gives a flight up once all who waited for it have gone. Who brings no token waits to the end. */
  const join = (id: string, flight: Flight, cancellation: Cancellation | undefined): End | undefined => {
    flight.waiting += 1;
    return cancellation?.onCancel(() => {
      flight.waiting -= 1;
      if (flight.waiting > 0) return;
      if (flights.get(id) === flight) flights.delete(id);
      flight.cancellation.cancel(noneLeft);
    });
  };

  /** An entry past its time is served once more for as long while a new one is fetched behind it. */
  const readThrough = async (
    facts: Facts,
    at: string,
    { store }: Cache,
    ttl: number,
    cancellation: Cancellation | undefined,
  ): Promise<Outcome> => {
    const start = Date.now();
    const entryKey = `${id}:${at}`;
    const { entry, versions } = await store.read(tenant, entryKey);
    const fetched = async () => {
      const outcome = await read(facts, at, cancellation);
      // Of those who share a call the first keeps it.
      if (outcome.body && versions && outcome.record.source === "network") {
        const text = outcome.body.toString("utf8");
        store.write(entryKey, { at: start, text, versions: versionsOf(versions, [facts.tag]) }, 2 * ttl);
      }
      return outcome;
    };
    if (!entry || !versions || !stillGood(entry, versions) || start - entry.at > 2 * ttl) return fetched();
    if (start - entry.at > ttl) void fetched();
    const record: CallRecord = { operation: facts.operation, status: 200, ms: Date.now() - start, source: "cache" };
    return { record, answer: JSON.parse(entry.text) };
  };

  const touched = async (facts: Facts, scope: Scope) => {
    epoch += 1;
    scope.forget();
    await options.cache?.store.touch(tenant, touchedBy(facts.tag, tags));
  };

  const write = async (facts: Facts, at: string, body: WireInput["body"], scope: Scope): Promise<Outcome> => {
    await touched(facts, scope);
    const outcome = await exchange(facts, at, body);
    await touched(facts, scope);
    return outcome;
  };

  const call = async (scope: Scope, operation: Operation, input: WireInput = {}): Promise<unknown> => {
    const facts = factsFor(operation);
    if (facts.needsKey && !key) {
      throw new InputError("UNAUTHENTICATED", "Send your Affise API key in the header API-Key (or Authorization: Bearer).", {
        operation,
      });
    }
    check(facts, input);
    scope.beforeCall?.(operation);
    const at = target(facts, input.path, input.query);
    const ttl = facts.method === "GET" ? (options.cache?.ttl(facts) ?? 0) : 0;
    const outcome =
      options.cache && ttl > 0
        ? await readThrough(facts, at, options.cache, ttl, scope.cancellation)
        : await (facts.method === "GET" ? read(facts, at, scope.cancellation) : write(facts, at, input.body, scope));
    scope.calls.push(outcome.record);
    if (outcome.error) throw outcome.error;
    return outcome.answer;
  };

  return {
    id,
    tenant,
    get epoch() {
      return epoch;
    },
    get queue() {
      return { active: turns.active(), waiting: turns.waiting() };
    },
    callFor: (scope) => ((operation: Operation, input?: WireInput) => call(scope, operation, input)) as Call,
  };
};

/** All sessions of this process, found by tenant and key, which go no further than here: outside, a session is known by a hash. */
export interface Sessions {
  of(tenant: Tenant, key: string | undefined): Session;
  /** All sessions' queues together. */
  queue(): Queue;
  close(): Promise<void>;
}

export const openSessions = (options: SessionOptions = defaultSessionOptions): Sessions => {
  const connections = new Map<string, Http>();
  const sessions = new LRUCache<string, Session>({ max: options.maxSessions });
  return {
    of(tenant, key) {
      const asked = `${tenant.name}\n${key ?? ""}`;
      const known = sessions.get(asked);
      if (known) return known;
      const id = createHash("sha256").update(asked).digest("base64url");
      const http = connections.get(tenant.name) ?? connect(tenant, options);
      connections.set(tenant.name, http);
      const session = openSession(id, tenant.name, http, key, options);
      sessions.set(asked, session);
      return session;
    },
    queue() {
      const queues = [...sessions.values()].map(({ queue }) => queue);
      return {
        active: queues.reduce((sum, { active }) => sum + active, 0),
        waiting: queues.reduce((sum, { waiting }) => sum + waiting, 0),
      };
    },
    async close() {
      await Promise.all([...connections.values()].map((http) => http.close()));
    },
  };
};
