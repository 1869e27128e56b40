import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { weightOf } from "./argument-weight.js";
import { fieldCosts } from "./field-cost.js";
import { fragmentsOf } from "./fragments.js";
import type { Cost } from "./operation-cost.js";
import { type Place, Reckoning } from "./reckoning.js";
import type { Variables } from "./variables.js";

/** The costs of one operation by the values of the variables that matter; a caller may send any number of values. */
interface Reckoned {
  uses: readonly string[];
  weighed: readonly string[];
  costs: Map<string, Cost>;
}

const costsRemembered = 100;

/** What an operation may come to. `variables` are coerced, defaults and all. */
export type CostReader = (document: DocumentNode, operation: OperationDefinitionNode, variables?: Variables) => Cost;

/** Reckons the cost of operations over a schema, each once for each set of the variables that matter. */
export const costReader = (schema: GraphQLSchema): CostReader => {
  const costOf = fieldCosts(schema);
  const reckoned = new WeakMap<OperationDefinitionNode, Reckoned>();
  const keyOf = ({ uses, weighed }: Pick<Reckoned, "uses" | "weighed">, variables: Variables) =>
    JSON.stringify([uses.map((name) => variables[name] ?? null), weighed.map((name) => weightOf(variables[name]))]);

  return (document, operation, variables = {}) => {
    const reckon = () => {
      const reckoning = new Reckoning(schema, costOf, fragmentsOf(document), variables);
      const root = operation.operation === "mutation" ? schema.getMutationType() : schema.getQueryType();
      const place = { rows: 1, times: 1, depth: 1, called: new Set<string>(), met: new Map<string, Place>() };
      if (root) reckoning.visit(operation.selectionSet, { parent: root, ...place });
      return { cost: reckoning.finished(), uses: [...reckoning.uses], weighed: [...reckoning.weighed] };
    };
    // An input has more values than are worth remembering.
    if (operation.operation === "mutation") return reckon().cost;
    const before = reckoned.get(operation);
    const found = before?.costs.get(keyOf(before, variables));
    if (found) return found;
    const { cost, ...on } = reckon();
    const costs = before?.costs ?? new Map<string, Cost>();
    if (costs.size >= costsRemembered) costs.clear();
    costs.set(keyOf(on, variables), cost);
    reckoned.set(operation, { ...on, costs });
    return cost;
  };
};
