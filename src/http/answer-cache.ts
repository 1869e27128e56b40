import type { FastifyRequest } from "fastify";
import { type Entry, type Store, stillGood, type Versions, versionsOf } from "../affise/cache.js";
import { factsFor } from "../affise/operation.js";
import type { Context } from "../context.js";

/** Whole answers of queries, kept as they go out. Off unless the operator gives a time to keep them. */
export interface AnswerCache {
  store: Store;
  ttlMs: number;
}

/** One request's place in the cache: what was found there, and what to keep there. */
export interface Place {
  /** The answer as text, where one is kept. */
  found?: string;
  /** Keeps an answer, if it is one that may be kept. */
  keep(text: string, context: Context, hasErrors: boolean): void;
}

/** Only what the answer depends on: who asks whom, and what. */
const keyOf = (request: FastifyRequest): string => {
  const { query, operationName, variables } = request.body as Record<string, unknown>;
  return `answer:${request.caller.hash}:${JSON.stringify([query, operationName, variables])}`;
};

const isFresh = (entry: Entry | undefined, versions: Versions | undefined, ttlMs: number): entry is Entry =>
  entry !== undefined && versions !== undefined && Date.now() - entry.at < ttlMs && stillGood(entry, versions);

/**
 * Looks a plain request up. A request that wants its trace, or an idempotency key's promise, is not looked up. An answer is kept when it
 * came of a query without errors that only read; it is dropped when a noun it read is written to.
 */
export const lookUp = async ({ store, ttlMs }: AnswerCache, request: FastifyRequest): Promise<Place | undefined> => {
  const { headers } = request;
  if (headers["x-affise-trace"] === "1" || headers["idempotency-key"] !== undefined) return undefined;
  const at = Date.now();
  const key = keyOf(request);
  const found = store.read(request.caller.tenant.name, key);
  const { entry, versions } = found instanceof Promise ? await found : found;
  if (isFresh(entry, versions, ttlMs)) return { found: entry.text, keep: () => {} };
  return {
    keep(text, { calls, run }, hasErrors) {
      if (!versions || hasErrors || run.kind !== "query" || calls.length === 0) return;
      if (calls.some(({ operation }) => !operation.startsWith("GET "))) return;
      const nouns = new Set(calls.map(({ operation }) => factsFor(operation).tag));
      store.write(key, { at, text, versions: versionsOf(versions, nouns) }, ttlMs);
    },
  };
};
