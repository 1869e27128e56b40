import underPressure from "@fastify/under-pressure";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { BodyReads } from "./body-reads.js";
import type { MemoryGuard } from "./memory-guard.js";
import { refuse } from "./refusal.js";

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

/** Counts the bodies on their way, which take no place among the requests under way until they are in. */
const countBodies = (scope: FastifyInstance): void => {
  const reads = new BodyReads();
  const ends = new WeakMap<FastifyRequest, () => void>();
  scope.addHook("onRequest", (request, reply, next) => {
    if (request.method === "POST") {
      const end = reads.begin(request.ip, () => request.raw.destroy());
      ends.set(request, end);
      reply.raw.once("close", end);
    }
    next();
  });
  scope.addHook("preValidation", (request, _, next) => {
    ends.get(request)?.();
    next();
  });
};

/** Turns requests of this scope away while the server is overloaded. Gives whether it does so now. */
export const shedLoad = async (
  scope: FastifyInstance,
  { inFlight, lagMs }: Pressure,
  memory: MemoryGuard,
): Promise<() => boolean> => {
  if (lagMs > 0) {
    await scope.register(underPressure, {
      maxEventLoopDelay: lagMs,
      pressureHandler: (request: FastifyRequest, reply: FastifyReply) => void turnAway(request, reply),
    });
  }
  const isBehind = lagMs > 0 ? () => scope.isUnderPressure() : () => false;
  let under = 0;
  const isFull = () => inFlight > 0 && under >= inFlight;
  const done = () => {
    under -= 1;
  };
  scope.addHook("onRequest", (request, reply, next) => {
    if (memory.isLow) turnAway(request, reply);
    else next();
  });
  countBodies(scope);
  scope.addHook("preValidation", (request, reply, next) => {
    if (isFull()) {
      turnAway(request, reply);
      return;
    }
    under += 1;
    if (reply.raw.destroyed) done();
    else reply.raw.once("close", done);
    next();
  });
  return () => memory.isLow || isFull() || isBehind();
};
