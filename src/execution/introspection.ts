import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from "graphql";
import type { Listener, Plugin } from "./plugin.js";

/** How many objects each list of introspection has. */
type Sizes = Readonly<Record<string, number>>;

const average = (counts: readonly number[]) =>
  counts.length ? Math.ceil(counts.reduce((sum, count) => sum + count, 0) / counts.length) : 0;

const sizesOf = (schema: GraphQLSchema): Sizes => {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type) => (isObjectType(type) || isInterfaceType(type) ? [Object.values(type.getFields())] : []));
  return {
    types: types.length,
    fields: average(fields.map(({ length }) => length)),
    args: average(fields.flat().map(({ args }) => args.length)),
    inputFields: average(types.filter(isInputObjectType).map((type) => Object.keys(type.getFields()).length)),
    enumValues: average(types.filter(isEnumType).map((type) => type.getValues().length)),
    interfaces: 1,
    possibleTypes: 3,
    directives: schema.getDirectives().length,
  };
};

/** So many times an operation may ask for `__schema` and `__type`. */
const mostRoots = 20;

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** How many values the introspection of an operation may answer; more than `most` is not counted on. */
const pricer = (sizes: Sizes) => (operation: OperationDefinitionNode, fragments: Fragments, most: number) => {
  let price = 0;
  let asked = 0;
  const visit = (set: SelectionSetNode, parents: number): void => {
    for (const node of set.selections) {
      if (price > most) return;
      const inner = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value)?.selectionSet : node.selectionSet;
      if (node.kind !== Kind.FIELD) {
        price += 1;
        if (inner) visit(inner, parents);
        continue;
      }
      const rows = parents * (sizes[node.name.value] ?? 1);
      price += rows;
      if (inner) visit(inner, rows);
    }
  };
  const roots = (set: SelectionSetNode): void => {
    for (const node of set.selections) {
      if (price > most) return;
      if (node.kind === Kind.FIELD) {
        const isMeta = node.name.value === "__schema" || node.name.value === "__type";
        if (isMeta) asked += 1;
        if (isMeta && node.selectionSet) visit(node.selectionSet, 1);
        continue;
      }
      price += 1;
      const inner = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value)?.selectionSet : node.selectionSet;
      if (inner) roots(inner);
    }
  };
  roots(operation.selectionSet);
  return asked > mostRoots ? Number.POSITIVE_INFINITY : price;
};

const fragmentsOf = ({ definitions }: DocumentNode): Fragments =>
  new Map(definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])));

/** The whole introspection that tools ask for, with everything that graphql-js can ask. */
const wholeQuery = getIntrospectionQuery({
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
});

/** Refuses introspection that asks for much more than the whole schema once, which is what a tool needs. */
export const introspectionPlugin = (schema: GraphQLSchema): Plugin => {
  const price = pricer(sizesOf(schema));
  const whole = parse(wholeQuery);
  const [definition] = whole.definitions;
  const once =
    definition?.kind === Kind.OPERATION_DEFINITION ? price(definition, fragmentsOf(whole), Number.POSITIVE_INFINITY) : 0;
  const most = Math.ceil(1.5 * once);
  const known = new WeakSet<OperationDefinitionNode>();
  const listener: Listener = {
    didResolveOperation({ document, operation }) {
      if (!operation || known.has(operation)) return;
      if (price(operation, fragmentsOf(document), most) > most) {
        throw new GraphQLError(
          "This introspection asks for more than the whole schema once. Ask for it once, and for less of it.",
          {
            extensions: { code: "QUERY_TOO_EXPENSIVE", http: { status: 400 } },
          },
        );
      }
      known.add(operation);
    },
  };
  return { requestDidStart: () => listener };
};
