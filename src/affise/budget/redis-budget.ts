import type { Redis } from "ioredis";
import { openRedisBreaker } from "../sharing/redis-breaker.js";
import type { Budget, Verdict } from "./budget.js";
import { burstOf, LocalBudget } from "./local-budget.js";

/**
 * One round trip for each REST call. A network has the time of its last call granted (GCRA: a token bucket told by one number), a key the
 * time of its own last one. While that lies ahead, the key gets no other, whichever server asks: so keys take turns.
 */
const ask = `
local at = redis.call('TIME')
local now = at[1] * 1000 + at[2] / 1000
local paused = redis.call('PTTL', KEYS[3])
if paused > 0 then return {0, paused, 1} end
local interval = tonumber(ARGV[1])
if interval == 0 then return {1, 0, 0} end
local own = tonumber(redis.call('GET', KEYS[2]) or '0')
if own > now then return {0, math.ceil(own - now), 0} end
local slot = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now - tonumber(ARGV[2])) + interval
local wait = math.max(0, math.ceil(slot - now))
if wait > tonumber(ARGV[3]) then return {0, wait, 0} end
redis.call('SET', KEYS[1], string.format('%.3f', slot), 'PX', wait + 2 * tonumber(ARGV[2]) + math.ceil(interval))
if wait > 0 then redis.call('SET', KEYS[2], string.format('%.3f', slot), 'PX', wait) end
return {1, wait, 0}`;

/** A pause never shortens a longer one. */
const pause = `
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end
return 1`;

type Commands = Redis & {
  affiseAsk(...args: (string | number)[]): Promise<[number, number, number]>;
  affisePause(key: string, ms: number): Promise<number>;
};

const defined = (redis: Redis): Commands => {
  redis.defineCommand("affiseAsk", { numberOfKeys: 3, lua: ask });
  redis.defineCommand("affisePause", { numberOfKeys: 1, lua: pause });
  return redis as Commands;
};

/** The budget that all servers on one Redis share. While Redis is away each goes on with a budget of its own. */
export const redisBudget = (client: Redis, perSecond: number): Budget => {
  const redis = defined(client);
  const breaker = openRedisBreaker();
  const local = new LocalBudget(perSecond);
  const [interval, burst] = perSecond === 0 ? [0, 0] : [1_000 / perSecond, burstOf(perSecond)];
  // In braces, so that a cluster keeps a network's keys on one node.
  const names = (tenant: string, session: string) => {
    const start = `affise-graphql:budget:{${tenant}}`;
    return [start, `${start}:${session}`, `${start}:pause:${session}`] as const;
  };
  return {
    async ask(tenant, session, patienceMs): Promise<Verdict> {
      try {
        const [isGranted, waitMs, isPause] = await breaker(() =>
          redis.affiseAsk(...names(tenant, session), interval, burst, patienceMs),
        );
        return { isGranted: isGranted === 1, waitMs, isPause: isPause === 1 };
      } catch {
        return local.ask(tenant, session, patienceMs);
      }
    },
    async pause(tenant, session, ms) {
      local.pause(tenant, session, ms);
      if (ms > 0) await breaker(() => redis.affisePause(names(tenant, session)[2], Math.ceil(ms))).catch(() => {});
    },
  };
};
