import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import { itemsIn, itemsPath } from "../graph/mutation/size.js";
import { type FieldCalls, type FieldCost, fieldCosts } from "./field-cost.js";

/** What an operation may come to at the most, known before it runs. */
export interface Cost {
  depth: number;
  aliases: number;
  directives: number;
  fields: number;
  /** Things that its mutations change. */
  items: number;
  /** The arguments that name them, where there are many. */
  itemLists: string[];
  /** Rows that it may read. */
  rows: number;
  /** REST calls that it may make. */
  calls: number;
  /** Rows and calls in one number: a call weighs as many rows as its field's `@cost` says. */
  total: number;
}

/** A document of fragments that name each other may unfold without end; past this it is refused anyway. */
export const mostFields = 20_000;

/** So many ids a mutation looks up in one list call, before it changes what they stand for. */
const idsLookedUp = 200;

/** No list is longer; the same is refused when it is asked for. */
const mostRows = 10_000;

type Variables = Readonly<Record<string, unknown>>;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Where in an operation a selection stands. */
interface Place {
  parent: GraphQLNamedType;
  /** How many rows of the parent there may be. */
  rows: number;
  depth: number;
  /** The fields of the parent that have more rows than it, and how many: the nodes of a connection. */
  sized?: { fields: ReadonlySet<string>; size: number };
  /** The operations that are called for these rows already, with their arguments; fields that share one add none. */
  called: Set<string>;
}

class Reckoning {
  readonly cost: Cost = { depth: 0, aliases: 0, directives: 0, fields: 0, items: 0, itemLists: [], rows: 0, calls: 0, total: 0 };
  /** The variables that the cost depends on. */
  readonly uses = new Set<string>();
  private readonly calledOnce = new Set<string>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly costOf: ReturnType<typeof fieldCosts>,
    private readonly fragments: Fragments,
    private readonly variables: Variables,
  ) {}

  visit(set: SelectionSetNode, place: Place): void {
    for (const node of set.selections) {
      if (this.cost.fields > mostFields) return;
      this.cost.fields += 1;
      this.cost.directives += node.directives?.length ?? 0;
      if (node.kind === Kind.FIELD) this.visitField(node, place);
      else {
        const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(node.name.value) : node;
        const on = fragment?.typeCondition ? this.schema.getType(fragment.typeCondition.name.value) : place.parent;
        if (fragment && on) this.visit(fragment.selectionSet, { ...place, parent: on });
      }
    }
  }

  private visitField(node: FieldNode, place: Place): void {
    const { parent, depth } = place;
    this.cost.depth = Math.max(this.cost.depth, depth);
    if (node.alias) this.cost.aliases += 1;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (!field) {
      // Introspection costs no rows, but its shape counts.
      if (node.selectionSet) this.visitPlain(node.selectionSet, depth + 1);
      return;
    }
    const facts = this.costOf(field, parent);
    if (parent === this.schema.getMutationType()) {
      this.visitMutation(node, field, facts, place);
      return;
    }
    const size = this.sizeOf(node, facts);
    const rows = place.sized?.fields.has(node.name.value) ? place.rows * place.sized.size : place.rows;
    const args = node.arguments?.length ? node.arguments.map((one) => print(one)).join() : "";
    for (const calls of facts.calls) this.addCalls(calls, facts, place, size, args);
    const isConnection = facts.size !== undefined && facts.size.fields.size > 0;
    this.addRows(rows * (size ?? 0));
    if (!node.selectionSet) return;
    this.visit(node.selectionSet, {
      parent: facts.type,
      rows: size === undefined || isConnection ? rows : rows * size,
      depth: depth + 1,
      sized: facts.size && isConnection ? { fields: facts.size.fields, size: size ?? 0 } : undefined,
      called: new Set(),
    });
  }

  /** What a mutation is about is counted from its input: a REST call for each item at the most, and what is looked up before. */
  private visitMutation(node: FieldNode, field: GraphQLField<unknown, unknown>, { type, weight }: FieldCost, place: Place): void {
    const { input } = getArgumentValues(field, node, this.variables);
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
    this.visit(node.selectionSet, { parent: type, rows: place.rows, depth: place.depth + 1, sized, called: new Set() });
  }

  /** How many rows a field's list may have; undefined where it has none that count. */
  private sizeOf(node: FieldNode, { size }: FieldCost): number | undefined {
    if (!size) return undefined;
    const said = size.by.flatMap((name) => this.intOf(node.arguments?.find((one) => one.name.value === name)?.value) ?? []);
    return Math.max(0, Math.min(said[0] ?? size.assumed, mostRows));
  }

  private intOf(value: ValueNode | undefined): number | undefined {
    if (value?.kind === Kind.INT) return Number(value.value);
    if (value?.kind !== Kind.VARIABLE) return undefined;
    this.uses.add(value.name.value);
    const given = this.variables[value.name.value];
    return typeof given === "number" ? given : undefined;
  }

  private addRows(rows: number): void {
    this.cost.rows += rows;
    this.cost.total += rows;
  }

  private addCalls(calls: FieldCalls, { size: sized, weight }: FieldCost, place: Place, size = 1, args = ""): void {
    const { growth, operation, rowsPerCall, ofItems } = calls;
    const isPaged = sized !== undefined && sized.by.length > 0;
    if (operation && growth === "OPERATION") {
      if (this.calledOnce.has(operation)) return;
      this.calledOnce.add(operation);
    } else if (operation && !isPaged) {
      const call = `${operation} ${args}`;
      if (place.called.has(call)) return;
      place.called.add(call);
    }
    const rows = ofItems ? place.rows * size : place.rows;
    const pages = isPaged && !ofItems ? Math.ceil(size / rowsPerCall) : 1;
    const made = growth === "OPERATION" ? 1 : growth === "BATCH" ? Math.ceil(rows / rowsPerCall) : rows * pages;
    this.cost.calls += made;
    this.cost.total += made * weight;
  }

  private visitPlain(set: SelectionSetNode, depth: number): void {
    this.cost.depth = Math.max(this.cost.depth, depth);
    for (const node of set.selections) {
      if (this.cost.fields > mostFields) return;
      this.cost.fields += 1;
      this.cost.directives += node.directives?.length ?? 0;
      if (node.kind === Kind.FIELD && node.alias) this.cost.aliases += 1;
      const inner = node.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(node.name.value)?.selectionSet : node.selectionSet;
      if (inner) this.visitPlain(inner, node.kind === Kind.FIELD ? depth + 1 : depth);
    }
  }
}

