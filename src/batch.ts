import { channel } from "node:diagnostics_channel";
import DataLoader from "dataloader";
import { LRUCache } from "lru-cache";
import type { Call, CallRecord, Scope, Session } from "./affise/session.js";

type Key = string | number;

interface Ask<K> {
  key: K;
  scope: Scope;
}

/** How one kind of row is fetched: many keys in one REST call, and what is in the answer placed by id. */
export interface Batch<K, Row> {
  /** The most keys a call may take: the list's page limit, or what keeps the URL under 8 KB. */
  max: number;
  /** Fetches rows for distinct keys. What has no row is left out. */
  fetch(call: Call, keys: readonly K[]): Promise<Iterable<readonly [Key, Row]>>;
}

const unique = <T>(items: Iterable<T>): T[] => [...new Set(items)];

/** Told of each merged fetch, for metrics. */
const batches = channel("affise-graphql:batch");

/**
 * Aborts once every request of a batch is given up by its client; who brings no signal never is. They are watched one after the other,
 * since a request's signal is made when it is asked for, and most batches are answered before the first has gone.
 */
const allGone = (scopes: readonly Scope[]): AbortSignal | undefined => {
  const [first] = scopes;
  if (scopes.length === 1) return first?.signal;
  const all = new AbortController();
  const watchFrom = (place: number) => {
    const scope = scopes[place];
    if (!scope) return all.abort();
    const { signal } = scope;
    if (signal?.aborted) watchFrom(place + 1);
    else signal?.addEventListener("abort", () => watchFrom(place + 1), { once: true });
  };
  watchFrom(0);
  return all.signal;
};

/** Runs one fetch for everybody who asked, and tells each of them of the REST calls: the first as made, the others as shared. */
const fetchFor = async <K, Row>(session: Session, batch: Batch<K, Row>, asks: readonly Ask<K>[]): Promise<Map<string, Row>> => {
  const scopes = unique(asks.map(({ scope }) => scope));
  const calls: CallRecord[] = [];
  if (batches.hasSubscribers) batches.publish({ size: asks.length });
  try {
    const beforeCall: Scope["beforeCall"] = (operation) => {
      for (const scope of scopes) scope.beforeCall?.(operation);
    };
    const signal = allGone(scopes);
    const rows = await batch.fetch(session.callFor({ calls, beforeCall, signal }), unique(asks.map(({ key }) => key)));
    return new Map([...rows].map(([id, row]) => [String(id), row]));
  } finally {
    scopes.forEach((scope, index) => {
      for (const made of calls) scope.calls.push(index === 0 ? made : { ...made, source: "shared" });
    });
  }
};

/**
 * The lower tier of two: one loader per session and kind, which merges what concurrent requests ask for and remembers nothing. When a
 * merged call fails, each request tries again on its own, so that one caller's bad id is not everybody's error.
 */
const shared = <K extends Key, Row>(session: Session, batch: Batch<K, Row>): DataLoader<Ask<K>, Row | null> =>
  new DataLoader<Ask<K>, Row | null>(
    async (asks) => {
      const place = (rows: Map<string, Row>) => (ask: Ask<K>) => rows.get(String(ask.key)) ?? null;
      try {
        return asks.map(place(await fetchFor(session, batch, asks)));
      } catch (error) {
        const scopes = unique(asks.map(({ scope }) => scope));
        if (scopes.length === 1) return asks.map(() => error as Error);
        const alone = new Map(
          await Promise.all(
            scopes.map(async (scope) => {
              const own = asks.filter((ask) => ask.scope === scope);
              const rows = await fetchFor(session, batch, own).catch((failure: Error) => failure);
              return [scope, rows] as const;
            }),
          ),
        );
        return asks.map((ask) => {
          const rows = alone.get(ask.scope);
          return rows instanceof Map ? place(rows)(ask) : (rows ?? null);
        });
      }
    },
    { cache: false, maxBatchSize: batch.max, batchScheduleFn: setImmediate },
  );

type Loaders = LRUCache<string, DataLoader<Ask<Key>, unknown>>;

/** Bounded, because reports have a loader for each set of arguments. */
const loadersPerSession = 200;
const lowerTier = new WeakMap<Session, Loaders>();

