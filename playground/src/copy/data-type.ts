import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

const scalars: Record<string, string> = { Int: "number", Float: "number", Count: "number", Boolean: "boolean" };

interface Scope {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

interface Asked {
  name: string;
  sets: SelectionSetNode[];
  /** Left out where a directive says so. */
  maybe: boolean;
}

const fits = ({ schema }: Scope, type: GraphQLObjectType, condition: string | undefined): boolean => {
  const wanted = condition === undefined ? undefined : schema.getType(condition);
  return wanted === undefined || wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
};

/** The fields that a selection asks of one type, by the name they have in the answer. */
const askedOf = (scope: Scope, type: GraphQLObjectType, sets: readonly SelectionSetNode[], found = new Map<string, Asked>()) => {
  for (const { selections } of sets)
    for (const one of selections) {
      if (one.kind === Kind.FIELD) {
        const key = (one.alias ?? one.name).value;
        const asked = found.get(key) ?? { name: one.name.value, sets: [], maybe: Boolean(one.directives?.length) };
        if (one.selectionSet) asked.sets.push(one.selectionSet);
        found.set(key, asked);
        continue;
      }
      const fragment = one.kind === Kind.FRAGMENT_SPREAD ? scope.fragments.get(one.name.value) : one;
      if (fragment && fits(scope, type, fragment.typeCondition?.name.value)) askedOf(scope, type, [fragment.selectionSet], found);
    }
  return found;
};

const objectText = (scope: Scope, type: GraphQLObjectType, sets: readonly SelectionSetNode[], pad: string): string => {
  const lines = [...askedOf(scope, type, sets)].map(([key, { name, sets: inner, maybe }]) => {
    const field = type.getFields()[name];
    const text =
      name === "__typename" ? JSON.stringify(type.name) : field ? typeText(scope, field.type, inner, `${pad}  `) : "unknown";
    return `${pad}  ${key}${maybe ? "?" : ""}: ${text};\n`;
  });
  return `{\n${lines.join("")}${pad}}`;
};

const compositeText = (scope: Scope, type: GraphQLCompositeType, sets: readonly SelectionSetNode[], pad: string): string => {
  if (isObjectType(type)) return objectText(scope, type, sets, pad);
  return [...new Set(scope.schema.getPossibleTypes(type).map((one) => objectText(scope, one, sets, pad)))].join(" | ");
};

const bareText = (scope: Scope, type: GraphQLOutputType, sets: readonly SelectionSetNode[], pad: string): string => {
  if (isListType(type)) return `(${typeText(scope, type.ofType, sets, pad)})[]`;
  const named = getNamedType(type);
  if (isCompositeType(named)) return compositeText(scope, named, sets, pad);
  if (isEnumType(named))
    return named
      .getValues()
      .map(({ name }) => JSON.stringify(name))
      .join(" | ");
  return scalars[named.name] ?? "string";
};

const typeText = (scope: Scope, type: GraphQLOutputType, sets: readonly SelectionSetNode[], pad: string): string =>
  isNonNullType(type) ? bareText(scope, type.ofType, sets, pad) : `${bareText(scope, type, sets, pad)} | null`;

/** The data of an operation as a type of TypeScript. */
export const dataType = (schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): string => {
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])),
  );
  const root = schema.getRootType(operation.operation);
  return root ? objectText({ schema, fragments }, root, [operation.selectionSet], "") : "{ [field: string]: unknown }";
};
