import { createHash, randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { CannotHold, type Claim, type IdempotencyStore, keptMs, type MemoryStore } from "./store.js";

const prefix = "affise-graphql:idempotency";
const epochAt = `${prefix}:epoch`;
const checkMs = 2_000;

interface Mark {
  fingerprint: string;
  /** The process that made the claim. */
  owner: string;
  /** Past this, in milliseconds since 1970, that process is gone. */
  until: number;
  answer?: string;
}

/**
 * Claims and answers in Redis, so that a repeat may reach another server; this process's own are in its memory too. A claim whose process
 * died is never taken over. Where Redis does not take a claim nothing may be sent. A Redis that was emptied is told by its epoch, and one that
 * was started again, perhaps from an older snapshot, or whose replica took over, by its run: each process writes back what it holds, and
 * until all have had the time to, no claim is made.
 */
export class RedisStore implements IdempotencyStore {
  readonly isForeign = true;
  private readonly owner = randomUUID();
  private epoch: string | undefined;
  /** Of the Redis at the other end of the connection; undefined until asked. */
  private runId: string | undefined;
  private readonly onClose = () => {
    this.runId = undefined;
  };
  /** Until then, in milliseconds since 1970, claims may be missing. */
  private unsureUntil = 0;
  /** Claims that Redis may have taken although it did not answer in time. */
  private readonly doubtful = new Set<string>();
  private readonly timer: NodeJS.Timeout;

  /** `leaseMs` is the longest that a request may take. */
  constructor(
    private readonly redis: Redis,
    private readonly memory: MemoryStore,
    private readonly leaseMs: number,
  ) {
    this.timer = setInterval(() => void this.look().catch(() => {}), checkMs);
    this.timer.unref();
    this.redis.on("close", this.onClose);
  }

  async claim(id: string, fingerprint: string): Promise<Claim> {
    const own = await this.memory.claim(id, fingerprint);
    if (own.state !== "first") return own;
    try {
      const claim = await this.claimInRedis(id, fingerprint);
      if (claim.state !== "first") await this.memory.complete(id, fingerprint, undefined);
      return claim;
    } catch (error) {
      this.doubtful.add(id);
      await this.memory.complete(id, fingerprint, undefined);
      if (error instanceof CannotHold) throw error;
      throw new CannotHold(`Redis does not take the claim (${(error as Error).message})`);
    }
  }

  async complete(id: string, fingerprint: string, answer: string | undefined): Promise<void> {
    await this.memory.complete(id, fingerprint, answer);
    try {
      if (answer === undefined) await this.redis.del(this.at(id));
      else await this.redis.set(this.at(id), JSON.stringify(this.mark(fingerprint, answer)), "PX", keptMs);
    } catch {
      // Memory has it; to others the claim stands until its lease ends, and is lost to them then.
      if (answer === undefined) this.doubtful.add(id);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.redis.off("close", this.onClose);
    await this.memory.close();
  }

  private at(id: string): string {
    return `${prefix}:${createHash("sha256").update(id).digest("base64url")}`;
  }

  private mark(fingerprint: string, answer?: string): Mark {
    return { fingerprint, owner: this.owner, until: Date.now() + this.leaseMs, answer };
  }

  private async claimInRedis(id: string, fingerprint: string): Promise<Claim> {
    await this.look();
    const isUnsure = Date.now() < this.unsureUntil;
    const mark = JSON.stringify(this.mark(fingerprint));
    if (!isUnsure && (await this.redis.set(this.at(id), mark, "PX", keptMs, "NX")) === "OK") return { state: "first" };
    const found = await this.read(id);
    if (!found)
      throw new CannotHold("Redis was emptied or started again a moment ago, and may have lost the first request's claim");
    if (found.answer !== undefined) return { state: "kept", fingerprint: found.fingerprint, answer: found.answer };
    return { state: found.until > Date.now() ? "under way" : "lost", fingerprint: found.fingerprint };
  }

  private async read(id: string): Promise<Mark | undefined> {
    return JSON.parse((await this.redis.get(this.at(id))) ?? "null") ?? undefined;
  }

  /** What Redis calls itself since its start; empty where it tells that to nobody. It starts again for nobody without closing the connection. */
  private async run(): Promise<string> {
    if (this.runId !== undefined) return this.runId;
    const info = await this.redis.info("server").catch((error: unknown) => {
      if (error instanceof Error && error.name === "ReplyError") return "";
      throw error;
    });
    this.runId = /^run_id:(\w+)/m.exec(info)?.[1] ?? "";
    return this.runId;
  }

  /** Sees whether Redis still has what it was told, and lets go of claims that stand there for nothing. */
  private async look(): Promise<void> {
    await this.redis.set(epochAt, randomUUID(), "NX");
    const found = await this.redis.get(epochAt);
    if (found === null) throw new CannotHold("Redis keeps nothing");
    const epoch = `${found} ${await this.run()}`;
    const isNew = this.epoch !== undefined && epoch !== this.epoch;
    this.epoch = epoch;
    if (isNew) {
      this.unsureUntil = Date.now() + 2 * checkMs;
      await this.writeBack();
    }
    for (const id of this.doubtful) {
      const mark = await this.read(id);
      if (mark?.owner === this.owner && mark.answer === undefined) await this.redis.del(this.at(id));
      this.doubtful.delete(id);
    }
  }

  private async writeBack(): Promise<void> {
    for (const { id, fingerprint } of this.memory.claims())
      await this.redis.set(this.at(id), JSON.stringify(this.mark(fingerprint)), "PX", keptMs, "NX");
    for (const { id, fingerprint, answer } of this.memory.held()) {
      const mark = { ...this.mark(fingerprint, answer), until: 0 };
      await this.redis.set(this.at(id), JSON.stringify(mark), "PX", keptMs);
    }
  }
}
