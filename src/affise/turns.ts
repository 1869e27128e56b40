/**
 * Lets so many run at once and the others after them, in the order they came. Where there is room, work begins at once: p-limit's queue,
 * which all work goes through, was an eighth of a REST call's CPU.
 */
export class Turns {
  #active = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(readonly most: number) {}

  get active(): number {
    return this.#active;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#active < this.most) this.#active += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The turn goes over to the next, so that nobody can come in between.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#active -= 1;
    }
  }
}
