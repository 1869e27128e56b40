import { setTimeout } from "node:timers/promises";
import type { Cancellation } from "../request/cancellation.js";
import type { Send } from "../request/request.js";
import { retryAfterSeconds } from "../request/retry-after.js";

/** What a budget says to one who asks for a REST call: go after so many milliseconds, or ask again after as many. */
export interface Verdict {
  isGranted: boolean;
  waitMs: number;
  /** The network itself asked this key to wait. */
  isPause?: boolean;
}

/**
 * How many REST calls a second a network gets. One key has one call granted ahead at the most, at however many servers it asks, so that keys
 * take turns and none starves the others.
 */
export interface Budget {
  /** Nothing is granted that would come later than in `patienceMs`. */
  ask(tenant: string, session: string, patienceMs: number): Promise<Verdict> | Verdict;
  /** The network told this key to wait: none of its calls leaves before. */
  pause(tenant: string, session: string, ms: number): Promise<void> | void;
}

/** Not sent: its turn would come later than the call may take. */
export class TurnTooLate extends Error {
  override readonly name = "TurnTooLate";
  constructor(
    readonly seconds: number,
    /** The network itself said so, rather than this server's budget. */
    readonly isPause: boolean,
  ) {
    super(`not before ${seconds} s`);
  }
}

/** Without a word of how long, and however long the word. */
const [usualPauseMs, longestPauseMs] = [1_000, 3_600_000];

const pauseOf = (headers: Parameters<typeof retryAfterSeconds>[0]): number =>
  Math.min((retryAfterSeconds(headers) ?? usualPauseMs / 1_000) * 1_000, longestPauseMs);

/** Waits, or rejects with why the call was cancelled meanwhile. */
const sleep = (ms: number, cancellation: Cancellation): Promise<void> => {
  const [signal, end] = cancellation.signal();
  return setTimeout(ms, undefined, { signal })
    .catch(() => Promise.reject(cancellation.reason))
    .finally(end);
};

/** Waits until the budget lets one call go. Throws TurnTooLate, or why the call was cancelled. */
const turn = async (budget: Budget, tenant: string, session: string, cancellation: Cancellation, until: number) => {
  for (;;) {
    if (cancellation.reason) throw cancellation.reason;
    const left = Math.ceil(until - performance.now());
    if (left <= 0) throw new TurnTooLate(1, false);
    const { isGranted, waitMs, isPause = false } = await budget.ask(tenant, session, left);
    if (!isGranted && waitMs > left) throw new TurnTooLate(Math.ceil(waitMs / 1_000), isPause);
    if (waitMs > 0) await sleep(waitMs, cancellation);
    if (isGranted) return;
  }
};

/**
 * Each attempt asks the budget first, one of a session at a time, in the order they came. Waiting for it is not Affise's time; it ends after
 * as long as a call may take all the same.
 */
export const withBudget = (send: Send, budget: Budget, tenant: string, session: string, timeoutMs: number): Send => {
  let last: Promise<unknown> = Promise.resolve();
  return async (request) => {
    const until = performance.now() + timeoutMs;
    const granted = last.then(() => turn(budget, tenant, session, request.cancellation, until));
    last = granted.catch(() => {});
    await granted;
    const reply = await send(request);
    if (reply.status === 429) await budget.pause(tenant, session, pauseOf(reply.headers));
    return reply;
  };
};
