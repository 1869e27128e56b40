import type { GraphQLResolveInfo } from "graphql";
import type { Path } from "graphql/jsutils/Path.js";
import type { FieldPlan, TypePlan } from "./plan.js";
import type { Variables } from "./variables.js";

/** A place in the answer, which is its own path: what may stand there, and in whose place it is. */
export interface Slot extends Path {
  readonly prev: Slot | undefined;
  readonly typePlan: TypePlan;
  /** The field whose value this is, or is part of. */
  readonly field: FieldSlot;
  put(value: unknown): void;
}

/** A field's place, and what its resolver may ask about it. Hardly any does, so it is worked out when asked. */
export class FieldSlot implements Slot, GraphQLResolveInfo {
  constructor(
    readonly fieldPlan: FieldPlan,
    readonly variableValues: Variables,
    readonly prev: Slot | undefined,
    private readonly object: Record<string, unknown>,
  ) {}

  put(value: unknown): void {
    this.object[this.key] = value;
  }

  get key() {
    return this.fieldPlan.name;
  }
  get typename() {
    return this.fieldPlan.parentType.name;
  }
  get typePlan() {
    return this.fieldPlan.typePlan;
  }
  get field() {
    return this;
  }
  get path() {
    return this;
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
  get rootValue() {
    return undefined;
  }
}

/** The place of a list's item. */
export class ItemSlot implements Slot {
  constructor(
    readonly field: FieldSlot,
    readonly prev: Slot,
    readonly typePlan: TypePlan,
    readonly key: number,
    private readonly items: unknown[],
  ) {}

  get typename() {
    return undefined;
  }

  put(value: unknown): void {
    this.items[this.key] = value;
  }
}
