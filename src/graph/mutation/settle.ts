import { setImmediate as turn } from "node:timers/promises";
import { withFieldNames } from "../../affise/error/caller-words.js";
import { badInput, InputError } from "../../affise/error/error.js";
import { done, type Settled, settledBy } from "./outcome.js";

/** One of the things that a mutation over many is about, and the path at which the caller named it. */
export interface Item<Id extends string | number = number> {
  id: Id;
  argument: string;
}

/** What became of items so far; an item that is not in it has nothing told yet. */
export type Settlement<Id extends string | number = number> = Map<Item<Id>, Settled>;

/**
 * Reads ids into items, which keep what else is given with each. Throws BAD_USER_INPUT for what is no id, and for an id that stands twice: which
 * change should win is not ours to guess.
 */
export const itemsOf = <Id extends string | number, Given extends { id: string; argument: string }>(
  read: (id: string, argument: string) => Id,
  given: readonly Given[],
): (Omit<Given, "id"> & Item<Id>)[] => {
  const seen = new Set<Id>();
  return given.map((one) => {
    const { argument } = one;
    const id = read(one.id, argument);
    if (seen.has(id)) throw badInput(argument, `${argument}: ${id} is given twice.`);
    seen.add(id);
    return { ...one, id };
  });
};

/** The ids of one list, with the path of each. */
export const listed = (ids: readonly string[], argument: string): { id: string; argument: string }[] =>
  ids.map((id, index) => ({ id, argument: `${argument}.${index}` }));

/** So many items of one mutation are under way at once: as many as a key's calls, so that other requests of the key come in between. */
const atOnce = 16;

/** Does one thing for each item, so many at a time, and notes what became of it; an item that fails does not stop the others. */
export const settleEach = async <Id extends string | number, I extends Item<Id>, Answer>(
  items: readonly I[],
  settlement: Settlement<Id>,
  act: (item: I) => Promise<Answer>,
): Promise<Map<I, Answer>> => {
  const answers = new Map<I, Answer>();
  const waiting = items.values();
  const work = async () => {
    for (const item of waiting) {
      // A long body takes a while to be made, and in a dry run nothing else would come between.
      await turn();
      try {
        answers.set(item, await act(item));
        settlement.set(item, done);
      } catch (error) {
        settlement.set(item, settledBy(error, item.argument));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return answers;
};

/** Does one thing for all items in one REST call: they share what becomes of it. Without items nothing is done. */
export const settleTogether = async <Id extends string | number, I extends Item<Id>>(
  items: readonly I[],
  settlement: Settlement<Id>,
  act: (ids: Id[]) => Promise<unknown>,
): Promise<void> => {
  if (!items.length) return;
  try {
    const ids = items.map(({ id }) => id);
    const places = Object.fromEntries(items.map(({ argument }, index) => [index, argument]));
    await act(withFieldNames(ids, places));
    for (const item of items) settlement.set(item, done);
  } catch (error) {
    for (const item of items) settlement.set(item, settledBy(error, item.argument));
  }
};

interface LookUp<Id, Row> {
  load(id: Id): Promise<Row | null>;
}

/**
 * What is there of the items. Affise gives one answer for all of a bulk change and names no unknown ids, so they are told apart before:
 * what is not there, or could not be looked up, is settled by that.
 */
export const lookUp = async <Id extends string | number, I extends Item<Id>, Row>(
  items: readonly I[],
  settlement: Settlement<Id>,
  loader: LookUp<Id, Row>,
  what: "advertiser" | "affiliate" | "offer",
): Promise<Map<I, Row>> => {
  const rows = new Map<I, Row>();
  await Promise.all(
    items.map(async (item) => {
      try {
        const row = await loader.load(item.id);
        if (row === null) throw new InputError("NOT_FOUND", `There is no ${what} ${item.id}, or this key may not see it.`);
        rows.set(item, row);
      } catch (error) {
        settlement.set(item, settledBy(error, item.argument));
      }
    }),
  );
  return rows;
};

const notSent: Settled = { outcome: "NOT_SENT", error: null };

/** The results of a mutation over many, in the order of its items; what was done has `more` beside its outcome. */
export const resultsOf = <Id extends string | number, I extends Item<Id>, More extends object>(
  items: readonly I[],
  settlement: Settlement<Id>,
  more?: (item: I) => More,
): ({ id: Id } & Settled & Partial<More>)[] =>
  items.map((item) => {
    const settled = settlement.get(item) ?? notSent;
    return { id: item.id, ...settled, ...(settled.outcome === "DONE" ? more?.(item) : undefined) } as { id: Id } & Settled &
      Partial<More>;
  });

/** Items with equal changes, together, so that each group is one REST call. */
export const groupByChange = <I, Change>(
  items: readonly I[],
  changeOf: (item: I) => Change,
): { items: I[]; change: Change }[] => {
  const groups = new Map<string, { items: I[]; change: Change }>();
  for (const item of items) {
    const change = changeOf(item);
    const key = JSON.stringify(change);
    const group = groups.get(key) ?? { items: [], change };
    group.items.push(item);
    groups.set(key, group);
  }
  return [...groups.values()];
};

/** Throws BAD_USER_INPUT when something stands twice. */
export const assertUnique = <T extends string | number>(given: readonly T[], argument: string): readonly T[] => {
  const seen = new Set<T>();
  for (const one of given) {
    if (seen.has(one)) throw badInput(argument, `${argument}: ${one} is given twice.`);
    seen.add(one);
  }
  return given;
};
