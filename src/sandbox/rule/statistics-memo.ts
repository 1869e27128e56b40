import { LRUCache } from "lru-cache";
import { memoized } from "../../contract/memoized.js";
import type { Caller } from "../model/caller.js";
import type { State } from "../model/state.js";
import type { Sum } from "./statistics-sum.js";

/** So many reports are kept with all their rows. */
const mostKept = 4;

const reportsOf = memoized((_: State) => new LRUCache<string, { changes: number; rows: Sum[] }>({ max: mostKept }));

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
  const kept = reportsOf(state);
  const known = kept.get(key);
  const found = known?.changes === state.changes ? known : { changes: state.changes, rows: make() };
  kept.set(key, found);
  return found.rows;
};
