import { LRUCache } from "lru-cache";

/** What a repeat meets: the first answer, the first still under way, or nothing, in which case it is the first itself. */
export type Claim =
  | { state: "first" }
  | { state: "kept"; fingerprint: string; answer: string }
  /** `settled` resolves when the first ends, where the store can tell. */
  | { state: "under way"; fingerprint: string; settled?: Promise<void> }
  /** There was a first, but its answer is not here: whoever began it is gone, or it was too much to keep. */
  | { state: "lost"; fingerprint: string };

/** No claim could be made, so nothing may be sent. The message says why, as the end of a sentence. */
export class CannotHold extends Error {}

/** Where claims and first answers are held. */
export interface IdempotencyStore {
  /** True where others than this process and its like can read what is held: answers go there sealed, or not at all. */
  readonly isForeign: boolean;
  /** Throws CannotHold. */
  claim(id: string, fingerprint: string): Promise<Claim>;
  /** Keeps the first answer; without one the claim is let go of, and a repeat is the first again. */
  complete(id: string, fingerprint: string, answer: string | undefined): Promise<void>;
  close(): Promise<void>;
}

/** How long a first answer is kept, in milliseconds. */
export const keptMs = 24 * 60 * 60 * 1000;

interface UnderWay {
  fingerprint: string;
  owner: string;
  settled: Promise<void>;
  settle(): void;
}

const underWay = (fingerprint: string, owner: string): UnderWay => {
  let settle = () => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { fingerprint, owner, settled, settle };
};

/** A key that was used takes about so many bytes for as long as it is remembered. */
const keyBytes = 400;

/**
 * Claims and answers in this process. Of answers at most so many bytes are kept, the oldest going first; that a key was used is remembered
 * all the same, so a repeat is never the first again. With `isOnly` no claim is made where no more keys can be remembered; without it
 * another store remembers them.
 */
export class MemoryStore implements IdempotencyStore {
  readonly isForeign = false;
  private readonly answers: LRUCache<string, string>;
  /** In the order in which they ended, with the time of that in milliseconds since 1970. */
  private readonly ended = new Map<string, { fingerprint: string; at: number }>();
  private readonly running = new Map<string, UnderWay>();
  private readonly mostKeys: number;

  constructor(
    maxBytes: number,
    private readonly isOnly = true,
  ) {
    this.mostKeys = Math.floor(maxBytes / keyBytes);
    this.answers = new LRUCache({ maxSize: maxBytes, ttl: keptMs, sizeCalculation: ({ length }) => 2 * length + 300 });
  }

  async claim(id: string, fingerprint: string, owner = ""): Promise<Claim> {
    this.forget();
    const ended = this.ended.get(id);
    const answer = ended && this.answers.get(id);
    if (ended)
      return { fingerprint: ended.fingerprint, ...(answer === undefined ? { state: "lost" } : { state: "kept", answer }) };
    const first = this.running.get(id);
    if (first) return { state: "under way", fingerprint: first.fingerprint, settled: first.settled };
    if (this.isOnly && this.ended.size + this.running.size >= this.mostKeys)
      throw new CannotHold("more keys were used in 24 hours than this server can remember; a Redis (REDIS_URL) holds more");
    this.running.set(id, underWay(fingerprint, owner));
    return { state: "first" };
  }

  async complete(id: string, fingerprint: string, answer: string | undefined): Promise<void> {
    if (answer !== undefined) {
      this.end(id, fingerprint);
      this.answers.set(id, answer);
    }
    this.running.get(id)?.settle();
    this.running.delete(id);
  }

  /** Every key that was used, with its answer where that is kept, for a store that has lost them. */
  *held(): Generator<{ id: string; fingerprint: string; answer?: string }> {
    for (const [id, { fingerprint }] of this.ended) yield { id, fingerprint, answer: this.answers.get(id) };
  }

  /** Whoever made these claims is gone: whether their writes were carried out nobody knows. */
  lose(owner: string): void {
    for (const [id, claim] of this.running) {
      if (claim.owner !== owner) continue;
      this.end(id, claim.fingerprint);
      claim.settle();
      this.running.delete(id);
    }
  }

  private end(id: string, fingerprint: string): void {
    this.ended.set(id, { fingerprint, at: Date.now() });
  }

  /** Lets go of the oldest keys: those past their time, and where another store remembers them, those past the number. */
  private forget(): void {
    const past = Date.now() - keptMs;
    for (const [id, { at }] of this.ended) {
      if (at > past && (this.isOnly || this.ended.size < this.mostKeys)) return;
      this.ended.delete(id);
      this.answers.delete(id);
    }
  }

  async close(): Promise<void> {
    this.answers.clear();
    this.ended.clear();
  }
}
