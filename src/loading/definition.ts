import { UpstreamError } from "../affise/error/error.js";
import { quoted } from "../affise/error/quoted.js";
import { idsPerCall } from "../affise/list/list.js";
import type { Scope } from "../affise/scope.js";
import type { Call } from "../affise/session.js";
import { inOrderOfNames } from "../contract/json.js";
import type { Operation } from "../contract/operation.js";
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

/**
 * Rows by their ids, and an error for each id that has none where others that nobody asked for stand in their place: such a list passed over
 * the ids, and may have the row all the same.
 */
export const placedBy = <Row>(
  operation: Operation,
  ids: readonly Key[],
  rows: readonly Row[],
  idOf: (row: Row) => unknown,
): (readonly [Key, Row])[] => {
  const placed = rows.map((row) => [String(idOf(row) ?? ""), row] as const);
  const keys = new Set(placed.map(([key]) => key));
  const asked = new Set(ids.map(String));
  const other = placed.find(([key]) => key !== "" && key !== "0" && !asked.has(key))?.[0];
  const lacking = other === undefined ? [] : [...asked].filter((id) => !keys.has(id));
  if (!lacking.length) return placed;
  const error = new UpstreamError(
    "UPSTREAM_FAILED",
    `Affise's answer has ${quoted(other, 40)}, which was not asked for, and not what was: it passes over ids.`,
    { operation },
  );
  // A loader rejects where an error stands in a row's place.
  return [...placed, ...lacking.map((id) => [id, error as Row] as const)];
};

/** Many ids in one list call, each row placed by its id. */
export const byId = <K extends Key, Row>(
  operation: Operation,
  list: (call: Call, ids: readonly K[]) => Promise<readonly Row[]>,
  idOf: (row: Row) => unknown,
  max = idsPerCall(operation),
): Definition<Loader<K, Row>> =>
  define({ max, fetch: async (call, ids) => placedBy(operation, ids, await list(call, ids), idOf) });

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
