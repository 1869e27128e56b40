import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { itemsIn, itemsPath } from "../graph/mutation/size.js";

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
  /** Rows and calls in one number: a call weighs ten rows. */
  total: number;
}

const weightOfCall = 10;
/** A list call of Affise gives so many rows at the most. */
const pageRows = 500;
/** So many ids travel in one list call. */
const idsPerCall = 200;
/** A document of fragments that name each other may unfold without end; past this it is refused anyway. */
export const mostFields = 20_000;

/** How a field's REST calls grow with the rows it stands under: none, one for all of them, one for each. */
type Growth = "none" | "shared" | "each";

interface FieldFacts {
  growth: Growth;
  /** Equal for the fields that one call answers together, such as all that only the single offer tells. */
  group?: string;
  paged: boolean;
  usual: number;
  type: GraphQLNamedType;
  isList: boolean;
}

const isEntity = (type: GraphQLNamedType) => (isObjectType(type) || isInterfaceType(type)) && "id" in type.getFields();

/**
 * The descriptions of the schema say what a field costs, in the same few words everywhere; so people and this server read the same thing.
 * An object with an id that says nothing comes by a loader, which merges.
 */
const growthOf = (
  field: GraphQLField<unknown, unknown>,
  type: GraphQLNamedType,
  parent: GraphQLNamedType,
  isRoot: boolean,
): Growth => {
  if (isRoot) return "each";
  if (/(Connection|Edge)$/.test(parent.name)) return "none";
  const about = (field.description ?? "").replaceAll(/\s+/g, " ");
  if (/REST calls? (for each (?!pair|page|set|\d)|each)/i.test(about)) return "each";
  if (/REST call/i.test(about) || isEntity(type)) return "shared";
  return "none";
};

const factsOf = (field: GraphQLField<unknown, unknown>, parent: GraphQLNamedType, isRoot: boolean): FieldFacts => {
  const type = getNamedType(field.type);
  const first = field.args.find(({ name }) => name === "first");
  const about = (field.description ?? "").replaceAll(/\s+/g, " ");
  const bare = isNonNullType(field.type) ? field.type.ofType : field.type;
  return {
    growth: growthOf(field, type, parent, isRoot),
    group: /Only the single (\w+) tells/.exec(about)?.[1],
    paged: first !== undefined,
    usual: typeof first?.defaultValue === "number" ? first.defaultValue : 50,
    type,
    isList: isListType(bare),
  };
};

interface Walk {
  cost: Cost;
  variables: Readonly<Record<string, unknown>>;
  /** The variables that the cost depends on. */
  uses: Set<string>;
}

const intOf = (value: ValueNode | undefined, walk: Walk): number | undefined => {
  if (value?.kind === Kind.INT) return Number(value.value);
  if (value?.kind !== Kind.VARIABLE) return undefined;
  walk.uses.add(value.name.value);
  const given = walk.variables[value.name.value];
  return typeof given === "number" ? given : undefined;
};

