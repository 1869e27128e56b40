import { ConsecutiveBreaker, circuitBreaker, handleAll } from "cockatiel";

/** Milliseconds that a request waits for Redis, and those that Redis is left alone once it has failed three times running. */
const [patienceMs, restMs] = [50, 1_000];

const within = <T>(command: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    // What came while the event loop was busy is read before the time is said to be over.
    const timer = setTimeout(() => setImmediate(() => setImmediate(reject, new Error("Redis took too long"))), patienceMs);
    command.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** Runs commands of Redis that an answer can do without. Rejects after 50 ms, and at once while Redis keeps failing. */
export type RedisBreaker = <T>(command: () => Promise<T>) => Promise<T>;

/** Opens a breaker; what shares a connection may share it. */
export const openRedisBreaker = (): RedisBreaker => {
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(3) });
  return (command) => breaker.execute(() => within(command()));
};