/** The costs of one operation by the values of the variables that matter; a caller may send any number of values. */
interface Reckoned {
  uses: readonly string[];
  costs: LRUCache<string, Cost>;
}

const costsRemembered = 100;

/** Reckons the cost of operations over a schema, each once for each set of the variables that matter. `variables` are coerced, defaults and all. */
export const costReader = (schema: GraphQLSchema) => {
  const costOf = fieldCosts(schema);
  const reckoned = new WeakMap<OperationDefinitionNode, Reckoned>();
  const keyOf = (uses: readonly string[], variables: Variables) => JSON.stringify(uses.map((name) => variables[name] ?? null));

  return (operation: OperationDefinitionNode, fragmentsOf: () => Fragments, variables: Variables = {}): Cost => {
    const reckon = () => {
      const reckoning = new Reckoning(schema, costOf, fragmentsOf(), variables);
      const root = operation.operation === "mutation" ? schema.getMutationType() : schema.getQueryType();
      if (root) reckoning.visit(operation.selectionSet, { parent: root, rows: 1, depth: 1, called: new Set() });
      return reckoning;
    };
    // An input has more values than are worth remembering.
    if (operation.operation === "mutation") return reckon().cost;
    const before = reckoned.get(operation);
    const found = before?.costs.get(keyOf(before.uses, variables));
    if (found) return found;
    const reckoning = reckon();
    const uses = [...reckoning.uses];
    const costs = before?.costs ?? new LRUCache<string, Cost>({ max: costsRemembered });
    costs.set(keyOf(uses, variables), reckoning.cost);
    reckoned.set(operation, { uses, costs });
    return reckoning.cost;
  };
};
