import { setImmediate as turn } from "node:timers/promises";
import { withFieldNames } from "../../affise/error/caller-words.js";
import { badInput, InputError } from "../../affise/error/error.js";
import { done, type Settled, settledBy } from "./outcome.js";

/** One of the things that a mutation over many is about, and the path at which the caller named it. */
export interface Item<Id extends string | number = string | number> {
  id: Id;
  argument: string;
}

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

/** What is made anew and has no ids yet, by its places in a list. */
export const placesOf = (list: readonly unknown[], argument: string): Item<number>[] =>
  list.map((_, index) => ({ id: index, argument: `${argument}.${index}` }));

/** So many items of one mutation are under way at once: as many as a key's calls, so that other requests of the key come in between. */
const atOnce = 16;

const notSent: Settled = { outcome: "NOT_SENT", error: null };

/** The things that a mutation over many is about, and what has become of them so far. */
export class Many<I extends Item> {
  private readonly settled = new Map<I, Settled>();

  constructor(readonly items: readonly I[]) {}

  /** Those of which nothing is told yet. */
  private open(items: readonly I[]): I[] {
    return items.filter((item) => !this.settled.has(item));
  }

  /**
   * Looks up what is there of items. Affise gives one answer for all of a bulk change and names no unknown ids, so they are told apart before: what
   * is not there, or could not be looked up, is settled by that, and nothing is sent for it.
   */
  async lookUp<Row>(
    loader: { load(id: I["id"]): Promise<Row | null> },
    what: "advertiser" | "affiliate" | "offer",
    items = this.items,
  ): Promise<Map<I, Row>> {
    const rows = new Map<I, Row>();
    const look = async (item: I) => {
      try {
        const row = await loader.load(item.id);
        if (row === null) throw new InputError("NOT_FOUND", `There is no ${what} ${item.id}, or this key may not see it.`);
        rows.set(item, row);
      } catch (error) {
        this.settled.set(item, settledBy(error, item.argument));
      }
    };
    await Promise.all(items.map(look));
    return rows;
  }

  /** Does one thing for each item, so many at a time; one that fails does not stop the others. */
  async each<Answer>(act: (item: I) => Promise<Answer>, items = this.items): Promise<Map<I, Answer>> {
    const answers = new Map<I, Answer>();
    const waiting = this.open(items);
    const queue = waiting.values();
    const work = async () => {
      for (const item of queue) {
        // A long body takes a while to be made, and in a dry run nothing else would come between.
        await turn();
        try {
          answers.set(item, await act(item));
          this.settled.set(item, done);
        } catch (error) {
          this.settled.set(item, settledBy(error, item.argument));
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, work));
    return answers;
  }

  /** Does one thing for all items in one REST call: they share what becomes of it. Without items nothing is done. */
  async together(act: (ids: I["id"][]) => Promise<unknown>, items = this.items): Promise<void> {
    const sent = this.open(items);
    if (!sent.length) return;
    try {
      const ids = sent.map(({ id }) => id);
      const places = Object.fromEntries(sent.map(({ argument }, index) => [index, argument]));
      await act(withFieldNames(ids, places));
      for (const item of sent) this.settled.set(item, done);
    } catch (error) {
      for (const item of sent) this.settled.set(item, settledBy(error, item.argument));
    }
  }

  /** As `together`, with one REST call for all items that have equal changes. */
  async byChange<Change>(
    changeOf: (item: I) => Change,
    act: (change: Change, ids: I["id"][]) => Promise<unknown>,
    items = this.items,
  ): Promise<void> {
    const groups = new Map<string, { change: Change; items: I[] }>();
    for (const item of this.open(items)) {
      const change = changeOf(item);
      const key = JSON.stringify(change);
      const group = groups.get(key) ?? { change, items: [] };
      group.items.push(item);
      groups.set(key, group);
    }
    await Promise.all([...groups.values()].map((group) => this.together((ids) => act(group.change, ids), group.items)));
  }

  /** Looks once more at each item of a call that went well: what its answer says otherwise of one. */
  amend(look: (item: I) => Settled | undefined): void {
    for (const [item, { outcome }] of this.settled) {
      const other = outcome === "DONE" ? look(item) : undefined;
      if (other) this.settled.set(item, other);
    }
  }

  /** What became of each item, in their order; what was done has `more` beside its outcome. */
  results<More extends object>(more?: (item: I) => More): ({ id: I["id"] } & Settled & Partial<More>)[] {
    return this.items.map((item) => {
      const settled = this.settled.get(item) ?? notSent;
      const beside = settled.outcome === "DONE" ? more?.(item) : undefined;
      return { id: item.id, ...settled, ...beside } as { id: I["id"] } & Settled & Partial<More>;
    });
  }
}

/** The things that a list of ids names, each of them once. */
export const manyIn = <Id extends string | number>(
  read: (id: string, argument: string) => Id,
  ids: readonly string[],
  argument: string,
): Many<Item<Id>> => new Many(itemsOf(read, listed(ids, argument)));
