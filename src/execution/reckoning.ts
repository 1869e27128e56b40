import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  Kind,
  print,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { mostWhole } from "../affise/list/whole-list.js";
import { itemsIn, itemsPath } from "../graph/mutation/size.js";
import { ArgumentWeights } from "./argument-weight.js";
import type { FieldCalls, FieldCost, fieldCosts } from "./field-cost.js";
import { type Fragments, fieldOn, opened } from "./fragments.js";
import { givenTo, isGiven, isGivenAt } from "./given.js";
import { ListShares, type NamedPlace } from "./list-share.js";
import { type Cost, noCost } from "./operation-cost.js";
import type { Variables } from "./variables.js";
import { readsWhole } from "./whole-read.js";

/** A document of fragments that name each other may unfold without end; past this it is refused anyway. */
export const mostFields = 20_000;

/** So many ids a mutation looks up in one list call, before it changes what they stand for. */
const idsLookedUp = 200;

/** No list is longer; the same is refused when it is asked for. */
const mostRows = 10_000;

/** The most that there may be to read in the arguments of all fields, twice what variables may hold; past this it is refused anyway. */
export const mostGiven = 200_000;

/** An argument with less to read takes no time worth a count. */
const leastGiven = 20;

/** A name of so many letters weighs as much as a value. No field of the schema has a longer one; an alias may. */
const lettersPerValue = 40;

/** How many values a field counts for under this name. */
export const valuesOfName = (name: string): number => Math.ceil(name.length / lettersPerValue);

/** Where in an operation a selection stands. */
export interface Place extends NamedPlace {
  parent: GraphQLNamedType;
  /** How many rows of the parent there may be. */
  rows: number;
  /** How often it stands in the answer, the items of all lists counted. */
  times: number;
  depth: number;
  /** The fields of the parent that have more rows than it, and how many: the nodes of a connection. */
  sized?: { fields: ReadonlySet<string>; size: number };
  /** The operations that are called for these rows already, with their arguments; fields that share one add none. */
  called: Set<string>;
  /** What stands below the fields that were met, by type and name in the answer: the same field again is merged with them. */
  met: Map<string, Place>;
}