/** Reckons the cost of operations over a schema, each once for each set of the variables that matter. */
export const costReader = (schema: GraphQLSchema) => {
  const known = new WeakMap<GraphQLField<unknown, unknown>, FieldFacts>();
  const mutationType = schema.getMutationType();
  const roots = new Set<GraphQLNamedType | null | undefined>([schema.getQueryType(), mutationType]);

  const factsFor = (field: GraphQLField<unknown, unknown>, parent: GraphQLNamedType) => {
    const facts = known.get(field) ?? factsOf(field, parent, roots.has(parent));
    known.set(field, facts);
    return facts;
  };

  const reckon = (
    operation: OperationDefinitionNode,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    variables: Walk["variables"],
  ) => {
    const defaults = Object.fromEntries(
      (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
        defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
      ),
    );
    const cost: Cost = { depth: 0, aliases: 0, directives: 0, fields: 0, items: 0, itemLists: [], rows: 0, calls: 0, total: 0 };
    const walk: Walk = { cost, variables: { ...defaults, ...variables }, uses: new Set() };

    /** `rows` is how many parents there may be, `page` how many rows a list in this connection has. */
    const visit = (
      set: SelectionSetNode,
      parent: GraphQLNamedType,
      rows: number,
      page: number,
      depth: number,
      groups: Set<string>,
    ): void => {
      for (const node of set.selections) {
        if (cost.fields > mostFields) return;
        cost.fields += 1;
        cost.directives += node.directives?.length ?? 0;
        if (node.kind === Kind.FIELD) visitField(node, parent, rows, page, depth, groups);
        else {
          const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
          const on = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : parent;
          if (fragment && on) visit(fragment.selectionSet, on, rows, page, depth, groups);
        }
      }
    };

    const visitField = (
      node: FieldNode,
      parent: GraphQLNamedType,
      rows: number,
      page: number,
      depth: number,
      groups: Set<string>,
    ) => {
      cost.depth = Math.max(cost.depth, depth);
      if (node.alias) cost.aliases += 1;
      const name = node.name.value;
      const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
      if (!field) {
        // Introspection costs no rows, but its depth counts.
        if (node.selectionSet) visitPlain(node.selectionSet, depth + 1);
        return;
      }
      const facts = factsFor(field, parent);
      const first = facts.paged
        ? (intOf(node.arguments?.find(({ name }) => name.value === "first")?.value, walk) ?? facts.usual)
        : 0;
      const size = parent === mutationType ? itemsOf(field, node) : Math.max(0, Math.min(first, 10_000));
      addCalls(facts, rows, size, groups);
      if (facts.paged) cost.rows += rows * size;
      if (!node.selectionSet || !isCompositeType(facts.type)) return;
      const inside = facts.isList && page > 0 ? rows * page : facts.isList && facts.paged ? rows * size : rows;
      visit(node.selectionSet, facts.type, inside, facts.isList ? 0 : size, depth + 1, new Set());
    };

    /** What a mutation is about is counted from its input: a REST call for each item at the most, and what is looked up before. */
    const itemsOf = (field: GraphQLField<unknown, unknown>, node: FieldNode): number => {
      const { input } = getArgumentValues(field, node, walk.variables);
      const type = field.args[0] && getNamedType(field.args[0].type);
      const items = isInputObjectType(type) ? itemsIn(type, input as Record<string, unknown>) : 1;
      if (isInputObjectType(type) && items > 1) cost.itemLists.push(itemsPath(type));
      cost.items += items;
      cost.calls += items + Math.ceil(items / idsPerCall);
      return items;
    };

    const addCalls = ({ growth, group, paged }: FieldFacts, rows: number, size: number, groups: Set<string>) => {
      if (growth === "none" || (group && groups.has(group))) return;
      if (group) groups.add(group);
      const pages = paged ? Math.ceil(size / pageRows) : 1;
      cost.calls += (growth === "each" ? rows : Math.ceil(rows / idsPerCall)) * pages;
    };

    const visitPlain = (set: SelectionSetNode, depth: number): void => {
      cost.depth = Math.max(cost.depth, depth);
      for (const node of set.selections) {
        if (cost.fields > mostFields) return;
        cost.fields += 1;
        cost.directives += node.directives?.length ?? 0;
        if (node.kind === Kind.FIELD && node.alias) cost.aliases += 1;
        const inner = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value)?.selectionSet : node.selectionSet;
        if (inner) visitPlain(inner, node.kind === Kind.FIELD ? depth + 1 : depth);
      }
    };

    const root = operation.operation === "mutation" ? mutationType : schema.getQueryType();
    if (root) visit(operation.selectionSet, root, 1, 0, 1, new Set());
    cost.total = cost.rows + cost.calls * weightOfCall;
    return walk;
  };

  const reckoned = new WeakMap<OperationDefinitionNode, { uses: readonly string[]; costs: Map<string, Cost> }>();

  return (
    operation: OperationDefinitionNode,
    fragmentsOf: () => ReadonlyMap<string, FragmentDefinitionNode>,
    variables: Walk["variables"] = {},
  ): Cost => {
    if (operation.operation === "mutation") return reckon(operation, fragmentsOf(), variables).cost;
    const before = reckoned.get(operation);
    const at = before ? before.uses.map((name) => String(variables[name])).join() : "";
    const found = before?.costs.get(at);
    if (found) return found;
    const { cost, uses } = reckon(operation, fragmentsOf(), variables);
    const names = [...uses];
    const costs = before && before.costs.size < 100 ? before.costs : new Map<string, Cost>();
    costs.set(names.map((name) => String(variables[name])).join(), cost);
    reckoned.set(operation, { uses: names, costs });
    return cost;
  };
};
