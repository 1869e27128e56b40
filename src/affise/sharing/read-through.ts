import type { OperationInfo } from "../../contract/operation.js";
import { generationOf, type Store, stillGood, versionsOf } from "./cache.js";
import type { Seal } from "./seal.js";

/** Where answers of reads are kept, and for how many milliseconds each; 0 for not at all. */
export interface Cache {
  store: Store;
  ttl(operation: OperationInfo): number;
}

/** What was read: kept, and so a text and when its read began; or fetched, with a text to keep if nobody else does. */
export type Kept<T> = { text: string; at: number } | { fetched: T };

/**
 * Reads through the cache. An entry in the last quarter of its time is served while a new one is fetched behind it; past its time it never is.
 * `textOf` gives what of a fetched answer is to be kept, undefined for nothing.
 */
export const readThrough = async <T>(
  { store, ttl }: Cache,
  tenant: string,
  key: string,
  seal: Seal | undefined,
  operation: OperationInfo,
  fetch: (generation: string | undefined) => Promise<T>,
  textOf: (fetched: T) => string | undefined,
): Promise<Kept<T>> => {
  const start = Date.now();
  const ttlMs = ttl(operation);
  const { entry, versions } = await store.read(tenant, key, seal);
  const fetched = async (): Promise<Kept<T>> => {
    const result = await fetch(versions && generationOf(versions));
    const text = textOf(result);
    if (text !== undefined && versions) {
      store.write(key, { at: start, text, versions: versionsOf(versions, [operation.tag]) }, ttlMs, seal);
    }
    return { fetched: result };
  };
  if (!entry || !versions || !stillGood(entry, versions) || start - entry.at >= ttlMs) return fetched();
  if (start - entry.at > 0.75 * ttlMs) void fetched();
  return { text: entry.text, at: entry.at };
};
