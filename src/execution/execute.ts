import {
  defaultTypeResolver,
  type ExecutionResult,
  GraphQLError,
  type GraphQLObjectType,
  GraphQLString,
  isAbstractType,
  isLeafType,
  isObjectType,
  locatedError,
  OperationTypeNode,
  responsePathAsArray,
} from "graphql";
import { formatNumber, quoted } from "../affise/error/quoted.js";
import { hooked } from "./field-hook.js";
import type { FieldPlan, Plan, TypePlan } from "./plan.js";
import type { WillResolveField } from "./plugin.js";
import { FieldSlot, ItemSlot, type Slot } from "./slot.js";
import type { Variables } from "./variables.js";

const missing: TypePlan = { kind: "leaf", isNonNull: false, type: GraphQLString };

/** What stands in a slot for as long as its value has not come; it keeps the order of fields. */
const pending = undefined;

const isPromise = (value: unknown): value is Promise<unknown> =>
  (typeof value === "object" || typeof value === "function") &&
  value !== null &&
  "then" in value &&
  typeof value.then === "function";

const tooManyValues = (most: number) =>
  new GraphQLError(
    `The answer has more than ${formatNumber(most)} values, twice what MAX_VALUES lets through: lists in its rows are longer than usual. Ask for fewer rows or fields.`,
    { extensions: { code: "QUERY_TOO_EXPENSIVE", limit: most } },
  );

/**
 * One run of an operation's plan, by the algorithm of the specification. What graphql-js finds out anew for each row (the fields selected, arguments,
 * types) is in the plan. What comes later is put into its slot when it comes, so a hundred rows that wait hold no promises of one another.
 */
export class Execution {
  private readonly errors: GraphQLError[] = [];
  /** The places that are null because of an error. What happens below one of them is told to nobody. */
  private readonly nulled = new Set<Slot>();
  private readonly argumentsOf = new Map<FieldPlan, Record<string, unknown>>();
  private values = 0;
  /** How many slots wait for their values, and which for what. */
  private waiting = 0;
  private readonly waitingFor = new Map<Promise<unknown>, Slot[]>();
  /** The answer, once there can be no data in it: what comes later counts no more. */
  private ended: ExecutionResult | undefined;
  private wake: (() => void) | undefined;

  constructor(
    private readonly plan: Plan,
    private readonly context: object,
    private readonly variables: Variables,
    /** The answer is given up when it has more values than that. */
    private readonly mostValues = Number.POSITIVE_INFINITY,
    private readonly willResolveField?: WillResolveField,
  ) {}

  async run(): Promise<ExecutionResult> {
    const { root, operation } = this.plan;
    let data: Record<string, unknown> | null = null;
    try {
      data =
        operation.operation === OperationTypeNode.MUTATION ? await this.oneByOne(root) : this.fields(root, undefined, undefined);
    } catch (error) {
      this.end([...this.errors, error as GraphQLError]);
    }
    await this.arrival();
    return this.ended ?? (this.errors.length ? { errors: this.errors, data } : { data });
  }

  /** Waits for all that was begun. */
  private async arrival(): Promise<void> {
    if (this.waiting === 0 || this.ended) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
  }

  /** The root of a mutation: each field is done before the next is begun. */
  private async oneByOne(plans: readonly FieldPlan[]): Promise<Record<string, unknown>> {
    const results: Record<string, unknown> = {};
    for (const plan of plans) {
      if (this.ended) break;
      results[plan.name] = this.field(plan, undefined, new FieldSlot(plan, this.variables, undefined, results));
      await this.arrival();
    }
    return results;
  }

  private end(errors: readonly GraphQLError[]): void {
    this.ended ??= { errors, data: null };
    this.wake?.();
  }

  /** Counts values as they come: how long lists are that no argument sizes nobody knows before. */
  private count(values: number): void {
    this.values += values;
    if (this.values <= this.mostValues) return;
    const error = tooManyValues(this.mostValues);
    this.end([error]);
    throw error;
  }

  /** Has what comes later put into its slot. Rows that wait for the same, as a hundred offers of five advertisers do, wait together. */
  private wait(promise: Promise<unknown>, slot: Slot): typeof pending {
    this.waiting += 1;
    const others = this.waitingFor.get(promise);
    if (others) {
      others.push(slot);
      return pending;
    }
    const slots = [slot];
    this.waitingFor.set(promise, slots);
    promise.then(
      (value) => this.arrive(promise, slots, (one) => one.put(this.complete(one, value))),
      (error) => this.arrive(promise, slots, (one) => this.lose(one, error)),
    );
    return pending;
  }

  private arrive(promise: Promise<unknown>, slots: readonly Slot[], fill: (slot: Slot) => void): void {
    this.waitingFor.delete(promise);
    for (const slot of slots) {
      if (this.ended) return;
      try {
        fill(slot);
      } catch (error) {
        this.lose(slot, error);
      }
    }
    this.waiting -= slots.length;
    if (this.waiting === 0) this.wake?.();
  }

