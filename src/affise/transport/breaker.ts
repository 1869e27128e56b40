import { circuitBreaker, handleWhen, SamplingBreaker } from "cockatiel";
import { TimedOut } from "../request/deadline.js";
import type { Send } from "../request/request.js";
import { TooLarge } from "./transport.js";

/** Statuses of a gateway before Affise. What it answers so tells of a failing upstream, and nothing of what became of a write. */
export const isGatewayStatus = (status: number): boolean => status >= 502 && status <= 504;

/**
 * When most calls of ten seconds have failed, the tenant is left alone for a while and callers are told so at once (BrokenCircuitError).
 * A failure is no answer, or a gateway's. A 500 may be about the question, and a call whose clients had all gone is nobody's fault.
 */
export const withBreaker = (send: Send, breakMs: number): Send => {
  const gaveUp = new WeakSet<Error>();
  const isFault = (error: Error) => error instanceof TimedOut || !(error instanceof TooLarge || gaveUp.has(error));
  const breaker = circuitBreaker(
    handleWhen(isFault).orWhenResult((reply) => isGatewayStatus((reply as { status: number }).status)),
    { halfOpenAfter: breakMs, breaker: new SamplingBreaker({ threshold: 0.6, duration: 10_000, minimumRps: 5 }) },
  );
  return (request) =>
    breaker.execute(() =>
      send(request).catch((error: Error) => {
        if (request.cancellation.reason === error) gaveUp.add(error);
        throw error;
      }),
    );
};