const sharedLoader = <K extends Key, Row>(
  session: Session,
  name: string,
  batch: Batch<K, Row>,
): DataLoader<Ask<K>, Row | null> => {
  const loaders: Loaders = lowerTier.get(session) ?? new LRUCache({ max: loadersPerSession });
  lowerTier.set(session, loaders);
  const known = loaders.get(name);
  if (known) return known as unknown as DataLoader<Ask<K>, Row | null>;
  const made = shared(session, batch);
  loaders.set(name, made as unknown as DataLoader<Ask<Key>, unknown>);
  return made;
};

/** A loader of one GraphQL request. What it has read it remembers until the request writes. */
export interface Loader<K, Row> {
  load(key: K): Promise<Row | null>;
  loadMany(keys: readonly K[]): Promise<(Row | null)[]>;
  /** Forgets everything read so far. */
  clear(): void;
}

const upper = <K extends Key, Row>(name: string, session: Session, scope: Scope, batch: Batch<K, Row>): Loader<K, Row> => {
  const below = sharedLoader(session, name, batch);
  const own = new DataLoader<K, Row | null, string>((keys) => below.loadMany(keys.map((key) => ({ key, scope }))), {
    cacheKeyFn: String,
  });
  return {
    load: (key) => own.load(key),
    loadMany: (keys) => Promise.all(keys.map((key) => own.load(key))),
    clear: () => {
      own.clearAll();
    },
  };
};

/** Makes a request's loader; `loaders.ts` lists them all. */
export type Make<L> = (name: string, session: Session, scope: Scope) => L;

/** Many ids in one list call, each row placed by its id. */
export const byId =
  <K extends Key, Row>(
    max: number,
    list: (call: Call, ids: readonly K[]) => Promise<readonly Row[]>,
    idOf: (row: Row) => Key,
  ): Make<Loader<K, Row>> =>
  (name, session, scope) =>
    upper(name, session, scope, {
      max,
      fetch: async (call, ids) => (await list(call, ids)).map((row) => [idOf(row), row] as const),
    });

/** Many parents in one list call, each with the rows that name it; a parent that no row names has none. */
export const grouped =
  <K extends Key, Row>(
    max: number,
    list: (call: Call, ids: readonly K[]) => Promise<readonly Row[]>,
    parentOf: (row: Row) => Key | undefined,
  ): Make<Loader<K, readonly Row[]>> =>
  (name, session, scope) =>
    upper(name, session, scope, {
      max,
      fetch: async (call, ids) => {
        const groups = new Map<Key, Row[]>(ids.map((id) => [String(id), []]));
        for (const row of await list(call, ids)) groups.get(String(parentOf(row)))?.push(row);
        return groups;
      },
    });

/** One call an id, for what REST gives only singly; equal ids are asked once. */
export const byOne =
  <K extends Key, Row>(get: (call: Call, id: K) => Promise<Row>): Make<Loader<K, Row>> =>
  (name, session, scope) =>
    upper(name, session, scope, {
      max: 1,
      fetch: async (call, ids) => Promise.all(ids.map(async (id) => [id, await get(call, id)] as const)),
    });

/** The whole list in one go, for rows that no list can filter by id. */
export const fromAll =
  <K extends Key, Row>(all: (call: Call) => Promise<readonly Row[]>, idOf: (row: Row) => Key): Make<Loader<K, Row>> =>
  (name, session, scope) =>
    upper(name, session, scope, {
      max: Number.POSITIVE_INFINITY,
      fetch: async (call) => (await all(call)).map((row) => [idOf(row), row] as const),
    });

const sorted = (_: string, value: unknown) =>
  value && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value;

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
  ): Make<LoaderWith<K, Args, Row>> =>
  (name, session, scope) => {
    const loaders = new Map<string, Loader<K, Row>>();
    return {
      load(key, args) {
        const id = JSON.stringify(args, sorted);
        let loader = loaders.get(id);
        if (!loader) {
          loader = upper<K, Row>(`${name} ${id}`, session, scope, { max, fetch: (call, ids) => report(call, ids, args) });
          loaders.set(id, loader);
        }
        return loader.load(key);
      },
      clear: () => loaders.clear(),
    };
  };
