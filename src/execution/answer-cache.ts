import { HeaderMap } from "@apollo/server";
import {
  type DocumentNode,
  type FormattedExecutionResult,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  visit,
} from "graphql";
import type { CallRecord } from "../affise/scope.js";
import { type Entry, stillGood, type Versions, versionsOf } from "../affise/sharing/cache.js";
import type { Cache } from "../affise/sharing/read-through.js";
import { memoized } from "../contract/memoized.js";
import { operationInfo } from "../contract/operation.js";
import { hasDirective } from "../graph/column/directive.js";
import type { Plugin } from "./plugin.js";

/** Whole answers of queries. Off unless the operator gives a time to keep them. */
export interface AnswerCache extends Cache {
  ttlMs: number;
}

const isFresh = (entry: Entry | undefined, versions: Versions | undefined, ttlMs: number): entry is Entry =>
  entry !== undefined && versions !== undefined && Date.now() - entry.at < ttlMs && stillGood(entry, versions);

/** What an answer counts as made at, so that none of the reads in it outlives its own time in it. */
const madeAt = (start: number, calls: readonly CallRecord[], { ttl, ttlMs }: AnswerCache): number =>
  Math.min(start, ...calls.map(({ operation, readAt, at = start }) => (readAt ?? at) + ttl(operationInfo(operation)) - ttlMs));

/** Tells of a document whether it selects a field that has the name of a @secret one, whatever its type: rather one answer less is kept. */
const secretReader = (schema: GraphQLSchema) => {
  const names = new Set(
    Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) || isInterfaceType(type)
        ? Object.values(type.getFields()).flatMap((field) => (hasDirective(field, "secret") ? [field.name] : []))
        : [],
    ),
  );
  return memoized((document: DocumentNode): boolean => {
    let found = false;
    visit(document, {
      Field({ name }) {
        found ||= names.has(name.value);
      },
    });
    return found;
  });
};

/**
 * Keeps answers and gives them again. A request that wants its trace, or an idempotency key's promise, is not looked up. An answer is kept
 * when it came of a query without errors that only read; it is dropped when a noun it read is written to.
 */
export const answerCachePlugin = (schema: GraphQLSchema, cache: AnswerCache): Plugin => {
  const { store, ttlMs } = cache;
  const asksSecret = secretReader(schema);
  return {
    requestDidStart({ request: { query, operationName, variables }, contextValue: { headers, tenant, callerHash, seal } }) {
      if (headers["x-affise-trace"] === "1" || headers["idempotency-key"] !== undefined) return undefined;
      const start = Date.now();
      // Only what the answer depends on: who asks whom, and what.
      const key = `answer:${callerHash}:${JSON.stringify([query, operationName, variables])}`;
      let missed: Versions | undefined;
      return {
        async responseForOperation({ document, operation }) {
          if (operation.operation !== "query" || asksSecret(document)) return null;
          const { entry, versions } = await store.read(tenant.name, key, seal);
          if (isFresh(entry, versions, ttlMs)) {
            const singleResult: FormattedExecutionResult = JSON.parse(entry.text);
            return { http: { headers: new HeaderMap() }, body: { kind: "single", singleResult } };
          }
          missed = versions;
          return null;
        },
        willSendResponse({ response: { body }, contextValue: { calls } }) {
          if (!missed || body.kind !== "single" || body.singleResult.errors || calls.length === 0) return;
          if (calls.some(({ operation }) => !operation.startsWith("GET "))) return;
          const nouns = new Set(calls.map(({ operation }) => operationInfo(operation).tag));
          const text = JSON.stringify(body.singleResult);
          store.write(key, { at: madeAt(start, calls, cache), text, versions: versionsOf(missed, nouns) }, ttlMs, seal);
        },
      };
    },
  };
};
