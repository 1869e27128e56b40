import type { Cancellation } from "./cancellation.js";

/** A call took longer than it may. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";
}

/** The time that one call has, with all its retries. It runs from the first attempt on: waiting for a place before that is not Affise's. */
export class Deadline {
  private timer: NodeJS.Timeout | undefined;
  /** When the first attempt began, on the clock of `performance.now()`. */
  private began: number | undefined;

  constructor(
    private readonly timeoutMs: number,
    private readonly cancellation: Cancellation,
  ) {}

  /** An attempt begins; only the first starts the clock. */
  start(): void {
    if (this.timer) return;
    this.began = performance.now();
    this.timer = setTimeout(() => this.cancellation.cancel(new TimedOut(`no answer in ${this.timeoutMs} ms`)), this.timeoutMs);
  }

  get elapsedMs(): number {
    return this.began === undefined ? 0 : performance.now() - this.began;
  }

  get leftMs(): number {
    return this.timeoutMs - this.elapsedMs;
  }

  /** The call is over. */
  end(): void {
    clearTimeout(this.timer);
  }
}
