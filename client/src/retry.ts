import { AnswerError, type ClientError, type Fault } from "./error.js";

const passing: ReadonlySet<string> = new Set([
  "RATE_LIMITED",
  "OVERLOADED",
  "UPSTREAM_RATE_LIMITED",
  "UPSTREAM_TIMEOUT",
  "UPSTREAM_UNREACHABLE",
]);

/** What passes by itself, and did nothing: a change whose fate is unknown is never made again. */
const isPassing = (isMutation: boolean) => (fault: Fault) =>
  passing.has(fault.code) && (!isMutation || fault.outcome === "NOT_SENT" || !fault.code.startsWith("UPSTREAM_"));

const isNothing = (data: unknown): boolean => data == null || (typeof data === "object" && Object.values(data).every(isNothing));

/**
 * Whether the same request may be sent again. A query, where nothing of its answer came. A mutation, where nothing was sent to Affise, or where no
 * answer came: its Idempotency-Key then gets the answer of the first.
 */
export const mayRepeat = (error: ClientError, isMutation: boolean): boolean => {
  if (!(error instanceof AnswerError)) return error.status === 0 || error.status === 429 || error.status >= 500;
  return isNothing(error.data) && error.faults.every(isPassing(isMutation));
};

/** Milliseconds before the next attempt: as long as the server says, in seconds or until a date, else half a second, one, two … with some chance in it. */
export const pauseBefore = (attempt: number, retryAfter: string | null): number => {
  const ms = /^\d+$/.test(retryAfter ?? "") ? 1_000 * Number(retryAfter) : Date.parse(retryAfter ?? "") - Date.now();
  return Number.isNaN(ms) ? 500 * 2 ** attempt * (0.75 + Math.random() / 2) : Math.max(0, ms);
};

/** Waits; rejects with the signal's reason when that comes first. */
export const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
