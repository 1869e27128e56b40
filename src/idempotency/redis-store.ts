import { createHash, randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { CannotHold, type Claim, type IdempotencyStore, keptMs, type MemoryStore } from "./store.js";

const prefix = "affise-graphql:idempotency";
const epochAt = `${prefix}:epoch`;
const checkMs = 2_000;

/** Lets go of a claim where it still stands: meanwhile the key may be another request's. */
const letGo = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end return 1";

type Commands = Redis & { affiseLetGo(key: string, mark: string): Promise<number> };

const defined = (redis: Redis): Commands => {
  redis.defineCommand("affiseLetGo", { numberOfKeys: 1, lua: letGo });
  return redis as Commands;
};

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
 * until all have had the time to, no claim is made, by a process that has begun since neither.
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
  /** The claims of this process as they stand in Redis, by id. */
  private readonly marks = new Map<string, string>();
  /** What Redis has not heard of, by id: the claim that is to go, and what is to stand there in its place. */
  private readonly owed = new Map<string, { mark: string; kept?: string }>();
  private readonly redis: Commands;
  private readonly timer: NodeJS.Timeout;

  /** `leaseMs` is the longest that a request may take. */
  constructor(
    redis: Redis,
    private readonly memory: MemoryStore,
    private readonly leaseMs: number,
  ) {
    this.redis = defined(redis);
    this.timer = setInterval(() => void this.look().catch(() => {}), checkMs);
    this.timer.unref();
    this.redis.on("close", this.onClose);
  }

  async claim(id: string, fingerprint: string): Promise<Claim> {
    const own = await this.memory.claim(id, fingerprint);
    if (own.state !== "first") return own;
    const mark = JSON.stringify(this.mark(fingerprint));
    try {
      const claim = await this.claimInRedis(id, mark);
      if (claim.state === "first") this.marks.set(id, mark);
      else await this.memory.complete(id, fingerprint, undefined);
      return claim;
    } catch (error) {
      // Redis may have taken it and not said so in time.
      this.owed.set(id, { mark });
      await this.memory.complete(id, fingerprint, undefined);
      if (error instanceof CannotHold) throw error;
      throw new CannotHold(`Redis does not take the claim (${(error as Error).message})`);
    }
  }

  async complete(id: string, fingerprint: string, answer: string | undefined): Promise<void> {
    const mark = this.marks.get(id) ?? "";
    const kept = answer === undefined ? undefined : JSON.stringify(this.mark(fingerprint, answer));
    this.marks.delete(id);
    await this.memory.complete(id, fingerprint, answer);
    await this.settle(id, mark, kept).catch(() => this.owed.set(id, { mark, kept }));
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

  /** Ends a claim in Redis. */
  private async settle(id: string, mark: string, kept: string | undefined): Promise<void> {
    if (kept === undefined) await this.redis.affiseLetGo(this.at(id), mark);
    else await this.redis.set(this.at(id), kept, "PX", keptMs);
  }

  private async claimInRedis(id: string, mark: string): Promise<Claim> {
    await this.look();
    const isUnsure = Date.now() < this.unsureUntil;
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
    const [, seconds] = /^uptime_in_seconds:(\d+)/m.exec(info) ?? [];
    if (seconds !== undefined) this.beUnsureSince(Date.now() - Number(seconds) * 1_000);
    this.runId = /^run_id:(\w+)/m.exec(info)?.[1] ?? "";
    return this.runId;
  }

  /** Redis began anew then: all who hold claims notice it, and write them back, within two looks. */
  private beUnsureSince(time: number): void {
    this.unsureUntil = Math.max(this.unsureUntil, time + 2 * checkMs);
  }

  /** Sees whether Redis still has what it was told, and tells it what it has not heard of. */
  private async look(): Promise<void> {
    await this.redis.set(epochAt, `${randomUUID()} ${Date.now()}`, "NX");
    const found = await this.redis.get(epochAt);
    if (found === null) throw new CannotHold("Redis keeps nothing");
    const epoch = `${found} ${await this.run()}`;
    if (epoch !== this.epoch) {
      this.beUnsureSince(this.epoch === undefined ? Number(found.split(" ")[1] ?? 0) : Date.now());
      this.epoch = epoch;
      await this.writeBack();
    }
    for (const [id, owed] of this.owed) {
      await this.settle(id, owed.mark, owed.kept);
      if (this.owed.get(id) === owed) this.owed.delete(id);
    }
  }

  private async writeBack(): Promise<void> {
    for (const [id, mark] of this.marks) await this.redis.set(this.at(id), mark, "PX", keptMs, "NX");
    for (const { id, fingerprint, answer } of this.memory.held()) {
      const mark = { ...this.mark(fingerprint, answer), until: 0 };
      await this.redis.set(this.at(id), JSON.stringify(mark), "PX", keptMs);
    }
  }
}
