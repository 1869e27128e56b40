import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  isInputObjectType,
  Kind,
  NoDeprecatedCustomRule,
  type OperationDefinitionNode,
  parse,
  type TypeNode,
  type VariableDefinitionNode,
  validate,
} from "graphql";
import type { CostReader } from "../execution/cost.js";
import { checkLimits, type Limits } from "../execution/limit.js";
import type { Cost } from "../execution/operation-cost.js";
import type { ManifestEntry } from "./entry.js";

/** The most rows that a list gives; a variable may ask for them. */
const mostRows = 10_000;

/** What one operation of a manifest may come to. */
export interface Assessment {
  /** Its name, or what stands for it. */
  operation: string;
  kind: string;
  /** With its variables' defaults; of a mutation, for one thing. */
  cost: Cost;
  /** Why the limits refuse it, if they do. */
  over?: string;
  /** The variables that say how many rows it reads, and the largest number for all of them that the limits let through. */
  sizes: { names: readonly string[]; fits: number };
}

/** A document of a manifest, parsed and looked at. */
export interface AssessedDocument {
  entry: ManifestEntry;
  /** Undefined where it is no GraphQL. */
  document?: DocumentNode;
  /** What is wrong with it. */
  faults: readonly string[];
  /** What it uses that is deprecated. */
  deprecated: readonly string[];
  operations: readonly Assessment[];
}

/** What a document is called: its operation, its id, and whose it is. */
export const titleOf = ({ entry: { id, name, client }, document }: AssessedDocument, operation?: string): string => {
  const names = document?.definitions.flatMap((one) => ("name" in one && one.name ? [one.name.value] : [])) ?? [];
  const what = operation ?? name ?? names[0];
  const who = `${JSON.stringify(id)}${client ? ` of ${client}` : ""}`;
  return what ? `${what} (${who})` : who;
};

type Values = Record<string, unknown>;

/** What stands in for a variable that must be given: nothing but its form matters to the reckoning, and a list counts as one thing. */
const placeholder = (schema: GraphQLSchema, type: TypeNode): unknown => {
  if (type.kind === Kind.NON_NULL_TYPE) return placeholder(schema, type.type);
  if (type.kind === Kind.LIST_TYPE) return [placeholder(schema, type.type)];
  return isInputObjectType(schema.getType(type.name.value)) ? {} : "";
};

/** The defaults of an operation's variables, coerced, and placeholders for those that must be given. */
const defaultsOf = (schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode): Values => {
  const isRequired = ({ type, defaultValue }: VariableDefinitionNode) => !defaultValue && type.kind === Kind.NON_NULL_TYPE;
  const optional = variableDefinitions.filter((one) => !isRequired(one));
  const { coerced = {} } = getVariableValues(schema, optional, {});
  const required = variableDefinitions.filter(isRequired);
  return {
    ...coerced,
    ...Object.fromEntries(required.map(({ variable, type }) => [variable.name.value, placeholder(schema, type)])),
  };
};

/** An operation's variables that are whole numbers. */
const numbersOf = ({ variableDefinitions = [] }: OperationDefinitionNode): string[] =>
  variableDefinitions.flatMap(({ variable, type }) => {
    const inner = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    return inner.kind === Kind.NAMED_TYPE && inner.name.value === "Int" ? [variable.name.value] : [];
  });

const reasonOf = (check: () => void): string | undefined => {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof GraphQLError) return error.message;
    throw error;
  }
};

/** Looks at operations as the server would before it runs them. */
export class Assessor {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: Limits,
    private readonly costOf: CostReader,
  ) {}

  assess(entry: ManifestEntry): AssessedDocument {
    let document: DocumentNode;
    try {
      document = parse(entry.text);
    } catch (error) {
      return { entry, faults: [(error as Error).message], deprecated: [], operations: [] };
    }
    const faults = validate(this.schema, document).map(({ message }) => message);
    const found = document.definitions.filter((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
    if (!found.length) faults.push("It has no operation.");
    if (found.some(({ operation }) => operation === "subscription")) faults.push("This API has no subscriptions.");
    const deprecated = faults.length
      ? []
      : validate(this.schema, document, [NoDeprecatedCustomRule]).map(({ message }) => message);
    const operations = faults.length ? [] : found.map((one) => this.operation(document, one));
    return { entry, document, faults, deprecated, operations };
  }

  private operation(document: DocumentNode, operation: OperationDefinitionNode): Assessment {
    const defaults = defaultsOf(this.schema, operation);
    const withRows = (names: readonly string[], rows: number): Values => ({
      ...defaults,
      ...Object.fromEntries(names.map((name) => [name, rows])),
    });
    const costWith = (names: readonly string[], rows: number) => this.costOf(document, operation, withRows(names, rows));
    const reasonWith = (names: readonly string[], rows: number) => reasonOf(() => this.check(costWith(names, rows), operation));
    const names = numbersOf(operation).filter((name) => costWith([name], mostRows).total !== costWith([name], 1).total);
    let [fits, beyond] = [0, mostRows + 1];
    while (beyond - fits > 1) {
      const middle = Math.floor((fits + beyond) / 2);
      if (reasonWith(names, middle)) beyond = middle;
      else fits = middle;
      if (!names.length) break;
    }
    const cost = this.costOf(document, operation, defaults);
    return {
      operation: operation.name?.value ?? "(no name)",
      kind: operation.operation,
      cost,
      over: reasonOf(() => this.check(cost, operation)),
      sizes: { names, fits },
    };
  }

  private check(cost: Cost, { operation }: OperationDefinitionNode): void {
    checkLimits(cost, this.limits, true);
    const { calls } = this.limits;
    if (operation !== "query" || cost.calls <= calls) return;
    throw new GraphQLError(`It may need ${cost.calls} REST calls; ${calls} are the most (MAX_UPSTREAM_CALLS).`);
  }
}
