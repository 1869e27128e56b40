import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import { LRUCache } from "lru-cache";
import { openRedisBreaker, type RedisBreaker } from "./redis-breaker.js";
import type { Seal } from "./seal.js";

/** How often each noun of a tenant has been written to, by the nouns' names. */
export type Versions = Readonly<Record<string, string>>;

/** What was kept, and the versions its nouns had when the read began. */
export interface Entry {
  /** Milliseconds since 1970 when the read began. */
  at: number;
  /** Text as it goes out, or as it came in. */
  text: string;
  versions: Versions;
}

interface Found {
  entry?: Entry;
  versions?: Versions;
}

/**
 * Where answers are kept. An entry is good as long as none of its nouns was written to since its read began, so a read that a write
 * overtook can never be served after the write. A store that fails costs the cache and never an answer: it finds nothing, keeps nothing.
 */
export interface Store {
  /**
   * What is kept under the key, and how the tenant's nouns stand now; without versions nothing may be kept. What lies outside this process is
   * sealed by the caller's seal; without one nothing is kept there.
   */
  read(tenant: string, key: string, seal: Seal | undefined): Promise<Found> | Found;
  write(key: string, entry: Entry, ttlMs: number, seal: Seal | undefined): void;
  /**
   * How often a tenant has been written to: work of one generation never stands in for work of a later one. Undefined where nobody can
   * tell just now.
   */
  generation(tenant: string): Promise<string | undefined> | string;
  /** Notes that nouns of a tenant were written to, before a write leaves and once its answer is in. */
  invalidate(tenant: string, nouns: readonly string[]): Promise<void> | void;
  close(): Promise<void>;
}

/** Beside the nouns: counts every write to the tenant, whatever it was about. */
const anything = "*";

/** The generation that versions tell of. */
export const generationOf = (versions: Versions): string => versions[anything] ?? "0";

/** Keeps entries in this process, in at most so many bytes. */
export const memoryStore = (maxBytes: number): Store => {
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    // A text may take two bytes for each of its characters.
    sizeCalculation: ({ text }, key) => 2 * (text.length + key.length) + 200,
  });
  const tenants = new Map<string, Versions>();
  return {
    read: (tenant, key) => ({ entry: entries.get(key), versions: tenants.get(tenant) ?? {} }),
    write: (key, entry, ttl) => void entries.set(key, entry, { ttl }),
    generation: (tenant) => generationOf(tenants.get(tenant) ?? {}),
    invalidate(tenant, nouns) {
      const versions = tenants.get(tenant) ?? {};
      tenants.set(tenant, {
        ...versions,
        ...Object.fromEntries([...nouns, anything].map((noun) => [noun, String(Number(versions[noun] ?? 0) + 1)])),
      });
    },
    close: async () => entries.clear(),
  };
};

const prefix = "affise-graphql";

/** Hashed, so that a key in Redis stays short and says nothing. */
const entryKey = (key: string) => `${prefix}:entry:${createHash("sha256").update(key).digest("base64url")}`;

const versionsKey = (tenant: string) => `${prefix}:versions:${tenant}`;

/** Milliseconds after which Redis is told again of a write that it has not heard of. */
const retryMs = 500;

/** Tells Redis of writes. What it has not heard of is owed, and told as soon as it is back: others may serve what was written over. */
class WriteCount {
  /** The nouns that Redis has yet to hear of, by tenant; until it has, nothing of these tenants is served. */
  private readonly owed = new Map<string, Set<string>>();
  private later: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: Redis,
    private readonly breaker: RedisBreaker,
  ) {}

  /** Whether Redis has heard of it, and of all before it. */
  async add(tenant: string, nouns: Iterable<string>): Promise<boolean> {
    const before = this.owed.get(tenant);
    const all = new Set([...(before ?? []), ...nouns, anything]);
    try {
      const pipeline = this.redis.pipeline();
      for (const noun of all) pipeline.hincrby(versionsKey(tenant), noun, 1);
      const answers = await this.breaker(() => pipeline.exec());
      if (answers?.some(([error]) => error)) throw new Error("not noted");
      // Unless meanwhile another was not heard of.
      if (this.owed.get(tenant) === before) this.owed.delete(tenant);
      return true;
    } catch {
      this.owed.set(tenant, new Set([...(this.owed.get(tenant) ?? []), ...all]));
      this.later ??= setTimeout(() => this.tellAgain(), retryMs).unref();
      return false;
    }
  }

  /** Whether Redis has heard of all writes to a tenant; it is told now if it has not. */
  async isTold(tenant: string): Promise<boolean> {
    return !this.owed.has(tenant) || this.add(tenant, []);
  }

  close(): void {
    clearTimeout(this.later);
  }

  private tellAgain(): void {
    this.later = undefined;
    for (const tenant of this.owed.keys()) void this.add(tenant, []);
  }
}

