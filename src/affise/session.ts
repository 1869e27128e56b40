import { type Answer, type Input, type Operation, type OperationInfo, operationInfo, operations } from "../contract/operation.js";
import { answerIn } from "./answer/answer.js";
import { unanswered } from "./answer/failure.js";
import { type Budget, withBudget } from "./budget/budget.js";
import { check } from "./encoding/check.js";
import { payload, readable, target, type Value } from "./encoding/encode.js";
import { writeIds } from "./encoding/write-ids.js";
import { isSpoken, noteRead } from "./error/caller-words.js";
import { AffiseError, DryRun, InputError, UpstreamError } from "./error/error.js";
import { Cancellation } from "./request/cancellation.js";
import { Deadline } from "./request/deadline.js";
import { type RestReply, replyText, type Send } from "./request/request.js";
import { assertAllowed, rightsOf } from "./rights.js";
import type { CallRecord, Scope } from "./scope.js";
import { invalidatedBy } from "./sharing/cache.js";
import { type Cache, readThrough } from "./sharing/read-through.js";
import { type Seal, sealFor } from "./sharing/seal.js";
import { holdsSecret } from "./sharing/secret.js";
import { NobodyWaits, SingleFlight } from "./sharing/single-flight.js";
import { withKey } from "./transport/key.js";
import { Limiter, withLimiter } from "./transport/limiter.js";
import type { Network, NetworkOptions } from "./transport/network.js";
import { withKy } from "./transport/retry.js";

/** A REST operation by its name, typed by the contract: `call("GET /3.0/offers", { query: { int_id: [1] } })`. Throws AffiseError. */
export type Call = <O extends Operation>(
  operation: O,
  ...input: Record<never, never> extends Input<O> ? [input?: Input<O>] : [input: Input<O>]
) => Promise<Answer<O>>;

export interface SessionOptions extends NetworkOptions {
  /** Milliseconds for one call with all its retries. */
  timeoutMs: number;
  /** How often a GET is tried again after 429, 502, 503, 504 or a broken connection. */
  retries: number;
  /** How many REST calls of one session may be under way at once. */
  concurrency: number;
  cache?: Cache;
  /** What REST calls ask before they leave; none lets them go as they come. */
  budget?: Budget;
  /** The server's own secret, under which with the caller's key is sealed what is stored outside the process. */
  storeSecret?: string;
  /** How many sessions are remembered; the one unused for longest goes first. */
  maxSessions: number;
}

interface WireInput {
  path?: Record<string, unknown>;
  query?: Record<string, Value>;
  body?: Record<string, Value>;
}

/** What came of one REST call. */
interface Exchange {
  record: CallRecord;
  answer?: unknown;
  /** The answer as it came. */
  reply?: RestReply;
  error?: unknown;
}

const tags = [...new Set([...operations.values()].map(({ tag }) => tag))];

const headersFor = (info: OperationInfo, type: string | undefined, traceparent: string | undefined): Record<string, string> => {
  const headers: Record<string, string> = { accept: "application/json" };
  if (type !== undefined) headers["content-type"] = type;
  // Only a list is large enough for its packing to pay.
  if (info.isPaged) headers["accept-encoding"] = "gzip";
  if (traceparent) headers.traceparent = traceparent;
  return headers;
};

/** The id and name in a caller's own profile. */
const userIn = (answer: unknown): string | undefined => {
  const { user } = Object(answer) as { user?: Record<string, unknown> };
  const words = [user?.first_name, user?.last_name, user?.login, user?.id].filter(
    (word) => typeof word === "string" || typeof word === "number",
  );
  return words.length ? words.join(" ") : undefined;
};

/** A failure that does not say what became of the write leaves that open. */
const outcomeOf = (error: unknown): NonNullable<CallRecord["outcome"]> => {
  if (error === undefined) return "DONE";
  return error instanceof AffiseError ? (error.extensions.outcome ?? "UNKNOWN") : "UNKNOWN";
};

/** One caller at one tenant. Everything shared between requests is shared inside a session, so that no key ever meets another's data. */
export class Session {
  private readonly limiter: Limiter;
  private readonly reads = new SingleFlight<Exchange>();
  /** Reads that nobody may join, since nobody can tell their generation. */
  private alone = 0;
  private readonly send: Send;
  /** Who the key belongs to, once its profile has been read. */
  private user: string | undefined;
  /** For what of this session is stored outside the process; none without a key and a secret. */
  readonly seal: Seal | undefined;

  /** `id` is a hash of tenant and key: it says whose this is without saying the key. */
  constructor(
    private readonly id: string,
    private readonly network: Network,
    private readonly key: string | undefined,
    private readonly options: SessionOptions,
  ) {
    this.limiter = new Limiter(options.concurrency);
    this.seal = sealFor(key, options.storeSecret);
    const limited = withLimiter(withKey(network.send, key), this.limiter);
    const { budget, timeoutMs, retries } = options;
    const send = budget ? withBudget(limited, budget, network.tenant.name, id, timeoutMs) : limited;
    this.send = withKy(send, network.tenant.url, retries);
  }

  /** REST calls under way, and those that wait for their turn. */
  get queue(): { active: number; waiting: number } {
    return { active: this.limiter.active, waiting: this.limiter.waiting };
  }

  /** REST under this session's key, for one request. */
  callFor(scope: Scope): Call {
    return ((operation: Operation, input?: WireInput) => this.call(scope, operationInfo(operation), input)) as Call;
  }

