import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { GraphQLError } from "graphql";

/** How full the heap may be, how often that is looked at, and how often at the most garbage is collected for the sake of it. */
const [mostFull, lookMs, collectMs] = [0.85, 100, 2_000];

const fullness = () => {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return used / limit;
};

/** A collection of garbage on demand: who refuses all work makes no garbage, and would not be relieved of the old. */
const collect = () => {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
};

/** Tells when the heap is nearly full, so that work is refused in words before the process dies of it. Close it after use. */
export class MemoryGuard {
  private low = false;
  private collectedAt = 0;
  private readonly timer = setInterval(() => this.look(), lookMs).unref();

  /** `read` gives how full the heap is, from 0 to 1. */
  constructor(
    private readonly read: () => number = fullness,
    private readonly free: () => void = collect,
  ) {}

  get isLow(): boolean {
    return this.low;
  }

  /** Throws GraphQLError OVERLOADED when there is no memory left for more of an answer. */
  check(): void {
    if (!this.low) return;
    const message = "This server has no memory left for the rest of this answer; ask for fewer rows, or try again in a moment.";
    throw new GraphQLError(message, { extensions: { code: "OVERLOADED", retryAfterSeconds: 1 } });
  }

  private look(): void {
    if (this.read() > mostFull && Date.now() - this.collectedAt > collectMs) {
      this.free();
      this.collectedAt = Date.now();
    }
    this.low = this.read() > mostFull;
  }

  close(): void {
    clearInterval(this.timer);
  }
}
