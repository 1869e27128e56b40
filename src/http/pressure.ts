import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { BodyReads } from "./body-reads.js";
import { LoopDelay } from "./loop-delay.js";
import type { MemoryGuard } from "./memory-guard.js";
import { refuse } from "./refusal.js";

declare module "fastify" {
  interface FastifyRequest {
    /** To be called when the body is in; null for a request without one. */
    endOfBody: (() => void) | null;
    /** Whether it has a place among the requests under way. */
    isUnderWay: boolean;
  }
}

/** When to turn requests away instead of being slow for all; 0 for never. */
export interface Pressure {
  /** Requests under way at once. */
  inFlight: number;
  /** Milliseconds that the event loop is behind. */
  lagMs: number;
}

const turnAway = (request: FastifyRequest, reply: FastifyReply) =>
  refuse(
    request,
    reply.header("retry-after", "1"),
    503,
    "OVERLOADED",
    "This server has more to do than it can at the moment; try again in a second.",
  );

/** The bytes that a body may come to have. */
const announced = ({ headers, routeOptions: { bodyLimit = 0 } }: FastifyRequest): number =>
  Math.min(Number(headers["content-length"] ?? bodyLimit), bodyLimit);

/** Turns requests of this scope away while the server is overloaded. Gives whether it does so now. */
export const shedLoad = (scope: FastifyInstance, { inFlight, lagMs }: Pressure, memory: MemoryGuard): (() => boolean) => {
  const delay = lagMs > 0 ? new LoopDelay() : undefined;
  if (delay) scope.addHook("onClose", async () => delay.close());
  const isBehind = () => delay !== undefined && delay.ms > lagMs;
  let under = 0;
  const isFull = () => inFlight > 0 && under >= inFlight;
  const reads = new BodyReads();
  scope.decorateRequest("endOfBody", null).decorateRequest("isUnderWay", false);
  scope.addHook("onRequest", (request, reply, next) => {
    if (memory.isLow || isBehind()) {
      turnAway(request, reply);
      return;
    }
    // A body on its way takes no place among the requests under way until it is in.
    if (request.method === "POST") request.endOfBody = reads.begin(request.ip, announced(request), () => request.raw.destroy());
    reply.raw.once("close", () => {
      request.endOfBody?.();
      if (request.isUnderWay) under -= 1;
    });
    next();
  });
  scope.addHook("preValidation", (request, reply, next) => {
    request.endOfBody?.();
    if (isFull()) {
      turnAway(request, reply);
      return;
    }
    if (!reply.raw.destroyed) {
      request.isUnderWay = true;
      under += 1;
    }
    next();
  });
  return () => memory.isLow || isFull() || isBehind();
};
