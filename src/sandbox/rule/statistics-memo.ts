import type { Caller } from "../model/caller.js";
import type { State } from "../model/state.js";
import type { Sum } from "./statistics-sum.js";

/** So many reports are kept with all their rows. */
const mostKept = 4;

interface Kept {
  changes: number;
  rows: Sum[];
}

const reports = new WeakMap<State, Map<string, Kept>>();

const whoseOf = (caller: Caller): unknown =>
  caller.kind === "admin" ? caller.user.id : caller.kind === "affiliate" ? caller.affiliate.id : caller.advertiser.id;

/** The rows of a report, made once for all its pages; anew when anything in the sandbox has changed. */
export const reportOnce = (
  state: State,
  caller: Caller,
  query: { page?: unknown; limit?: unknown },
  make: () => Sum[],
): Sum[] => {
  const key = JSON.stringify([caller.kind, whoseOf(caller), { ...query, page: 0, limit: 0 }]);
  const kept = reports.get(state) ?? new Map<string, Kept>();
  reports.set(state, kept);
  const known = kept.get(key);
  kept.delete(key);
  const found = known?.changes === state.changes ? known : { changes: state.changes, rows: make() };
  kept.set(key, found);
  for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest);
  return found.rows;
};
