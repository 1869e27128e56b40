import { AffiseError, badInput } from "../../affise/error.js";
import type { FailureCode } from "../../affise/error-code.js";

/** What went wrong with one item, as the schema's ItemError. */
export interface ItemFailure {
  code: FailureCode;
  message: string;
}

/** A failure of one item as data. Whatever is not about the item (a fault of this server) is thrown on. */
export const itemError = (error: unknown): ItemFailure => {
  if (!(error instanceof AffiseError)) throw error;
  return { code: error.extensions.code, message: error.message };
};

/** Does one thing for each item, side by side, and gives each its outcome; an item that fails does not stop the others. */
export const settle = <Item, Outcome extends object>(
  items: readonly Item[],
  act: (item: Item) => Promise<Outcome>,
): Promise<(Outcome | { error: ItemFailure })[]> =>
  Promise.all(items.map((item) => act(item).catch((error: unknown) => ({ error: itemError(error) }))));

/** Throws BAD_USER_INPUT when an id stands twice among the items of a mutation: which change should win is not ours to guess. */
export const once = <T extends string | number>(given: readonly T[], argument: string): readonly T[] => {
  const seen = new Set<T>();
  for (const id of given) {
    if (seen.has(id)) throw badInput(argument, `${argument}: ${id} is given twice.`);
    seen.add(id);
  }
  return given;
};

/** The ids of a bulk operation's `changes`, grouped by equal change, so that each group is one REST call. */
export const grouped = <Change, Id>(
  changes: readonly { ids: readonly Id[]; change: Change }[],
): { ids: Id[]; change: Change }[] => {
  const groups = new Map<string, { ids: Id[]; change: Change }>();
  for (const { ids, change } of changes) {
    const key = JSON.stringify(change);
    const group = groups.get(key) ?? { ids: [], change };
    for (const id of ids) group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
};
