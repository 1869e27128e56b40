import {
  type DocumentNode,
  defaultFieldResolver,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type ValueNode,
} from "graphql";
import { collectFields, collectSubfields } from "graphql/execution/collectFields.js";
import { memoized } from "../contract/memoized.js";
import { valuesOfName } from "./reckoning.js";
import type { Variables } from "./variables.js";

/** A type as completing a value needs it: what it is, once looked at. */
export interface TypePlan {
  kind: "leaf" | "list" | "abstract" | "object";
  isNonNull: boolean;
  /** Without its non-null. */
  type: GraphQLOutputType;
  /** Of a list. */
  item?: TypePlan;
}

const typePlanOf: (type: GraphQLOutputType) => TypePlan = memoized((whole) => {
  const isNonNull = isNonNullType(whole);
  const type = isNonNull ? whole.ofType : whole;
  const kind = isListType(type) ? "list" : isLeafType(type) ? "leaf" : isAbstractType(type) ? "abstract" : "object";
  return { kind, isNonNull, type, item: isListType(type) ? typePlanOf(type.ofType) : undefined };
});

const fieldOf = (schema: GraphQLSchema, parent: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined => {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (parent === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return parent.getFields()[name];
};

const noArguments: Record<string, unknown> = Object.freeze({});

const usesVariables = (value: ValueNode): boolean => {
  if (value.kind === Kind.LIST) return value.values.some(usesVariables);
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => usesVariables(field.value));
  return value.kind === Kind.VARIABLE;
};

/** One field of an answer: how it is resolved and completed, and what is selected below it for each type that may turn up. */
export class FieldPlan {
  readonly typePlan: TypePlan;
  /** What the selection that begins with this field weighs, in values; 0 where it begins none. */
  weight = 0;
  readonly resolve: NonNullable<GraphQLField<unknown, unknown>["resolve"]>;
  /** The arguments, where no variable is in them. */
  private fixed: Record<string, unknown> | undefined;
  private readonly isFixed: boolean;
  private readonly selections = new Map<GraphQLObjectType, readonly FieldPlan[]>();

  constructor(
    readonly plan: Plan,
    readonly name: string,
    readonly nodes: readonly FieldNode[],
    readonly parentType: GraphQLObjectType,
    readonly field: GraphQLField<unknown, unknown>,
  ) {
    this.typePlan = typePlanOf(field.type);
    this.resolve = field.resolve ?? defaultFieldResolver;
    const [first] = nodes;
    this.isFixed = !first?.arguments?.some(({ value }) => usesVariables(value));
    if (field.args.length === 0) this.fixed = noArguments;
  }

  /** The arguments that hold for every run of the plan; undefined where variables are in them. */
  fixedArguments(): Record<string, unknown> | undefined {
    if (!this.fixed && this.isFixed) this.fixed = Object.freeze(this.argumentsWith({}));
    return this.fixed;
  }

  /** Throws GraphQLError where an argument is missing. */
  argumentsWith(variables: Variables): Record<string, unknown> {
    const [first] = this.nodes;
    return first ? getArgumentValues(this.field, first, variables) : noArguments;
  }

  /** What is selected below this field where the object is of this type. */
  below(type: GraphQLObjectType): readonly FieldPlan[] {
    let found = this.selections.get(type);
    if (!found) {
      found = this.plan.select(type, this.nodes);
      this.selections.set(type, found);
    }
    return found;
  }
}

/** An operation under one setting of the variables that its @skip and @include ask for. */
export class Plan {
  /** How many fields were planned so far. */
  size = 0;
  readonly root: readonly FieldPlan[];

  constructor(
    readonly schema: GraphQLSchema,
    readonly operation: OperationDefinitionNode,
    readonly fragments: Record<string, FragmentDefinitionNode>,
    private readonly conditions: Record<string, unknown>,
    rootType: GraphQLObjectType,
  ) {
    this.root = this.planned(rootType, collectFields(schema, fragments, conditions, rootType, operation.selectionSet));
  }

  select(type: GraphQLObjectType, nodes: readonly FieldNode[]): readonly FieldPlan[] {
    return this.planned(type, collectSubfields(this.schema, this.fragments, this.conditions, type, [...nodes]));
  }

  /** Plans all that is selected, down to the last field, instead of what is met as it is met. */
  fill(fields: readonly FieldPlan[] = this.root): void {
    for (const field of fields) {
      const named = getNamedType(field.field.type);
      const types = isAbstractType(named) ? this.schema.getPossibleTypes(named) : isObjectType(named) ? [named] : [];
      for (const type of types) this.fill(field.below(type));
    }
  }

  private planned(type: GraphQLObjectType, collected: ReadonlyMap<string, readonly FieldNode[]>): readonly FieldPlan[] {
    const plans: FieldPlan[] = [];
    for (const [name, nodes] of collected) {
      const field = fieldOf(this.schema, type, nodes[0]?.name.value ?? "");
      if (field) plans.push(new FieldPlan(this, name, nodes, type, field));
    }
    this.size += plans.length;
    const [first] = plans;
    if (first) first.weight = plans.reduce((sum, { name }) => sum + valuesOfName(name), 0);
    return plans;
  }
}

/** More settings of its conditions than that are not remembered of an operation. */
const mostSettings = 16;

/** The plans of one operation, one for each setting of its conditions that was met. */
export class OperationPlan {
  private readonly plans = new Map<string, Plan>();
  private readonly fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  private readonly conditions = new Set<string>();
  /** A response name that an ordinary object cannot have as a key. */
  hasOddName = false;

  constructor(
    private readonly schema: GraphQLSchema,
    readonly document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments[definition.name.value] = definition;
      if ("selectionSet" in definition) this.look(definition.selectionSet);
    }
  }

  /** Finds the variables of all conditions, and odd names. */
  private look({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      for (const { name, arguments: args = [] } of selection.directives ?? []) {
        if (name.value !== "skip" && name.value !== "include") continue;
        for (const { value } of args) if (value.kind === Kind.VARIABLE) this.conditions.add(value.name.value);
      }
      if (selection.kind === Kind.FIELD && selection.alias?.value === "__proto__") this.hasOddName = true;
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) this.look(selection.selectionSet);
    }
  }

  /** Whether what is selected hangs on variables. */
  get hasConditions(): boolean {
    return this.conditions.size > 0;
  }

  get size(): number {
    let size = 1;
    for (const plan of this.plans.values()) size += plan.size;
    return size;
  }

  /** The plan for these variables. Throws GraphQLError where a condition at the root cannot be read. */
  for(rootType: GraphQLObjectType, variables: Variables): Plan {
    const names = [...this.conditions].filter((name) => Object.hasOwn(variables, name));
    const setting = names.map((name) => `${name}=${variables[name]}`).join();
    const known = this.plans.get(setting);
    if (known) return known;
    const conditions = Object.fromEntries(names.map((name) => [name, variables[name]]));
    const plan = new Plan(this.schema, this.operation, this.fragments, conditions, rootType);
    if (this.plans.size < mostSettings) this.plans.set(setting, plan);
    return plan;
  }
}
