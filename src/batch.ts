import { channel } from "node:diagnostics_channel";
import DataLoader from "dataloader";
import { LRUCache } from "lru-cache";
import { Cancellation, type End } from "./affise/cancellation.js";
import { Scope } from "./affise/scope.js";
import type { Call, Session } from "./affise/session.js";

type Key = string | number;

/** How one kind of row is fetched: many keys in one REST call, and what is in the answer placed by id. */
export interface Batch<K, Row> {
  /** The most keys a call may take: the list's page limit, or what keeps the URL under 8 KB. */
  max: number;
  /** Fetches rows for distinct keys. What has no row is left out. */
  fetch(call: Call, keys: readonly K[]): Promise<Iterable<readonly [Key, Row]>>;
}

/**
 * Requests travel together up to so many keys. One large call for everybody would keep them all waiting for its last row; a few smaller ones
 * are answered while the next are asked (bench/results.md). What one request asks for stays in one call, as long as a call can take it.
 */
const together = 25;

/** What one request asks for at once, and where its rows go. */
interface Ask<K, Row> {
  keys: readonly K[];
  scope: Scope;
  resolve(rows: Map<string, Row>): void;
  reject(error: unknown): void;
}

const unique = <T>(items: Iterable<T>): T[] => [...new Set(items)];

/** The diagnostics channel that is told the size of each merged fetch, for metrics. */
export const batchChannel = "affise-graphql:batch";
const batches = channel(batchChannel);

const allLeft = new Error("all who asked went away");

/** A token that is cancelled once every request of a batch is, and the end of listening to theirs; who brings no token never is. */
const sharedCancellation = (scopes: readonly Scope[]): [shared: Cancellation | undefined, end?: End] => {
  if (scopes.length === 1) return [scopes[0]?.cancellation];
  const shared = new Cancellation();
  let waiting = scopes.length;
  const leave = () => {
    waiting -= 1;
    if (waiting === 0) shared.cancel(allLeft);
  };
  const ends = scopes.map(({ cancellation }) => cancellation?.onCancel(leave));
  return [
    shared,
    () => {
      for (const end of ends) end?.();
    },
  ];
};

/** Runs one fetch for everybody who asked, and tells each of them of the REST calls: the first as made, the others as shared. */
const fetchFor = async <K, Row>(
  session: Session,
  batch: Batch<K, Row>,
  asks: readonly Ask<K, Row>[],
): Promise<Map<string, Row>> => {
  const scopes = unique(asks.map(({ scope }) => scope));
  const keys = unique(asks.flatMap((ask) => ask.keys));
  if (batches.hasSubscribers) batches.publish({ size: keys.length });
  const [cancellation, stopListening] = sharedCancellation(scopes);
  const merged = new Scope({
    cancellation,
    beforeCall: (operation) => {
      for (const scope of scopes) scope.beforeCall?.(operation);
    },
  });
  try {
    const rows = await batch.fetch(session.callFor(merged), keys);
    const placed = new Map<string, Row>();
    for (const [id, row] of rows) placed.set(String(id), row);
    return placed;
  } finally {
    stopListening?.();
    scopes.forEach((scope, index) => {
      for (const made of merged.calls) scope.calls.push(index === 0 ? made : { ...made, source: "shared" });
    });
  }
};

/** When a merged call fails, each request tries again on its own, so that one caller's bad id is not everybody's error. */
const settle = async <K, Row>(session: Session, batch: Batch<K, Row>, asks: readonly Ask<K, Row>[]): Promise<void> => {
  try {
    const rows = await fetchFor(session, batch, asks);
    for (const ask of asks) ask.resolve(rows);
  } catch (error) {
    if (asks.length === 1) asks[0]?.reject(error);
    else await Promise.all(asks.map((ask) => settle(session, batch, [ask])));
  }
};

