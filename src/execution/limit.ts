import { type DocumentNode, GraphQLError, type GraphQLSchema } from "graphql";
import { formatNumber } from "../affise/error/quoted.js";
import { mostItems } from "../graph/mutation/input.js";
import { argumentGiven } from "./bad-value.js";
import type { CostReader } from "./cost.js";
import type { ListShare } from "./list-share.js";
import type { Cost } from "./operation-cost.js";
import { type Plugin, pluginOf } from "./plugin.js";
import { mostFields, mostGiven } from "./reckoning.js";
import { refusal } from "./refusal.js";
import { checkNumbers, checkVariables } from "./variable-limit.js";
import { coercedVariables } from "./variables.js";

/** What one operation may be and do. */
export interface Limits {
  tokens: number;
  depth: number;
  aliases: number;
  directives: number;
  cost: number;
  /** Values of the answer. */
  values: number;
  /** REST calls, counted while it runs. */
  calls: number;
}

export const defaultLimits: Limits = {
  tokens: 5_000,
  depth: 20,
  aliases: 200,
  directives: 50,
  cost: 50_000,
  values: 1_000_000,
  calls: 100,
};

const tooExpensive = (message: string, details: Record<string, unknown>) => refusal("QUERY_TOO_EXPENSIVE", message, details);

const checkShape = (cost: Cost, limits: Limits) => {
  if (cost.fields > mostFields) {
    const message = `This operation selects more than ${formatNumber(mostFields)} fields, its fragments counted wherever they stand.`;
    throw tooExpensive(message, { limit: mostFields });
  }
  for (const [what, found, limit] of [
    ["levels deep", cost.depth, limits.depth],
    ["aliases", cost.aliases, limits.aliases],
    ["directives", cost.directives, limits.directives],
  ] as const) {
    if (found <= limit) continue;
    const message = `This operation has ${formatNumber(found)} ${what}; the limit is ${formatNumber(limit)}. Split it.`;
    throw tooExpensive(message, { found, limit });
  }
};

/** What an operation passes a limit by; what of it a list holds, and what of that stays with fewer rows. */
interface Excess {
  excess: number;
  own(list: ListShare): number;
  fixed(list: ListShare): number;
}

/** The longest list for which a smaller number brings the operation under all these limits, and that number. */
const fitting = (lists: readonly ListShare[], passed: readonly Excess[]) =>
  lists
    .map((list) => {
      const rows = passed.map(({ excess, own, fixed }) => (list.rows * (own(list) - excess - fixed(list))) / own(list));
      return { argument: list.argument, most: Math.floor(Math.min(...rows)) };
    })
    .find(({ most }) => most >= 1);

const checkCost = ({ total, rows, calls, lists }: Cost, limits: Limits) => {
  const limit = limits.cost;
  if (total <= limit) return;
  const ofCost = { excess: total - limit, own: (list: ListShare) => list.total, fixed: (list: ListShare) => list.fixedTotal };
  const ofCalls = {
    excess: calls - limits.calls,
    own: (list: ListShare) => list.calls,
    fixed: (list: ListShare) => list.fixedCalls,
  };
  const fits = fitting(lists, calls > limits.calls ? [ofCost, ofCalls] : [ofCost]);
  const fewer = fits ? `at most ${formatNumber(fits.most)} with ${fits.argument}` : 'fewer rows with "first"';
  throw tooExpensive(
    `This operation may cost ${formatNumber(total)}: ${formatNumber(rows)} rows, and ${formatNumber(calls)} REST calls that count ten each. ` +
      `The limit is ${formatNumber(limit)} (MAX_COST). Ask for ${fewer}, or for fewer fields that need a REST call for each row.`,
    { cost: total, limit, rows, calls, fits },
  );
};

/** The answer is bounded as well as the work for it: a row of many fields, or of fields with long names, is many values. */
const checkValues = (cost: Cost, limit: number) => {
  const { values } = cost;
  if (values <= limit) return;
  const fits = fitting(cost.lists, [{ excess: values - limit, own: (list) => list.values, fixed: () => 0 }]);
  const next = fits
    ? `Ask for at most ${formatNumber(fits.most)} with ${fits.argument}, or for fewer fields.`
    : "Ask for fewer rows and fields, and keep aliases short.";
  throw tooExpensive(
    `The answer may have ${formatNumber(values)} values: each field of each row is one. The limit is ${formatNumber(limit)} (MAX_VALUES). ${next}`,
    { values, limit, fits },
  );
};

/** One long list may be given to many fields, and each has to read it. */
const checkGiven = ({ given }: Cost) => {
  if (given <= mostGiven) return;
  throw tooExpensive(
    `The arguments of this operation have ${formatNumber(given)} values, counted for each field that takes them; the limit is ${formatNumber(mostGiven)}. Give long lists and texts to fewer fields.`,
    { found: given, limit: mostGiven },
  );
};

/** Mutations are carried out whole or not at all: how many things they are about is known before the first of them runs. */
const checkItems = ({ items, itemLists }: Cost) => {
  if (items <= mostItems) return;
  const [only, another] = itemLists;
  const what =
    only && !another
      ? `${only} names ${formatNumber(items)} things`
      : `The mutations of this request are about ${formatNumber(items)} things`;
  const message = `${what}; ${formatNumber(mostItems)} fit into one request. Split it. Nothing was sent.`;
  const details = { outcome: "NOT_SENT", arguments: [...new Set(itemLists)], found: items, limit: mostItems };
  throw refusal("BAD_USER_INPUT", message, details);
};

/**
 * Throws QUERY_TOO_EXPENSIVE for what is too deep, too many-named or too dear, BAD_USER_INPUT for a mutation about too many things. A document
 * that the operator trusts may have any shape, but not any cost: that depends on its variables.
 */
export const checkLimits = (cost: Cost, limits: Limits, isTrusted: boolean): void => {
  if (!isTrusted) checkShape(cost, limits);
  checkItems(cost);
  checkGiven(cost);
  checkCost(cost, limits);
  checkValues(cost, limits.values);
};

/** Holds operations against the limits before anything runs. */
export const limitPlugin = (
  schema: GraphQLSchema,
  limits: Limits,
  costOf: CostReader,
  trusted: ReadonlyMap<string, DocumentNode>,
): Plugin =>
  pluginOf({
    didResolveOperation({ document, source, operation, request, contextValue }) {
      if (!operation) return;
      checkNumbers(schema, document, source);
      checkVariables(request.variables ?? {}, (variable) => argumentGiven(document, operation, variable));
      const { coerced, errors } = coercedVariables(schema, operation, request.variables);
      // With such variables nothing runs; the executor says what is wrong with each.
      if (errors) return;
      checkLimits(costOf(document, operation, coerced), limits, trusted.get(source) === document);
      if (operation.operation === "mutation") contextValue.liftLimit();
    },
  });

/** Counts the REST calls of one operation, and refuses the one too many. */
export const callBudget = (limit: number): (() => void) => {
  let made = 0;
  return () => {
    made += 1;
    if (made <= limit) return;
    const message = `This operation needs more than ${formatNumber(limit)} REST calls, which is the limit. Ask for fewer rows, or for fewer fields that need a REST call for each row.`;
    throw new GraphQLError(message, { extensions: { code: "QUERY_TOO_EXPENSIVE", limit } });
  };
};