  private async call(scope: Scope, info: OperationInfo, input: WireInput = {}): Promise<unknown> {
    const address = this.addressOf(info, input);
    scope.beforeCall?.(info.operation);
    if (info.method !== "GET" && scope.planned) {
      scope.plan(info.operation, address, () => readable(input.body));
      if (info.needsKey) {
        scope.rights ??= rightsOf((operation, input) => this.call(scope, operationInfo(operation), input) as never);
        assertAllowed(info, await scope.rights);
      }
      throw new DryRun(info.operation);
    }
    const { record, answer, error } =
      info.method === "GET" ? await this.read(info, address, scope) : await this.write(info, address, input, scope);
    scope.calls.push(record);
    if (error instanceof UpstreamError && isSpoken(input.query)) throw error.inCallerWords(input.query, "input");
    if (error instanceof UpstreamError && input.query) noteRead(error, input.query, (query) => error.inCallerWords(query, ""));
    if (error) throw error;
    return answer;
  }

  /** Holds a call against the key and the contract. What is wrong with a write is told with the outcome NOT_SENT. */
  private addressOf(info: OperationInfo, input: WireInput): string {
    try {
      if (info.needsKey && !this.key) {
        const message = "Send your Affise API key in the header API-Key (or Authorization: Bearer).";
        throw new InputError("UNAUTHENTICATED", message, { operation: info.operation });
      }
      check(info, input);
      return target(info, input.path, input.query);
    } catch (error) {
      if (error instanceof AffiseError && info.method !== "GET") error.extensions.outcome = "NOT_SENT";
      throw error;
    }
  }

  private read(info: OperationInfo, address: string, scope: Scope): Promise<Exchange> {
    const { cache } = this.options;
    if (!cache) return this.readShared(info, address, scope, "");
    if (cache.ttl(info) > 0) return this.readKept(cache, info, address, scope);
    const generation = cache.store.generation(this.network.tenant.name);
    return generation instanceof Promise
      ? generation.then((known) => this.readShared(info, address, scope, known))
      : this.readShared(info, address, scope, generation);
  }

  private async readKept(cache: Cache, info: OperationInfo, address: string, scope: Scope): Promise<Exchange> {
    const start = Date.now();
    const kept = await readThrough(
      cache,
      this.network.tenant.name,
      `${this.id}:${address}`,
      this.seal,
      info,
      (generation) => this.readShared(info, address, scope, generation),
      ({ reply, record }) => {
        // Of those who share a call the first keeps it.
        const text = record.source === "network" && reply ? replyText(reply) : undefined;
        return text === undefined || holdsSecret(text) ? undefined : text;
      },
    );
    if ("fetched" in kept) return kept.fetched;
    const record = { operation: info.operation, status: 200, ms: Date.now() - start, source: "cache", readAt: kept.at } as const;
    return { record, answer: JSON.parse(kept.text) };
  }

  /** Joins an equal read of the same generation: one that began before a write, at whichever server, has another. */
  private async readShared(
    info: OperationInfo,
    address: string,
    scope: Scope,
    generation: string | undefined,
  ): Promise<Exchange> {
    const name = `${generation ?? `alone ${++this.alone}`} ${address}`;
    const { result, isShared } = await this.reads.run(name, scope.cancellation, (cancellation) =>
      this.exchange(info, address, {}, scope, cancellation),
    );
    return isShared ? { ...result, record: { ...result.record, source: "shared" } } : result;
  }

  /** Nobody waits for a write so little that it is given up. What was read before it is out of date, and so is what is read beside it. */
  private async write(info: OperationInfo, address: string, input: WireInput, scope: Scope): Promise<Exchange> {
    const { path, query, body } = input;
    await this.invalidate(info, scope);
    const done = await this.exchange(info, address, input, scope, new Cancellation());
    const [asked = address] = address.split("?", 1);
    scope.onWrite?.({ ...done.record, path: asked, ids: writeIds(path, query, body), user: this.user });
    if (done.error instanceof UpstreamError && body) done.error = done.error.inCallerWords(body, "input");
    await this.invalidate(info, scope);
    return done;
  }

  private async invalidate(info: OperationInfo, scope: Scope): Promise<void> {
    scope.forget();
    await this.options.cache?.store.invalidate(this.network.tenant.name, invalidatedBy(info.tag, tags));
  }

  private async exchange(
    info: OperationInfo,
    address: string,
    { path, body }: WireInput,
    scope: Scope,
    cancellation: Cancellation,
  ): Promise<Exchange> {
    const deadline = new Deadline(this.options.timeoutMs, cancellation);
    const sent = body && (await payload(info, body));
    const at = Date.now();
    let status = 0;
    let came: Partial<Exchange>;
    try {
      const reply = await this.send({
        operation: info,
        target: address,
        headers: headersFor(info, sent?.type, scope.traceparent),
        body: sent?.bytes,
        cancellation,
        deadline,
      });
      status = reply.status;
      came = { answer: answerIn(info, reply, this.key, path), reply };
      if (info.operation === "GET /3.1/user/me" || info.operation === "GET /3.1/partner/me") this.user = userIn(came.answer);
    } catch (error) {
      came = { error: error instanceof AffiseError ? error : unanswered(info, error, this.options.breakMs) };
    } finally {
      deadline.end();
    }
    const ms = Math.round(deadline.elapsedMs * 10) / 10;
    const record: CallRecord = { operation: info.operation, status, ms, source: "network", at };
    if (cancellation.reason instanceof NobodyWaits) record.isGivenUp = true;
    if (info.method !== "GET") record.outcome = outcomeOf(came.error);
    return { ...came, record };
  }
}
