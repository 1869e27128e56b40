import rateLimit, { normalizeIP } from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Redis } from "ioredis";
import { refuse } from "./refusal.js";

/** Requests a minute; 0 for any number. */
export interface Rates {
  perKey: number;
  perAddress: number;
}

const minute = 60_000;

/** Asked once a request; true when it has been answered with RATE_LIMITED. */
export type RateLimiter = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;

/** Limits for each API key and each address, counted in Redis where there is one, so that several servers count together. */
export const rateLimiter = async (
  scope: FastifyInstance,
  rates: Rates,
  redis: Redis | undefined,
): Promise<RateLimiter | undefined> => {
  if (!rates.perKey && !rates.perAddress) return undefined;
  await scope.register(rateLimit, {
    global: false,
    timeWindow: minute,
    cache: 20_000,
    redis,
    nameSpace: "affise-graphql:rate:",
    // Redis out of reach costs the limit, not the answer.
    skipOnError: true,
  });
  const limits = [
    {
      whose: "this address",
      setting: "RATE_LIMIT_PER_ADDRESS",
      max: rates.perAddress,
      keyGenerator: ({ ip }: FastifyRequest) => `address:${normalizeIP(ip)}`,
    },
    {
      whose: "this API key",
      setting: "RATE_LIMIT_PER_KEY",
      max: rates.perKey,
      keyGenerator: ({ caller }: FastifyRequest) => `key:${caller.hash}`,
    },
  ]
    .filter(({ max }) => max > 0)
    .map((limit) => ({ ...limit, count: scope.createRateLimit({ max: limit.max, keyGenerator: limit.keyGenerator }) }));

  return async (request, reply) => {
    for (const { whose, setting, max, count } of limits) {
      const found = await count(request);
      if (found.isAllowed) continue;
      reply
        .header("ratelimit-limit", max)
        .header("ratelimit-remaining", found.remaining)
        .header("ratelimit-reset", found.ttlInSeconds);
      if (!found.isExceeded) continue;
      reply.header("retry-after", found.ttlInSeconds);
      refuse(
        request,
        reply,
        429,
        "RATE_LIMITED",
        `More than ${max} requests in a minute from ${whose}; try again in ${found.ttlInSeconds} s. (${setting} of this server sets it.)`,
        { limit: max, retryAfter: found.ttlInSeconds },
      );
      return true;
    }
    return false;
  };
};
