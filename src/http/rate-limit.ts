import rateLimit, { normalizeIP } from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Redis } from "ioredis";
import { openRedisBreaker } from "../affise/sharing/redis-breaker.js";
import type { RateState } from "../context.js";
import { refusal } from "../execution/refusal.js";
import { refuse } from "./refusal.js";

/** How many a minute; 0 for any number. */
export interface Rates {
  /** Requests. */
  perKey: number;
  /** Requests. */
  perAddress: number;
  /** Sign-ins and sign-ups. */
  logins: number;
}

const minute = 60_000;

declare module "fastify" {
  interface FastifyRequest {
    rate: RateState | null;
  }
}

export interface RateLimiter {
  /** Asked once a request; true when it has been answered with RATE_LIMITED. */
  answers(request: FastifyRequest, reply: FastifyReply): Promise<boolean>;
  /** Counts a sign-in or sign-up. Throws GraphQLError RATE_LIMITED for the one too many. */
  countLogin(request: FastifyRequest): Promise<void>;
}

type Count = ReturnType<FastifyInstance["createRateLimit"]>;

const addressOf = ({ ip }: FastifyRequest) => normalizeIP(ip);

const openLimits = (scope: FastifyInstance, rates: Rates) => {
  const open = (max: number, keyGenerator: (request: FastifyRequest) => string): Count | undefined =>
    max > 0 ? scope.createRateLimit({ max, keyGenerator }) : undefined;
  return {
    address: open(rates.perAddress, (request) => `address:${addressOf(request)}`),
    key: open(rates.perKey, ({ caller }) => `key:${caller.hash}`),
    login: open(rates.logins, (request) => `login:${addressOf(request)}`),
  };
};

const tooMany = (what: string, seconds: number, setting: string) =>
  `More than ${what}; try again in ${seconds} s. (${setting} of this server sets it.)`;

/** Of several limits the one that has the least of itself left. */
const nearestOf = (states: readonly { max: number; left: number; ttl: number }[]): RateState | null => {
  const [nearest] = [...states].sort((one, other) => one.left / one.max - other.left / other.max);
  if (!nearest) return null;
  return { limit: nearest.max, remaining: nearest.left, resetAt: new Date(Date.now() + nearest.ttl).toISOString() };
};

/** Limits for each API key and each address, counted in Redis where there is one, so that several servers count together. */
export const rateLimiter = async (scope: FastifyInstance, rates: Rates, redis: Redis | undefined): Promise<RateLimiter> => {
  scope.decorateRequest("rate", null);
  if (rates.perKey || rates.perAddress || rates.logins) {
    const options = { global: false, timeWindow: minute, cache: 20_000, skipOnError: false, nameSpace: "affise-graphql:rate:" };
    await scope.register(rateLimit, { ...options, redis });
  }
  const { address, key, login } = openLimits(scope, rates);
  const breaker = openRedisBreaker();
  const counted = async (count: Count, request: FastifyRequest) => {
    try {
      const found = redis ? await breaker(() => count(request)) : await count(request);
      return found.isAllowed ? undefined : found;
    } catch {
      // Redis out of reach costs the limit, not the answer.
      return undefined;
    }
  };
  const limits = [
    { policy: "key", whose: "this API key", setting: "RATE_LIMIT_PER_KEY", max: rates.perKey, count: key },
    { policy: "address", whose: "this address", setting: "RATE_LIMIT_PER_ADDRESS", max: rates.perAddress, count: address },
  ].filter(({ max }) => max > 0);
  const policies = limits.map(({ policy, max }) => `"${policy}";q=${max};w=${minute / 1_000}`).join(", ");

  return {
    async answers(request, reply) {
      const found = await Promise.all(limits.map(({ count }) => count && counted(count, request)));
      const states = limits.flatMap((limit, index) => {
        const one = found[index];
        return one
          ? [{ ...limit, left: Math.max(0, one.remaining), seconds: one.ttlInSeconds, ttl: one.ttl, isOver: one.isExceeded }]
          : [];
      });
      if (!states.length) return false;
      reply.header("ratelimit-policy", policies);
      reply.header("ratelimit", states.map(({ policy, left, seconds }) => `"${policy}";r=${left};t=${seconds}`).join(", "));
      request.rate = nearestOf(states);
      const over = states.find(({ isOver }) => isOver);
      if (!over) return false;
      const { whose, setting, max, seconds } = over;
      const message = tooMany(`${max} requests in a minute from ${whose}`, seconds, setting);
      refuse(request, reply.header("retry-after", seconds), 429, "RATE_LIMITED", message, { limit: max, retryAfter: seconds });
      return true;
    },
    async countLogin(request) {
      const found = login && (await counted(login, request));
      if (!found?.isExceeded) return;
      const seconds = found.ttlInSeconds;
      const what = `${rates.logins} sign-ins in a minute from this address`;
      const details = { outcome: "NOT_SENT", limit: rates.logins, retryAfterSeconds: seconds };
      throw refusal("RATE_LIMITED", `${tooMany(what, seconds, "RATE_LIMIT_LOGINS")} Nothing was sent.`, details);
    },
  };
};