/** Asks in the order they came, as many to a part as travel together; who asks for nothing new always fits. */
const parted = <K, Row>(asks: readonly Ask<K, Row>[], most: number): Ask<K, Row>[][] => {
  const parts: Ask<K, Row>[][] = [];
  let keys = new Set<K>();
  for (const ask of asks) {
    const last = parts.at(-1);
    const size = ask.keys.reduce((sum, key) => (keys.has(key) ? sum : sum + 1), keys.size);
    if (last && (size <= most || size === keys.size)) last.push(ask);
    else {
      parts.push([ask]);
      keys = new Set();
    }
    for (const key of ask.keys) keys.add(key);
  }
  return parts;
};

/** Reads rows by their keys, together with what others ask for in the same moment. */
type Gather<K, Row> = (keys: readonly K[], scope: Scope) => Promise<Map<string, Row>>;

/**
 * The lower tier of two, one for each session and kind: it merges what concurrent requests ask for and remembers nothing. It takes what has
 * come by the end of the event loop's turn, so a lone request waits for nobody.
 */
const openGathering = <K, Row>(session: Session, batch: Batch<K, Row>): Gather<K, Row> => {
  const most = batch.max === Number.POSITIVE_INFINITY ? batch.max : Math.min(batch.max, together);
  let asks: Ask<K, Row>[] = [];
  const leave = () => {
    const gathered = asks;
    asks = [];
    for (const part of parted(gathered, most)) void settle(session, batch, part);
  };
  return (keys, scope) =>
    new Promise((resolve, reject) => {
      if (asks.push({ keys, scope, resolve, reject }) === 1) setImmediate(leave);
    });
};

type Gatherings = LRUCache<string, Gather<Key, unknown>>;

/** Bounded, because reports have one for each set of arguments. */
const gatheringsPerSession = 200;
const lowerTier = new WeakMap<Session, Gatherings>();

const gatheringFor = <K extends Key, Row>(session: Session, name: string, batch: Batch<K, Row>): Gather<K, Row> => {
  let gatherings = lowerTier.get(session);
  if (!gatherings) {
    gatherings = new LRUCache({ max: gatheringsPerSession });
    lowerTier.set(session, gatherings);
  }
  const known = gatherings.get(name);
  if (known) return known as unknown as Gather<K, Row>;
  const made = openGathering(session, batch);
  gatherings.set(name, made as unknown as Gather<Key, unknown>);
  return made;
};

/** A loader of one GraphQL request. What it has read it remembers until the request writes. */
export interface Loader<K, Row> {
  load(key: K): Promise<Row | null>;
  loadMany(keys: readonly K[]): Promise<(Row | null)[]>;
  /** Forgets everything read so far. */
  clear(): void;
}

const slices = <K>(keys: readonly K[], size: number): (readonly K[])[] =>
  keys.length <= size
    ? [keys]
    : Array.from({ length: Math.ceil(keys.length / size) }, (_, part) => keys.slice(part * size, (part + 1) * size));

const upper = <K extends Key, Row>(name: string, session: Session, scope: Scope, batch: Batch<K, Row>): Loader<K, Row> => {
  const gather = gatheringFor(session, name, batch);
  const read = async (keys: readonly K[]): Promise<(Row | null | Error)[]> => {
    try {
      const rows = await gather(keys, scope);
      return keys.map((key) => rows.get(String(key)) ?? null);
    } catch (error) {
      return keys.map(() => error as Error);
    }
  };
  const open = () =>
    new DataLoader<K, Row | null, string>(
      async (keys) => (await Promise.all(slices(keys, batch.max).map(read))).flat() as (Row | null | Error)[],
      { cacheKeyFn: String },
    );
  let own: ReturnType<typeof open> | undefined;
  const load = (key: K) => {
    own ??= open();
    return own.load(key);
  };
  const loader: Loader<K, Row> = {
    load,
    loadMany: (keys) => Promise.all(keys.map(load)),
    clear: () => {
      // A DataLoader holds the rows of its last batch even when it is cleared.
      own = undefined;
    },
  };
  scope.own(loader);
  return loader;
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
