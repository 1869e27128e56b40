import type { Send } from "../request/request.js";

/**
 * A concurrency limiter: lets so many run at once and the others after them, in the order they came. Where there is room, work begins at
 * once: p-limit's queue, which all work goes through, was an eighth of a REST call's CPU.
 */
export class Limiter {
  private readonly queue: (() => void)[] = [];
  private running = 0;

  constructor(private readonly most: number) {}

  get active(): number {
    return this.running;
  }

  get waiting(): number {
    return this.queue.length;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.most) this.running += 1;
    else await new Promise<void>((resolve) => this.queue.push(resolve));
    try {
      return await work();
    } finally {
      // The place goes over to the next, so that nobody can come in between.
      const next = this.queue.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

/** Each attempt takes a place, and its deadline runs from the first place on. Between two attempts no place is held. */
export const withLimiter =
  (send: Send, limiter: Limiter): Send =>
  (request) =>
    limiter.run(() => {
      request.deadline.start();
      return send(request);
    });
