/** Lets so many run at once and the others after them, in the order they came. */
export interface Turns {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** How many run, and how many wait. */
  active(): number;
  waiting(): number;
}

/** Where there is room, work begins at once: p-limit's queue, which all work goes through, was an eighth of a REST call's CPU. */
export const openTurns = (most: number): Turns => {
  const queue: (() => void)[] = [];
  let active = 0;
  return {
    async run(work) {
      if (active < most) active += 1;
      else await new Promise<void>((resolve) => queue.push(resolve));
      try {
        return await work();
      } finally {
        // The turn goes over to the next, so that nobody can come in between.
        const next = queue.shift();
        if (next) next();
        else active -= 1;
      }
    },
    active: () => active,
    waiting: () => queue.length,
  };
};
