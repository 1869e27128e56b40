import type { RestCall } from "../ask.js";

/** A call on the clock of its query. */
export interface TimedCall {
  call: RestCall;
  /** When it began and how long it took within the query's time, in milliseconds; undefined where the server does not tell. */
  startMs: number | undefined;
  /** Which of the waves it went out in, from 1: the calls of a wave are under way together, and the next waits for one of them. */
  wave: number | undefined;
}

export interface Timeline {
  calls: readonly TimedCall[];
  waves: number;
  /** How long at least one call was under way. */
  busyMs: number;
}

/** The calls of a query in the order in which they went out. */
export const timelineOf = (calls: readonly RestCall[]): Timeline => {
  const begun = (call: RestCall) => call.startMs ?? Number.POSITIVE_INFINITY;
  const inOrder = [...calls].sort((left, right) => (begun(left) < begun(right) ? -1 : begun(left) > begun(right) ? 1 : 0));
  const timed: TimedCall[] = [];
  let [wave, firstEnd, busyMs, busyUntil] = [0, Number.NEGATIVE_INFINITY, 0, 0];
  for (const call of inOrder) {
    if (call.startMs === undefined) {
      timed.push({ call, startMs: undefined, wave: undefined });
      continue;
    }
    const end = call.startMs + call.ms;
    if (call.startMs >= firstEnd) {
      wave += 1;
      firstEnd = end;
    }
    firstEnd = Math.min(firstEnd, end);
    busyMs += Math.max(0, end - Math.max(busyUntil, call.startMs));
    busyUntil = Math.max(busyUntil, end);
    timed.push({ call, startMs: Math.max(0, call.startMs), wave });
  }
  return { calls: timed, waves: wave, busyMs: Math.round(busyMs) };
};
