import {
  defaultTypeResolver,
  type ExecutionResult,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLString,
  isAbstractType,
  isLeafType,
  isObjectType,
  locatedError,
  OperationTypeNode,
} from "graphql";
import type { Path } from "graphql/jsutils/Path.js";
import { formatNumber, quoted } from "../affise/error/quoted.js";
import { hooked } from "./field-hook.js";
import type { FieldPlan, Plan, TypePlan } from "./plan.js";
import type { WillResolveField } from "./plugin.js";
import type { Variables } from "./variables.js";

const missing: TypePlan = { kind: "leaf", isNonNull: false, type: GraphQLString };

type Result = unknown | Promise<unknown>;

const isPromise = (value: unknown): value is Promise<unknown> =>
  (typeof value === "object" || typeof value === "function") &&
  value !== null &&
  "then" in value &&
  typeof value.then === "function";

const keysOf = (path: Path | undefined): (string | number)[] => {
  const keys: (string | number)[] = [];
  for (let at = path; at; at = at.prev) keys.push(at.key);
  return keys.reverse();
};

/** An object some of whose fields, those of `names`, are promises, as a promise of the object. */
const settled = (fields: Record<string, unknown>, names: readonly string[]): Promise<Record<string, unknown>> =>
  Promise.all(names.map((name) => fields[name])).then((values) => {
    names.forEach((name, index) => {
      fields[name] = values[index];
    });
    return fields;
  });

const tooManyValues = (most: number) =>
  new GraphQLError(
    `The answer has more than ${formatNumber(most)} values, twice what MAX_VALUES lets through: lists in its rows are longer than usual. Ask for fewer rows or fields.`,
    { extensions: { code: "QUERY_TOO_EXPENSIVE", limit: most } },
  );

/** What a resolver may ask about its place. Hardly any does, so it is worked out when asked. */
class Info implements GraphQLResolveInfo {
  constructor(
    private readonly execution: Execution,
    readonly fieldPlan: FieldPlan,
    private readonly prev: Path | undefined,
  ) {}

  private at: Path | undefined;

  /** One object for one place: errors are told apart by it. */
  get path(): Path {
    this.at ??= { prev: this.prev, key: this.fieldPlan.name, typename: this.fieldPlan.parentType.name };
    return this.at;
  }
  get fieldName() {
    return this.fieldPlan.field.name;
  }
  get fieldNodes() {
    return this.fieldPlan.nodes;
  }
  get returnType() {
    return this.fieldPlan.field.type;
  }
  get parentType() {
    return this.fieldPlan.parentType;
  }
  get schema() {
    return this.fieldPlan.plan.schema;
  }
  get fragments() {
    return this.fieldPlan.plan.fragments;
  }
  get operation() {
    return this.fieldPlan.plan.operation;
  }
  get variableValues(): Record<string, unknown> {
    return this.execution.variables;
  }
  get rootValue() {
    return undefined;
  }
}

/**
 * One run of an operation's plan, by the algorithm of graphql-js, promise for promise, so that errors come in the same order too. What graphql-js
 * finds out anew for each row (the fields selected, arguments, types) is in the plan.
 */
export class Execution {
  private readonly errors: GraphQLError[] = [];
  /** The places that are null because of an error. What happens below one of them is told to nobody. */
  private readonly nulled = new Set<Path | undefined>();
  private readonly argumentsOf = new Map<FieldPlan, Record<string, unknown>>();
  private values = 0;
  /** Why the run is given up; nothing of its answer counts any more. */
  private givenUp: GraphQLError | undefined;

  constructor(
    private readonly plan: Plan,
    private readonly context: object,
    readonly variables: Variables,
    /** The answer is given up when it has more values than that. */
    private readonly mostValues = Number.POSITIVE_INFINITY,
    private readonly willResolveField?: WillResolveField,
  ) {}

  async run(): Promise<ExecutionResult> {
    let data: Record<string, unknown> | null;
    try {
      const { root, operation } = this.plan;
      const isSerial = operation.operation === OperationTypeNode.MUTATION;
      data = await (isSerial ? this.oneByOne(root) : this.fields(root, undefined, undefined));
    } catch (error) {
      this.add(error as GraphQLError, undefined);
      data = null;
    }
    if (this.givenUp) return { errors: [this.givenUp], data: null };
    return this.errors.length ? { errors: this.errors, data } : { data };
  }

  /** The root of a mutation: each field is done before the next is begun. */
  private async oneByOne(plans: readonly FieldPlan[]): Promise<Record<string, unknown>> {
    const results: Record<string, unknown> = {};
    for (const plan of plans) results[plan.name] = await this.field(plan, undefined, undefined);
    return results;
  }

  /** Counts values as they come: how long lists are that no argument sizes nobody knows before. */
  private count(values: number): void {
    this.values += values;
    if (this.values <= this.mostValues) return;
    this.givenUp ??= tooManyValues(this.mostValues);
    throw this.givenUp;
  }

  private add(error: GraphQLError, path: Path | undefined): void {
    for (let at = path; at; at = at.prev) if (this.nulled.has(at)) return;
    if (this.nulled.has(undefined)) return;
    this.nulled.add(path);
    this.errors.push(error);
  }

