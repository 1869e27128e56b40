import type { Scope } from "../affise/scope.js";
import type { Call } from "../affise/session.js";
import { inOrderOfNames } from "../contract/json.js";
import { RequestLoader } from "./request-loader.js";
import type { Batch, CallSource, Key } from "./session-batcher.js";

/** A loader as a field uses it: rows by their keys; what is absent is null. */
export type Loader<K extends Key, Row> = Pick<RequestLoader<K, Row>, "load" | "loadMany" | "clear">;

/** Opens a request's loader; `loaders.ts` lists them all. */
export type Definition<L> = (name: string, session: CallSource, scope: Scope) => L;

const define =
  <K extends Key, Row>(batch: Batch<K, Row>): Definition<Loader<K, Row>> =>
  (name, session, scope) =>
    new RequestLoader(name, session, scope, batch);

/** Many ids in one list call, each row placed by its id. */
export const byId = <K extends Key, Row>(
  max: number,
  list: (call: Call, ids: readonly K[]) => Promise<readonly Row[]>,
  idOf: (row: Row) => Key,
): Definition<Loader<K, Row>> =>
  define({ max, fetch: async (call, ids) => (await list(call, ids)).map((row) => [idOf(row), row] as const) });

/** Many parents in one list call, each with the rows that name it; a parent that no row names has none. */
export const grouped = <K extends Key, Row>(
  max: number,
  list: (call: Call, ids: readonly K[]) => Promise<readonly Row[]>,
  parentOf: (row: Row) => Key | undefined,
): Definition<Loader<K, readonly Row[]>> =>
  define({
    max,
    fetch: async (call, ids) => {
      const groups = new Map<Key, Row[]>(ids.map((id) => [String(id), []]));
      for (const row of await list(call, ids)) groups.get(String(parentOf(row)))?.push(row);
      return groups;
    },
  });

/** One call an id, for what REST gives only singly; equal ids are asked once. */
export const byOne = <K extends Key, Row>(get: (call: Call, id: K) => Promise<Row>): Definition<Loader<K, Row>> =>
  define({ max: 1, fetch: (call, ids) => Promise.all(ids.map(async (id) => [id, await get(call, id)] as const)) });

/** The whole list in one go, for rows that no list can filter by id. */
export const fromAll = <K extends Key, Row>(
  all: (call: Call) => Promise<readonly Row[]>,
  idOf: (row: Row) => Key,
): Definition<Loader<K, Row>> =>
  define({
    max: Number.POSITIVE_INFINITY,
    fetch: async (call) => (await all(call)).map((row) => [idOf(row), row] as const),
  });

/** A loader with arguments: ids that come with equal arguments travel together. */
export interface LoaderWith<K, Args, Row> {
  load(key: K, args: Args): Promise<Row | null>;
  clear(): void;
}

/** Many ids in one report call for each set of arguments: 100 offers over two date ranges are two calls. */
export const bySlice =
  <K extends Key, Args extends object, Row>(
    max: number,
    report: (call: Call, ids: readonly K[], args: Args) => Promise<Iterable<readonly [Key, Row]>>,
  ): Definition<LoaderWith<K, Args, Row>> =>
  (name, session, scope) => {
    const loaders = new Map<string, Loader<K, Row>>();
    return {
      load(key, args) {
        const id = JSON.stringify(args, inOrderOfNames);
        let loader = loaders.get(id);
        if (!loader) {
          loader = define<K, Row>({ max, fetch: (call, ids) => report(call, ids, args) })(`${name} ${id}`, session, scope);
          loaders.set(id, loader);
        }
        return loader.load(key);
      },
      clear: () => loaders.clear(),
    };
  };