  /** An error that came later: the nearest slot that may be null becomes so. */
  private lose(slot: Slot, error: unknown): void {
    if (this.ended) return;
    const located = this.located(slot, error);
    let at: Slot | undefined = slot;
    while (at?.typePlan.isNonNull) at = at.prev;
    if (at) {
      at.put(null);
      this.add(located, at);
    } else this.end([...this.errors, located]);
  }

  /** An error that came at once: who completes what is around the slot decides, where it may not be null. */
  private fail(slot: Slot, error: unknown): null {
    if (this.ended) throw error;
    const located = this.located(slot, error);
    if (slot.typePlan.isNonNull) throw located;
    this.add(located, slot);
    return null;
  }

  private located(slot: Slot, error: unknown): GraphQLError {
    return locatedError(error, slot.field.fieldNodes, responsePathAsArray(slot));
  }

  private add(error: GraphQLError, slot: Slot): void {
    for (let at: Slot | undefined = slot; at; at = at.prev) if (this.nulled.has(at)) return;
    this.nulled.add(slot);
    this.errors.push(error);
  }

  private fields(plans: readonly FieldPlan[], source: unknown, prev: Slot | undefined): Record<string, unknown> {
    this.count(plans[0]?.weight ?? 0);
    const results: Record<string, unknown> = {};
    for (const plan of plans) results[plan.name] = this.field(plan, source, new FieldSlot(plan, this.variables, prev, results));
    return results;
  }

  private field(plan: FieldPlan, source: unknown, slot: FieldSlot): unknown {
    try {
      const resolve = this.willResolveField ? hooked(this.willResolveField, plan.resolve) : plan.resolve;
      const found = resolve(source, this.argumentsFor(plan), this.context, slot);
      return this.completed(slot, found);
    } catch (error) {
      return this.fail(slot, error);
    }
  }

  private argumentsFor(plan: FieldPlan): Record<string, unknown> {
    const known = plan.fixedArguments() ?? this.argumentsOf.get(plan);
    if (known) return known;
    const made = plan.argumentsWith(this.variables);
    this.argumentsOf.set(plan, made);
    return made;
  }

  private completed(slot: Slot, found: unknown): unknown {
    return isPromise(found) ? this.wait(found, slot) : this.complete(slot, found);
  }

  private complete(slot: Slot, value: unknown): unknown {
    if (value instanceof Error) throw value;
    const { field, typePlan: plan } = slot;
    if (value === null || value === undefined) {
      if (!plan.isNonNull) return null;
      throw new Error(`Cannot return null for non-nullable field ${field.parentType.name}.${field.fieldName}.`);
    }
    switch (plan.kind) {
      case "leaf":
        return this.leaf(plan, value);
      case "list":
        return this.list(slot, value);
      case "abstract":
        return this.abstract(slot, value);
      default:
        return this.fields(field.fieldPlan.below(plan.type as GraphQLObjectType), value, slot);
    }
  }

  private leaf({ type }: TypePlan, value: unknown): unknown {
    const found = isLeafType(type) ? type.serialize(value) : undefined;
    if (found !== undefined && found !== null) return found;
    throw new Error(`Expected \`${type}.serialize\` to return a value, returned: ${found}`);
  }

  private list(slot: Slot, value: unknown): unknown[] {
    const { field } = slot;
    if (typeof value !== "object" || value === null || !(Symbol.iterator in value)) {
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${field.parentType.name}.${field.fieldName}".`);
    }
    const values = Array.isArray(value) ? value : [...(value as Iterable<unknown>)];
    this.count(values.length);
    const items: unknown[] = [];
    for (let index = 0; index < values.length; index += 1) {
      const item = new ItemSlot(field, slot, slot.typePlan.item ?? missing, index, items);
      items.push(this.item(item, values[index]));
    }
    return items;
  }

  private item(slot: ItemSlot, value: unknown): unknown {
    try {
      return this.completed(slot, value);
    } catch (error) {
      return this.fail(slot, error);
    }
  }

  /** Types are told at once: no schema of ours tells one by a promise. */
  private abstract(slot: Slot, value: unknown): unknown {
    const { field, typePlan } = slot;
    const { type } = typePlan;
    if (!isAbstractType(type)) throw new Error(`${type} is no abstract type.`);
    const name: unknown = (type.resolveType ?? defaultTypeResolver)(value, this.context, field, type);
    const found = typeof name === "string" ? field.schema.getType(name) : undefined;
    if (isObjectType(found) && field.schema.isSubType(type, found)) {
      return this.fields(field.fieldPlan.below(found), value, slot);
    }
    const at = isObjectType(found)
      ? `Runtime Object type "${found.name}" is not a possible type for "${type.name}".`
      : `Abstract type "${type.name}" was resolved to ${quoted(name)} at ${field.parentType.name}.${field.fieldName}, which is no object type.`;
    throw new GraphQLError(at, { nodes: field.fieldNodes });
  }
}
