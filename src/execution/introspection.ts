import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  getIntrospectionQuery,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from "graphql";
import { type Fragments, fragmentsOf, opened } from "./fragments.js";
import { type Plugin, pluginOf } from "./plugin.js";
import { refusal } from "./refusal.js";
import { coercedVariables, type Variables } from "./variables.js";

/** So many times an operation may ask for `__schema`, `__type` and `_service`. */
const mostRoots = 20;

/** So many letters of a description, or of the whole SDL, count as one value. */
const lettersPerValue = 100;

/** The fields that answer with the schema; a subgraph's router has one of its own. */
const rootsOf = (schema: GraphQLSchema): Readonly<Record<string, GraphQLField<unknown, unknown> | undefined>> => ({
  __schema: SchemaMetaFieldDef,
  __type: TypeMetaFieldDef,
  _service: schema.getQueryType()?.getFields()._service,
});

/**
 * Counts the values that the introspection of an operation would answer, by asking graphql-js's own resolvers for the objects below each field.
 * Estimates will not do: one type has three fields, another has two hundred.
 */
class Pricing {
  price = 0;
  private asked = 0;
  private readonly fragments: Fragments;
  private readonly entries: ReturnType<typeof rootsOf>;

  /** More than `most` is not counted on. */
  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Variables,
    private readonly most: number,
  ) {
    this.entries = rootsOf(schema);
    this.fragments = fragmentsOf(document);
  }

  get isOver(): boolean {
    return this.price > this.most || this.asked > mostRoots;
  }

  roots(set: SelectionSetNode): void {
    for (const node of set.selections) {
      if (this.isOver) return;
      if (node.kind === Kind.FIELD) {
        const root = this.entries[node.name.value];
        if (root) this.asked += 1;
        if (root && node.selectionSet) {
          this.field(root, undefined, getArgumentValues(root, node, this.variables), node.selectionSet);
        }
        continue;
      }
      this.price += 1;
      const inner = opened(node, this.fragments)?.selectionSet;
      if (inner) this.roots(inner);
    }
  }

  /** Counts what stands below a field of an object. */
  private field(field: GraphQLField<unknown, unknown>, source: unknown, args: Variables, set: SelectionSetNode): void {
    const found = field.resolve?.(source, args, undefined, { schema: this.schema } as never);
    for (const object of Array.isArray(found) ? found : [found]) {
      if (this.isOver) return;
      if (object !== null && object !== undefined) this.visit(set, field, object);
    }
  }

  private visit(set: SelectionSetNode, field: GraphQLField<unknown, unknown>, object: unknown): void {
    const type = getNamedType(field.type);
    if (!isObjectType(type)) return;
    for (const node of set.selections) {
      if (this.isOver) return;
      this.price += 1;
      if (node.kind !== Kind.FIELD) {
        const inner = opened(node, this.fragments)?.selectionSet;
        if (inner) this.visit(inner, field, object);
        continue;
      }
      const below = node.selectionSet && type.getFields()[node.name.value];
      const text = (object as Record<string, unknown>)[node.name.value];
      if (typeof text === "string") this.price += Math.floor(text.length / lettersPerValue);
      if (below && node.selectionSet) this.field(below, object, { includeDeprecated: true }, node.selectionSet);
    }
  }
}

/** The whole introspection that tools ask for, with everything that graphql-js can ask. */
const wholeQuery = getIntrospectionQuery({
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
});

const selectionOf = ({ definitions }: DocumentNode) =>
  definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)?.selectionSet;

/** Refuses introspection that asks for much more than the whole schema once, which is what a tool needs. */
export const introspectionPlugin = (schema: GraphQLSchema): Plugin => {
  let most: number | undefined;
  const mostOf = (): number => {
    const whole = parse(wholeQuery);
    const once = new Pricing(schema, whole, {}, Number.POSITIVE_INFINITY);
    once.roots(selectionOf(whole) as SelectionSetNode);
    return Math.ceil(1.5 * once.price);
  };
  const known = new WeakSet<OperationDefinitionNode>();
  return pluginOf({
    didResolveOperation({ document, operation, request, source }) {
      if (!operation || known.has(operation) || !/\b(__schema|__type|_service)\b/.test(source)) return;
      const { coerced, errors } = coercedVariables(schema, operation, request.variables);
      // With such variables nothing runs; the executor says what is wrong with each.
      if (errors) return;
      most ??= mostOf();
      const pricing = new Pricing(schema, document, coerced, most);
      pricing.roots(operation.selectionSet);
      if (pricing.isOver) {
        const message = "This introspection asks for more than the whole schema once. Ask for it once, and for less of it.";
        throw refusal("QUERY_TOO_EXPENSIVE", message);
      }
      // Which type is asked for may hang on a variable.
      if (!operation.variableDefinitions?.length) known.add(operation);
    },
  });
};