  private fields(plans: readonly FieldPlan[], source: unknown, path: Path | undefined) {
    this.count(plans[0]?.weight ?? 0);
    const results: Record<string, unknown> = {};
    const pending: string[] = [];
    try {
      for (const plan of plans) {
        const result = this.field(plan, source, path);
        results[plan.name] = result;
        if (isPromise(result)) pending.push(plan.name);
      }
    } catch (error) {
      if (!pending.length) throw error;
      // The others may fail yet, and somebody must hear of it.
      return settled(results, pending).finally(() => {
        throw error;
      });
    }
    return pending.length ? settled(results, pending) : results;
  }

  private field(plan: FieldPlan, source: unknown, prev: Path | undefined): Result {
    const info = new Info(this, plan, prev);
    try {
      const resolve = this.willResolveField ? hooked(this.willResolveField, plan.resolve) : plan.resolve;
      const found = resolve(source, this.argumentsFor(plan), this.context, info);
      const completed = isPromise(found)
        ? found.then((value) => this.complete(plan.typePlan, info, undefined, value))
        : this.complete(plan.typePlan, info, undefined, found);
      if (!isPromise(completed)) return completed;
      return completed.then(undefined, (error) => this.fail(error, plan.typePlan, info, info.path));
    } catch (error) {
      return this.fail(error, plan.typePlan, info, info.path);
    }
  }

  private argumentsFor(plan: FieldPlan): Record<string, unknown> {
    const known = plan.fixedArguments() ?? this.argumentsOf.get(plan);
    if (known) return known;
    const made = plan.argumentsWith(this.variables);
    this.argumentsOf.set(plan, made);
    return made;
  }

  private fail(error: unknown, { isNonNull }: TypePlan, { fieldNodes }: Info, path: Path): null {
    if (this.givenUp) {
      if (isNonNull) throw this.givenUp;
      return null;
    }
    const located = locatedError(error, fieldNodes, keysOf(path));
    if (isNonNull) throw located;
    this.add(located, path);
    return null;
  }

  /** `path` is that of an item in a list; else the value is the field's own. */
  private complete(plan: TypePlan, info: Info, path: Path | undefined, value: unknown): Result {
    if (value instanceof Error) throw value;
    if (value === null || value === undefined) {
      if (!plan.isNonNull) return null;
      throw new Error(`Cannot return null for non-nullable field ${info.parentType.name}.${info.fieldName}.`);
    }
    switch (plan.kind) {
      case "leaf":
        return this.leaf(plan, value);
      case "list":
        return this.list(plan, info, path ?? info.path, value);
      case "abstract":
        return this.abstract(plan, info, path ?? info.path, value);
      default:
        return this.fields(info.fieldPlan.below(plan.type as GraphQLObjectType), value, path ?? info.path);
    }
  }

  private leaf({ type }: TypePlan, value: unknown): unknown {
    const found = isLeafType(type) ? type.serialize(value) : undefined;
    if (found !== undefined && found !== null) return found;
    throw new Error(`Expected \`${type}.serialize\` to return a value, returned: ${found}`);
  }

  private list({ item = missing }: TypePlan, info: Info, path: Path, value: unknown): Result {
    if (typeof value !== "object" || value === null || !(Symbol.iterator in value)) {
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${info.parentType.name}.${info.fieldName}".`);
    }
    let isPending = false;
    const values = Array.isArray(value) ? value : [...(value as Iterable<unknown>)];
    this.count(values.length);
    const items: unknown[] = [];
    for (let index = 0; index < values.length; index += 1) {
      const result = this.item(item, info, { prev: path, key: index, typename: undefined }, values[index]);
      if (isPromise(result)) isPending = true;
      items.push(result);
    }
    return isPending ? Promise.all(items) : items;
  }

  private item(plan: TypePlan, info: Info, path: Path, value: unknown): Result {
    try {
      const completed = isPromise(value)
        ? value.then((found) => this.complete(plan, info, path, found))
        : this.complete(plan, info, path, value);
      if (!isPromise(completed)) return completed;
      return completed.then(undefined, (error) => this.fail(error, plan, info, path));
    } catch (error) {
      return this.fail(error, plan, info, path);
    }
  }

  private abstract({ type }: TypePlan, info: Info, path: Path, value: unknown): Result {
    if (!isAbstractType(type)) throw new Error(`${type} is no abstract type.`);
    const below = (name: unknown): Result => {
      const found = typeof name === "string" ? info.schema.getType(name) : undefined;
      if (isObjectType(found) && info.schema.isSubType(type, found)) {
        return this.fields(info.fieldPlan.below(found), value, path);
      }
      const at = isObjectType(found)
        ? `Runtime Object type "${found.name}" is not a possible type for "${type.name}".`
        : `Abstract type "${type.name}" was resolved to ${quoted(name)} at ${info.parentType.name}.${info.fieldName}, which is no object type.`;
      throw new GraphQLError(at, { nodes: info.fieldNodes });
    };
    const name = (type.resolveType ?? defaultTypeResolver)(value, this.context, info, type);
    return isPromise(name) ? name.then(below) : below(name);
  }
}
