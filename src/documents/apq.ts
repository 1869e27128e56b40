import type { Redis } from "ioredis";
import { LRUCache } from "lru-cache";
import { openRedisBreaker } from "../affise/sharing/redis-breaker.js";
import { Seal } from "../affise/sharing/seal.js";
import { sha256 } from "./entry.js";

const day = 86_400_000;

/** The bytes that texts may take in this process. */
const maxBytes = 20_000_000;

/**
 * The texts that clients sent with their hash (automatic persisted queries), kept for a day after they were last sent: in this process, and in
 * Redis where there is one, so that every server knows what one was sent. There each is sealed under its own hash, which Redis has not: who
 * has the hash had the text, and a text may hold a password that somebody wrote into it.
 */
export class PersistedTexts {
  private readonly texts = new LRUCache<string, string>({
    maxSize: maxBytes,
    sizeCalculation: (text) => 2 * text.length + 200,
    ttl: day,
  });
  private readonly breaker = openRedisBreaker();

  constructor(
    private readonly redis: Redis | undefined,
    private readonly serverSecret = "",
  ) {}

  async get(hash: string): Promise<string | undefined> {
    const known = this.texts.get(hash);
    const { redis } = this;
    if (known !== undefined || !redis) return known;
    try {
      const sealed = await this.breaker(() => redis.get(this.nameOf(hash)));
      const text = sealed === null ? undefined : this.sealOf(hash).open(sealed);
      if (text !== undefined) this.texts.set(hash, text);
      return text;
    } catch {
      // Redis out of reach costs the client a second request, with the text.
      return undefined;
    }
  }

  /** Keeps a text under its SHA-256. */
  async set(text: string): Promise<void> {
    const hash = sha256(text);
    this.texts.set(hash, text);
    const { redis } = this;
    if (!redis) return;
    await this.breaker(() => redis.set(this.nameOf(hash), this.sealOf(hash).close(text), "PX", day)).catch(() => {});
  }

  private nameOf(hash: string): string {
    return `affise-graphql:apq:${sha256(`name of ${hash}`)}`;
  }

  private sealOf(hash: string): Seal {
    return new Seal(hash, this.serverSecret);
  }
}
