import type { IncomingHttpHeaders } from "node:http";
import { HeaderMap } from "@apollo/server";
import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { quoted } from "../affise/error/quoted.js";
import { isObject } from "../contract/json.js";
import { objectTypes } from "../graph/column/bind.js";
import type { CostReader } from "./cost.js";
import { fieldCosts } from "./field-cost.js";
import { fieldOn, fragmentsOf, opened } from "./fragments.js";
import type { Limits } from "./limit.js";
import type { Cost } from "./operation-cost.js";
import type { Plugin } from "./plugin.js";
import { refusal } from "./refusal.js";
import { coercedVariables } from "./variables.js";

/** Counts the rows of an answer: those of its connections and sized lists, as the reckoning counted them before. */
const rowCounter = (schema: GraphQLSchema, costOf: ReturnType<typeof fieldCosts>, document: DocumentNode) => {
  const fragments = fragmentsOf(document);
  const rowsIn = (set: SelectionSetNode, parent: GraphQLNamedType, value: unknown, sized?: ReadonlySet<string>): number => {
    if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + rowsIn(set, parent, one, sized), 0);
    if (!isObject(value)) return 0;
    let [below, own] = [0, 0];
    for (const node of set.selections) {
      if (node.kind !== Kind.FIELD) {
        const fragment = opened(node, fragments);
        const on = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : parent;
        if (fragment && on) below += rowsIn(fragment.selectionSet, on, value, sized);
        continue;
      }
      const found = value[node.alias?.value ?? node.name.value];
      const field = fieldOn(parent, node.name.value);
      if (!field || !isObject(found)) continue;
      const { type, size } = costOf(field, parent);
      if (Array.isArray(found) && sized?.has(node.name.value)) own = Math.max(own, found.length);
      if (Array.isArray(found) && size && !size.fields.size) below += found.length;
      if (node.selectionSet) below += rowsIn(node.selectionSet, type, found, size?.fields);
    }
    return own + below;
  };
  return ({ operation, selectionSet }: OperationDefinitionNode, data: unknown): number => {
    const root = operation === "mutation" ? schema.getMutationType() : schema.getQueryType();
    return root ? rowsIn(selectionSet, root, data) : 0;
  };
};

/** What a call of each operation weighs, in rows: as much as the fields that make it say, which agree. */
const callWeights = (schema: GraphQLSchema, costOf: ReturnType<typeof fieldCosts>): ReadonlyMap<string, number> =>
  new Map(
    objectTypes(schema).flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => {
        const { calls, weight } = costOf(field, type);
        return calls.flatMap(({ operation }) => (operation ? [[operation, weight] as const] : []));
      }),
    ),
  );

/** A call that no field's directives name: the look at a key's owner, the reading back of a write. */
const usualWeight = 10;

/**
 * What `X-Affise-Cost` asks for: a report beside the answer, or one instead of it. Throws GraphQLError for any other word, which may have been
 * meant to keep a change from being carried out.
 */
export const costAsked = ({ "x-affise-cost": value = "" }: IncomingHttpHeaders): "report" | "plan" | undefined => {
  const word = String(value).trim();
  if (/^(0|false|no)?$/i.test(word)) return undefined;
  if (/^(1|true|yes)$/i.test(word)) return "report";
  if (/^plan$/i.test(word)) return "plan";
  throw refusal(
    "BAD_USER_INPUT",
    `X-Affise-Cost: ${quoted(word)} is neither 1, which tells the cost beside the answer, nor plan, which runs nothing. Nothing was run.`,
  );
};

/** What an operation may come to, for who asks before it runs: rows, values and REST calls at the most, and which calls these are. */
const planOf = ({ rows, values, calls, operations }: Cost, limits: Limits) => ({
  rows,
  values,
  maximumValues: limits.values,
  restCalls: calls,
  maximumRestCalls: limits.calls,
  operations: [...operations].map(([operation, most]) => ({ operation, calls: most })),
});

/**
 * Answers who asks by `X-Affise-Cost: plan` before anything runs: `data` is null, and the report beside it tells the plan. What would be
 * refused is refused; what has variables that do not fit goes on, since that is told by the executor, which runs nothing then.
 */
export const planOnlyPlugin = (schema: GraphQLSchema): Plugin => ({
  requestDidStart({ request, contextValue: { headers } }) {
    if (costAsked(headers) !== "plan") return undefined;
    return {
      responseForOperation({ operation }) {
        if (coercedVariables(schema, operation, request.variables).errors) return null;
        return { http: { status: undefined, headers: new HeaderMap() }, body: { kind: "single", singleResult: { data: null } } };
      },
    };
  },
});

/**
 * `extensions.cost` for a request that asks for it by `X-Affise-Cost`: what the operation could come to (`requested`, as the limits see it)
 * and what it came to (`actual`). Calls that were shared with another request or answered from memory cost nothing; they are counted apart.
 */
export const costReportPlugin = (schema: GraphQLSchema, limits: Limits, costOf: CostReader): Plugin => {
  const costOfField = fieldCosts(schema);
  let weights: ReadonlyMap<string, number> | undefined;
  return {
    requestDidStart({ request, contextValue: { headers, calls, rate } }) {
      const asked = costAsked(headers);
      if (!asked) return undefined;
      return {
        willSendResponse({ response: { body }, document, operation }) {
          if (body.kind !== "single") return;
          const { singleResult } = body;
          const { coerced } = operation ? coercedVariables(schema, operation, request.variables) : {};
          const made = calls.filter(({ source }) => source === "network");
          const rows = document && operation ? rowCounter(schema, costOfField, document)(operation, singleResult.data) : 0;
          weights ??= callWeights(schema, costOfField);
          const ofCalls = made.reduce((sum, one) => sum + (weights?.get(one.operation) ?? usualWeight), 0);
          const reckoned = document && operation && coerced ? costOf(document, operation, coerced) : undefined;
          const cost = {
            requested: reckoned?.total ?? null,
            maximum: limits.cost,
            actual: rows + ofCalls,
            restCalls: made.length,
            sharedCalls: calls.length - made.length,
            limit: rate?.limit ?? null,
            remaining: rate?.remaining ?? null,
            resetAt: rate?.resetAt ?? null,
            plan: asked === "plan" && reckoned ? planOf(reckoned, limits) : undefined,
          };
          singleResult.extensions = { ...singleResult.extensions, cost };
        },
      };
    },
  };
};