const opened = (sealed: unknown, seal: Seal | undefined): Entry | undefined => {
  const text = typeof sealed === "string" ? seal?.open(sealed) : undefined;
  return text === undefined ? undefined : (JSON.parse(text) as Entry);
};

/** Keeps entries in Redis, so that many instances share one cache and one invalidation. The connection belongs to the caller. */
export const redisStore = (redis: Redis): Store => {
  const breaker = openRedisBreaker();
  const writes = new WriteCount(redis, breaker);
  return {
    async generation(tenant) {
      try {
        if (!(await writes.isTold(tenant))) return undefined;
        return (await breaker(() => redis.hget(versionsKey(tenant), anything))) ?? "0";
      } catch {
        return undefined;
      }
    },
    async read(tenant, key, seal) {
      try {
        if (!(await writes.isTold(tenant))) return {};
        const pipeline = redis.pipeline().get(entryKey(key)).hgetall(versionsKey(tenant));
        const answers = await breaker(() => pipeline.exec());
        const [[failed, text] = [], [, versions] = []] = (answers ?? []) as [unknown?, unknown?][];
        if (failed || !versions) return {};
        return { entry: opened(text, seal), versions: versions as Versions };
      } catch {
        return {};
      }
    },
    write(key, entry, ttl, seal) {
      if (!seal) return;
      const sealed = seal.close(JSON.stringify(entry));
      breaker(() => redis.set(entryKey(key), sealed, "PX", ttl)).catch(() => {});
    },
    async invalidate(tenant, nouns) {
      await writes.add(tenant, nouns);
    },
    close: async () => writes.close(),
  };
};

/** Nouns that hardly change: lists to choose from. */
const longLived = new Set(["reference", "category", "source"]);

/** How long an answer of a noun is kept, in milliseconds; 0 for not at all. */
export const ttlOf = (noun: string, ttlMs: number, referenceMs: number): number =>
  longLived.has(noun) ? Math.max(ttlMs, referenceMs) : ttlMs;

/** Whether none of its nouns was written to since an entry's read began. */
export const stillGood = (entry: Entry, now: Versions): boolean =>
  Object.entries(entry.versions).every(([noun, version]) => (now[noun] ?? "0") === version);

/** The versions of some nouns, to keep beside what is read now. */
export const versionsOf = (now: Versions, nouns: Iterable<string>): Versions =>
  Object.fromEntries([...nouns].map((noun) => [noun, now[noun] ?? "0"]));

const offers = [
  "offer",
  "offer-access",
  "creative",
  "promocode",
  "cap",
  "affiliate",
  "advertiser",
  "smartlink",
  "category",
  "source",
];

/** What else shows a change of a noun, beside the noun itself. */
const shownBy: Record<string, readonly string[]> = {
  offer: offers,
  "offer-access": offers,
  creative: offers,
  promocode: offers,
  category: ["offer"],
  source: ["offer"],
  smartlink: offers,
  affiliate: ["offer", "offer-access", "payment", "ticket", "pixel", "postback", "advertiser", "smartlink"],
  advertiser: ["offer", "invoice", "affiliate", "offer-access"],
  "advertiser-auth": ["advertiser", "offer"],
  ticket: offers,
  conversion: ["statistics", "report", "cap", "payment", "invoice", "affiliate", "postback", "offer"],
  payment: ["affiliate", "conversion"],
  invoice: ["advertiser", "conversion"],
  pixel: ["affiliate"],
  postback: ["affiliate"],
  automation: offers,
};

/** The nouns whose entries a write drops. A change of users or permissions changes what everybody sees, so it drops everything. */
export const invalidatedBy = (noun: string, every: readonly string[]): readonly string[] =>
  noun === "user" || noun === "preset" ? every : [...new Set([noun, ...(shownBy[noun] ?? [])])];
