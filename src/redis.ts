import { Redis } from "ioredis";

/**
 * The connection to Redis, or an error that says in words why there is none. Once connected it may come and go: commands fail at once
 * while it is away, and whoever uses it goes on without.
 */
export const connectRedis = async (url: string, onError: (error: Error) => void): Promise<Redis> => {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 5_000,
    commandTimeout: 1_000,
    retryStrategy: (times) => Math.min(200 * times, 5_000),
  });
  let last: Error | undefined;
  const first = (error: Error) => {
    last = error;
  };
  redis.on("error", first);
  try {
    await redis.connect();
    await redis.ping();
    // Redis refuses a database that it does not have without ending the connection, which then is at the first one.
    if (redis.options.db) await redis.select(redis.options.db);
  } catch (error) {
    redis.disconnect();
    throw last ?? error;
  }
  redis.off("error", first);
  redis.on("error", onError);
  return redis;
};
