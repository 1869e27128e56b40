import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
  validate,
} from "graphql";

/** The lists that an answer will have, by where they stand in it, and the columns that was asked for in each. */
export type AnswerLists = ReadonlyMap<string, readonly string[]>;

interface Chosen {
  name: string;
  type: GraphQLOutputType;
  set?: SelectionSetNode;
}

/** Reads an operation's selections as its answer will have them: by alias, fragments opened. */
class Selections {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
  ) {
    this.fragments = new Map(
      definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])),
    );
  }

  private in(type: GraphQLNamedType | undefined, set: SelectionSetNode | undefined): Chosen[] {
    return (set?.selections ?? []).flatMap((one) => {
      if (one.kind === Kind.FIELD) {
        const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
        const field = one.name.value === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : fields[one.name.value];
        return field ? [{ name: (one.alias ?? one.name).value, type: field.type, set: one.selectionSet }] : [];
      }
      const fragment = one.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(one.name.value) : one;
      const condition = fragment?.typeCondition;
      return this.in(condition ? this.schema.getType(condition.name.value) : type, fragment?.selectionSet);
    });
  }

  /** The items of a list, or of a connection by its nodes or edges; undefined for what is neither. */
  private itemsOf({ type, set }: Chosen): Omit<Chosen, "name"> | undefined {
    if (isListType(getNullableType(type))) return { type, set };
    const inside = this.in(getNamedType(type), set).filter((one) => isListType(getNullableType(one.type)));
    const nodes = inside.find(({ name }) => name === "nodes");
    const edges = inside.find(({ name }) => name === "edges");
    return nodes ?? (edges && this.in(getNamedType(edges.type), edges.set).find(({ name }) => name === "node")) ?? edges;
  }

  columnsOf(type: GraphQLNamedType, set: SelectionSetNode | undefined, prefix = ""): string[] {
    return this.in(type, set).flatMap((one) =>
      one.set && !this.itemsOf(one)
        ? this.columnsOf(getNamedType(one.type), one.set, `${prefix}${one.name}.`)
        : [`${prefix}${one.name}`],
    );
  }

  listsOf(type: GraphQLNamedType, set: SelectionSetNode | undefined, prefix = ""): [string, string[]][] {
    return this.in(type, set).flatMap((one) => {
      const items = this.itemsOf(one);
      if (items) return [[`${prefix}${one.name}`, items.set ? this.columnsOf(getNamedType(items.type), items.set) : ["value"]]];
      return this.listsOf(getNamedType(one.type), one.set, `${prefix}${one.name}.`);
    });
  }
}

/** The outermost lists of an operation's answer; where there is none, the whole answer as one. Undefined for what is not valid. */
export const listsAsked = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): AnswerLists | undefined => {
  const root = schema.getRootType(operation.operation);
  if (!root || validate(schema, document).length) return undefined;
  const selections = new Selections(schema, document);
  const lists = new Map<string, string[]>();
  for (const [path, columns] of selections.listsOf(root, operation.selectionSet))
    lists.set(path, [...new Set([...(lists.get(path) ?? []), ...columns])]);
  return lists.size ? lists : new Map([["", selections.columnsOf(root, operation.selectionSet)]]);
};
