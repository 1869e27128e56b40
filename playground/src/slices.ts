const sliceMs = 10;

const breath = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

/** Runs long work in slices of some milliseconds, so that the page stays alive between them. The work yields where it may pause. */
export const inSlices = async <T>(work: Generator<undefined, T>, signal?: AbortSignal): Promise<T> => {
  for (;;) {
    const end = performance.now() + sliceMs;
    while (performance.now() < end) {
      const { done, value } = work.next();
      if (done) return value;
    }
    await breath();
    signal?.throwIfAborted();
  }
};

function* merged<T>(left: readonly T[], right: readonly T[], compare: (one: T, other: T) => number): Generator<undefined, T[]> {
  const all: T[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    if (all.length % 500 === 499) yield;
    const [one, other] = [left[l] as T, right[r] as T];
    if (compare(one, other) <= 0) {
      all.push(one);
      l += 1;
    } else {
      all.push(other);
      r += 1;
    }
  }
  for (; l < left.length; l += 1) all.push(left[l] as T);
  for (; r < right.length; r += 1) all.push(right[r] as T);
  return all;
}

/** Sorts as `Array.prototype.sort` does, equals staying in their order, with pauses. */
export function* sorted<T>(items: readonly T[], compare: (one: T, other: T) => number): Generator<undefined, T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < items.length; at += 500) {
    runs.push(items.slice(at, at + 500).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const next: T[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const [left, right] = [runs[at] as T[], runs[at + 1]];
      next.push(right ? yield* merged(left, right, compare) : left);
    }
    runs = next;
  }
  return runs[0] ?? [];
}
