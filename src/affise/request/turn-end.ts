let current: Promise<void> | undefined;

/**
 * Fulfilled when the event loop's turn is over, for all who wait for it at once. What is written to sockets then leaves in one burst: a write
 * wakes whoever reads at the other end, which costs more than the write itself, and who is awake need not be woken.
 */
export const turnEnd = (): Promise<void> => {
  current ??= new Promise((resolve) => {
    setImmediate(() => {
      current = undefined;
      resolve();
    });
  });
  return current;
};
