import underPressure from "@fastify/under-pressure";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
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

/** Turns requests of this scope away while the server is overloaded. */
export const shedLoad = async (scope: FastifyInstance, { inFlight, lagMs }: Pressure): Promise<void> => {
  if (lagMs > 0) {
    await scope.register(underPressure, {
      maxEventLoopDelay: lagMs,
      pressureHandler: (request: FastifyRequest, reply: FastifyReply) => void turnAway(request, reply),
    });
  }
  if (inFlight === 0) return;
  let under = 0;
  const done = () => {
    under -= 1;
  };
  scope.addHook("onRequest", (request, reply, next) => {
    if (under >= inFlight) {
      turnAway(request, reply);
      return;
    }
    under += 1;
    reply.raw.once("close", done);
    next();
  });
};
