import { LRUCache } from "lru-cache";

/** What a repeat meets: the first answer, the first still under way, or nothing, in which case it is the first itself. */
export type Claim =
  | { state: "first" }
  | { state: "kept"; fingerprint: string; answer: string }
  /** `settled` resolves when the first ends, where the store can tell. */
  | { state: "under way"; fingerprint: string; settled?: Promise<void> }
  /** Whoever began it is gone, and nobody knows what became of it. */
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

interface Held {
  fingerprint: string;
  /** None where whoever began it is gone. */
  answer?: string;
}

/** Claims and answers in this process: at most so many bytes of answers, the oldest going first. */
export class MemoryStore implements IdempotencyStore {
  readonly isForeign = false;
  private readonly held: LRUCache<string, Held>;
  private readonly running = new Map<string, UnderWay>();

  constructor(maxBytes: number) {
    this.held = new LRUCache({
      maxSize: maxBytes,
      ttl: keptMs,
      sizeCalculation: ({ answer }) => 2 * (answer?.length ?? 0) + 300,
    });
  }

  async claim(id: string, fingerprint: string, owner = ""): Promise<Claim> {
    const held = this.held.get(id);
    if (held?.answer !== undefined) return { state: "kept", fingerprint: held.fingerprint, answer: held.answer };
    if (held) return { state: "lost", fingerprint: held.fingerprint };
    const first = this.running.get(id);
    if (first) return { state: "under way", fingerprint: first.fingerprint, settled: first.settled };
    this.running.set(id, underWay(fingerprint, owner));
    return { state: "first" };
  }

  async complete(id: string, fingerprint: string, answer: string | undefined): Promise<void> {
    if (answer !== undefined) this.held.set(id, { fingerprint, answer });
    this.running.get(id)?.settle();
    this.running.delete(id);
  }

  /** Every answer that is kept, for a store that has lost them. */
  *answers(): Generator<{ id: string; fingerprint: string; answer: string }> {
    for (const [id, { fingerprint, answer }] of this.held.entries()) if (answer !== undefined) yield { id, fingerprint, answer };
  }

  /** The claims of requests that are under way. */
  *claims(): Generator<{ id: string; fingerprint: string }> {
    for (const [id, { fingerprint }] of this.running) yield { id, fingerprint };
  }

  /** Whoever made these claims is gone: whether their writes were carried out nobody knows. */
  lose(owner: string): void {
    for (const [id, claim] of this.running) {
      if (claim.owner !== owner) continue;
      this.held.set(id, { fingerprint: claim.fingerprint });
      claim.settle();
      this.running.delete(id);
    }
  }

  async close(): Promise<void> {
    this.held.clear();
  }
}
