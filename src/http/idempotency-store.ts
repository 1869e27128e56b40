import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import type { Redis } from "ioredis";
import { LRUCache } from "lru-cache";

/** The first answer to a mutation, as it went out. */
export interface Kept {
  fingerprint: string;
  status: number;
  type: string;
  body: string;
}

/** What a repeat meets: the first answer, the first still under way, or nothing, in which case it is the first itself. */
export type Claim =
  | { state: "first" }
  | { state: "kept"; kept: Kept }
  | { state: "under way"; fingerprint: string; settled?: Promise<void> }
  | { state: "lost"; fingerprint: string };

export interface IdempotencyStore {
  claim(id: string, fingerprint: string, secret: string): Promise<Claim>;
  /** Keeps the answer, or forgets the claim where there is none worth keeping. */
  settle(id: string, kept: Kept | undefined, secret: string): Promise<void>;
}

const day = 24 * 60 * 60 * 1000;

interface UnderWay {
  fingerprint: string;
  settled: Promise<void>;
  settle: () => void;
}

const underWay = (fingerprint: string): UnderWay => {
  let settle = () => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { fingerprint, settled, settle };
};

/** Keeps answers in this process: at most so many bytes, the oldest going first. */
export const memoryIdempotency = (maxBytes: number): IdempotencyStore => {
  const kept = new LRUCache<string, Kept>({ maxSize: maxBytes, ttl: day, sizeCalculation: ({ body }) => body.length + 300 });
  const running = new Map<string, UnderWay>();
  return {
    async claim(id, fingerprint) {
      const found = kept.get(id);
      if (found) return { state: "kept", kept: found };
      const first = running.get(id);
      if (first) return { state: "under way", fingerprint: first.fingerprint, settled: first.settled };
      running.set(id, underWay(fingerprint));
      return { state: "first" };
    },
    async settle(id, answer) {
      if (answer) kept.set(id, answer);
      running.get(id)?.settle();
      running.delete(id);
    },
  };
};

/** Answers may hold an affiliate's new password, so that Redis has them only under a key derived from the caller's own. */
const keyFrom = (secret: string) => Buffer.from(hkdfSync("sha256", secret, "affise-graphql", "idempotency", 32));

const sealed = (text: string, secret: string): string => {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFrom(secret), iv);
  return Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
};

const unsealed = (text: string, secret: string): string => {
  const bytes = Buffer.from(text, "base64");
  const decipher = createDecipheriv("aes-256-gcm", keyFrom(secret), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8");
};

interface Mark {
  fingerprint: string;
  /** Past this the process that made the claim is gone. */
  until?: number;
  sealed?: string;
}

/**
 * Keeps answers in Redis too, so that a repeat may reach another server. Memory comes first, and alone serves while Redis is away. A claim
 * whose process died is never taken over: whether its POST was carried out nobody knows.
 */
export const redisIdempotency = (redis: Redis, memory: IdempotencyStore, leaseMs: number): IdempotencyStore => {
  const at = (id: string) => `affise-graphql:idempotency:${createHash("sha256").update(id).digest("base64url")}`;
  const read = async (id: string): Promise<Mark | undefined> => JSON.parse((await redis.get(at(id))) ?? "null") ?? undefined;

  const claimed = async (id: string, fingerprint: string, secret: string): Promise<Claim> => {
    const mark: Mark = { fingerprint, until: Date.now() + leaseMs };
    if ((await redis.set(at(id), JSON.stringify(mark), "PX", day, "NX")) === "OK") return { state: "first" };
    const found = await read(id);
    if (!found) return claimed(id, fingerprint, secret);
    if (found.sealed) return { state: "kept", kept: JSON.parse(unsealed(found.sealed, secret)) };
    return { state: (found.until ?? 0) > Date.now() ? "under way" : "lost", fingerprint: found.fingerprint };
  };

  return {
    async claim(id, fingerprint, secret) {
      const own = await memory.claim(id, fingerprint, secret);
      if (own.state !== "first") return own;
      try {
        const claim = await claimed(id, fingerprint, secret);
        if (claim.state !== "first") await memory.settle(id, undefined, secret);
        return claim;
      } catch {
        return own;
      }
    },
    async settle(id, kept, secret) {
      await memory.settle(id, kept, secret);
      try {
        if (!kept) await redis.del(at(id));
        else
          await redis.set(
            at(id),
            JSON.stringify({ fingerprint: kept.fingerprint, sealed: sealed(JSON.stringify(kept), secret) }),
            "PX",
            day,
          );
      } catch {
        // Memory has it.
      }
    },
  };
};
