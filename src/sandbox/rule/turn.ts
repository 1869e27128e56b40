/** So many things are looked at before others on the event loop have their turn. */
export const mostATurn = 5_000;

/** Lets whatever waits on the event loop go first. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Looks at each of many, in turns with everything else on the event loop: a server of the same process must not stand still for a report. */
export const inTurns = async <T>(all: Iterable<T>, look: (one: T) => void): Promise<void> => {
  let seen = 0;
  for (const one of all) {
    look(one);
    seen += 1;
    if (seen % mostATurn === 0) await turn();
  }
};