/** Adds up what an operation may come to, for one set of coerced variables. */
export class Reckoning {
  readonly cost = noCost();
  /** The variables that the cost depends on. */
  readonly uses = new Set<string>();
  private readonly calledOnce = new Set<string>();
  private readonly weights: ArgumentWeights;
  private readonly fixed = { calls: 0, total: 0 };
  private readonly lists = new ListShares();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly costOf: ReturnType<typeof fieldCosts>,
    private readonly fragments: Fragments,
    private readonly variables: Variables,
  ) {
    this.weights = new ArgumentWeights(variables);
  }

  /** The variables of whose values the cost depends on how much there is to read. */
  get weighed(): Iterable<string> {
    return this.weights.names;
  }

  /** The cost, once all is visited. It may be kept for long, so it holds on to no place. */
  finished(): Cost {
    return { ...this.cost, lists: this.lists.longest() };
  }

  visit(set: SelectionSetNode, place: Place): void {
    for (const node of set.selections) {
      if (this.cost.fields > mostFields) return;
      this.cost.fields += 1;
      this.cost.directives += node.directives?.length ?? 0;
      if (node.kind === Kind.FIELD) this.visitField(node, place);
      else {
        const fragment = opened(node, this.fragments);
        const on = fragment?.typeCondition ? this.schema.getType(fragment.typeCondition.name.value) : place.parent;
        if (fragment && on) this.visit(fragment.selectionSet, { ...place, parent: on });
      }
    }
  }

  private visitField(node: FieldNode, place: Place): void {
    const { parent, depth } = place;
    this.cost.depth = Math.max(this.cost.depth, depth);
    if (node.alias) this.cost.aliases += 1;
    const field = fieldOn(parent, node.name.value);
    const name = node.alias?.value ?? node.name.value;
    const key = `${parent.name} ${name}`;
    if (!field) {
      // Introspection costs no rows, but its shape counts, and `__typename` is a value in each row.
      if (!place.met.has(key)) this.cost.values += place.times * valuesOfName(name);
      place.met.set(key, place);
      if (node.selectionSet) this.visitPlain(node.selectionSet, depth + 1);
      return;
    }
    const facts = this.costOf(field, parent);
    if (parent === this.schema.getMutationType()) {
      this.visitMutation(node, field, facts, place);
      return;
    }
    const before = this.held();
    const below = place.met.get(key) ?? this.enter(node, facts, place, name);
    place.met.set(key, below);
    if (node.selectionSet) this.visit(node.selectionSet, below);
    const { by = [] } = facts.size ?? {};
    const argument = by.find((one) => this.isGiven(node, one)) ?? by[0];
    if (argument === undefined) return;
    const now = this.held();
    this.lists.add(below, argument, this.sizeOf(node, facts) ?? 0, {
      values: now.values - before.values,
      total: now.total - before.total,
      calls: now.calls - before.calls,
      fixedCalls: now.fixedCalls - before.fixedCalls,
      fixedTotal: now.fixedTotal - before.fixedTotal,
    });
  }

  private addGiven({ arguments: args = [] }: FieldNode, times: number): void {
    for (const { value } of args) {
      const weight = this.weights.of(value);
      if (weight >= leastGiven) this.cost.given += times * weight;
    }
  }

  private held() {
    const { values, total, calls } = this.cost;
    return { values, total, calls, fixedCalls: this.fixed.calls, fixedTotal: this.fixed.total };
  }

  /** Counts a field that was not met before, and gives what stands below it. */
  private enter(node: FieldNode, facts: FieldCost, place: Place, name: string): Place {
    this.addGiven(node, place.times);
    const size = this.sizeOf(node, facts);
    const isSized = place.sized?.fields.has(node.name.value) ?? false;
    const inside = isSized ? (place.sized?.size ?? 1) : 1;
    const rows = place.rows * inside;
    const args = node.arguments?.length ? node.arguments.map((one) => print(one)).join() : "";
    const isWhole = readsWhole(node, facts.wholeArguments, this.variables, this.uses);
    for (const calls of facts.calls) {
      if (calls.withArgument && !isGivenAt(node, calls.withArgument, this.variables, this.uses)) continue;
      const pages = isWhole ? Math.ceil(mostWhole / calls.rowsPerCall) : this.pagesOf(node, size ?? 1, calls.rowsPerCall);
      this.addCalls(calls, facts, place, { size: isWhole ? mostWhole : (size ?? 1), pages, isWhole, args });
    }
    const isConnection = facts.size !== undefined && facts.size.fields.size > 0;
    this.addRows(rows * (size ?? 0));
    // A list that says nothing of its length counts as one item: a whole row has about as many empty ones as long ones.
    const items = isSized ? inside : (facts.isList && size) || 1;
    this.cost.values += place.times * valuesOfName(name);
    if (facts.isList) this.cost.values += place.times * items;
    return {
      parent: facts.type,
      name,
      above: place,
      rows: size === undefined || isConnection ? rows : rows * size,
      times: place.times * items,
      depth: place.depth + 1,
      sized: facts.size && isConnection ? { fields: facts.size.fields, size: size ?? 0 } : undefined,
      called: new Set(),
      met: new Map(),
    };
  }

  /** What a mutation is about is counted from its input: a REST call for each item at the most, and what is looked up before. */
  private visitMutation(node: FieldNode, field: GraphQLField<unknown, unknown>, { type, weight }: FieldCost, place: Place): void {
    this.addGiven(node, 1);
    if (this.cost.given > mostGiven) return;
    const { input } = givenTo(field, node, this.variables);
    const inputType = field.args[0] && getNamedType(field.args[0].type);
    const items = isInputObjectType(inputType) ? itemsIn(inputType, input as Record<string, unknown>) : 1;
    if (isInputObjectType(inputType) && items > 1) this.cost.itemLists.push(itemsPath(inputType));
    this.cost.items += items;
    const calls = 1 + items + Math.ceil(items / idsLookedUp);
    this.cost.calls += calls;
    this.cost.total += calls * weight;
    if (!node.selectionSet) return;
    const lists = isObjectType(type)
      ? Object.values(type.getFields()).filter((one) => isListType(getNullableType(one.type)))
      : [];
    const sized = { fields: new Set(lists.map(({ name }) => name)), size: items };
    this.visit(node.selectionSet, {
      parent: type,
      name: node.alias?.value ?? node.name.value,
      rows: place.rows,
      times: place.times,
      depth: place.depth + 1,
      sized,
      called: new Set(),
      met: new Map(),
    });
  }

  /** How many rows a field's list may have; undefined where it has none that count. */
  private sizeOf(node: FieldNode, { size }: FieldCost): number | undefined {
    if (!size) return undefined;
    const said = size.by.flatMap((name) => this.intOf(node.arguments?.find((one) => one.name.value === name)?.value) ?? []);
    return Math.max(0, Math.min(said[0] ?? size.assumed, mostRows));
  }

  /** In how many pages a list is read. From its end they seldom begin where the rows do, and one more may tell where it ends. */
  private pagesOf(node: FieldNode, size: number, rowsPerCall: number): number {
    const pages = Math.ceil(size / rowsPerCall);
    if (!this.isGiven(node, "last")) return pages;
    return pages + Number(size > rowsPerCall / 2) + Number(!this.isGiven(node, "before"));
  }

  private isGiven({ arguments: args }: FieldNode, argument: string): boolean {
    return isGiven(args, argument, this.variables, this.uses);
  }

  /** How many rows an argument asks for: as many as it says, or as it lists. */
  private intOf(value: ValueNode | undefined): number | undefined {
    if (value?.kind === Kind.INT) return Number(value.value);
    if (value?.kind === Kind.LIST) return value.values.length;
    if (value?.kind !== Kind.VARIABLE) return undefined;
    this.uses.add(value.name.value);
    const given = this.variables[value.name.value];
    return typeof given === "number" ? given : Array.isArray(given) ? given.length : undefined;
  }

  private addRows(rows: number): void {
    this.cost.rows += rows;
    this.cost.total += rows;
  }

  private addCalls(
    calls: FieldCalls,
    { size: sized, weight }: FieldCost,
    place: Place,
    asked: { size: number; pages: number; isWhole: boolean; args: string },
  ): void {
    const { growth, operation, rowsPerCall, ofItems } = calls;
    const isPaged = sized !== undefined && sized.by.length > 0;
    if (operation && growth === "OPERATION") {
      if (this.calledOnce.has(operation)) return;
      this.calledOnce.add(operation);
    } else if (operation && !isPaged) {
      const call = `${operation} ${asked.args}`;
      if (place.called.has(call)) return;
      place.called.add(call);
    }
    const rows = ofItems ? place.rows * asked.size : place.rows;
    const pages = isPaged && !ofItems ? asked.pages : 1;
    const made = growth === "OPERATION" ? 1 : growth === "BATCH" ? Math.ceil(rows / rowsPerCall) : rows * pages;
    this.cost.calls += made;
    if (operation) this.cost.operations.set(operation, (this.cost.operations.get(operation) ?? 0) + made);
    this.cost.total += made * weight;
    const fixed = asked.isWhole ? made : growth !== "ROW" ? 1 : pages > 1 ? place.rows : 0;
    this.fixed.calls += fixed;
    this.fixed.total += fixed * weight;
  }

  private visitPlain(set: SelectionSetNode, depth: number): void {
    this.cost.depth = Math.max(this.cost.depth, depth);
    for (const node of set.selections) {
      if (this.cost.fields > mostFields) return;
      this.cost.fields += 1;
      this.cost.directives += node.directives?.length ?? 0;
      if (node.kind === Kind.FIELD && node.alias) this.cost.aliases += 1;
      const inner = opened(node, this.fragments)?.selectionSet;
      if (inner) this.visitPlain(inner, node.kind === Kind.FIELD ? depth + 1 : depth);
    }
  }
}
