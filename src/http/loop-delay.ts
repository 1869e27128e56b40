import { monitorEventLoopDelay } from "node:perf_hooks";

const [resolutionMs, lookMs] = [10, 1_000];

/** How far the event loop is behind, in milliseconds on the average of the last second. Close it after use. */
export class LoopDelay {
  private readonly histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  private readonly timer = setInterval(() => this.look(), lookMs).unref();
  private behindMs = 0;

  constructor() {
    this.histogram.enable();
  }

  get ms(): number {
    return this.behindMs;
  }

  /** Nothing measured in a whole second is a loop that stood still for as long. */
  private look(): void {
    const { mean } = this.histogram;
    this.behindMs = Number.isNaN(mean) ? Number.POSITIVE_INFINITY : Math.max(0, mean / 1e6 - resolutionMs);
    this.histogram.reset();
  }

  close(): void {
    clearInterval(this.timer);
    this.histogram.disable();
  }
}
