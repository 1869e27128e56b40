import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  valueFromASTUntyped,
} from "graphql";

/** How many rows a page has where neither the field nor the caller says it. */
const usualPage = 50;

/** What `@paged` stands for. */
const pagedField = ({ usual = usualPage }: Record<string, unknown>): FieldDefinitionNode => {
  const { definitions } = parse(
    `type Paged {
      field(
        "How many to read, 1 to 10,000; ${usual} unless told."
        first: Int
        "Read on behind this cursor, such as \`pageInfo.endCursor\`."
        after: String
        "How many to read from the end, in place of \`first\`. Without \`before\` a REST call more may be needed, to see where the list ends."
        last: Int
        "Read back from before this cursor, such as \`pageInfo.startCursor\`."
        before: String
      ): Int
        @listSize(
          assumedSize: ${usual}
          slicingArguments: ["first", "last"]
          sizedFields: ["nodes", "edges"]
          requireOneSlicingArgument: false
        )
    }`,
    { noLocation: true },
  );
  const [field] = (definitions[0] as ObjectTypeDefinitionNode).fields ?? [];
  if (!field) throw new Error("A type without a field.");
  return field;
};

/** What `@connection` stands for beside its type: `one` has its article, as `an offer`. */
const connectionTypes = (node: string, { one, many, name = node }: Record<string, unknown>): readonly DefinitionNode[] => {
  const [article = "", ...words] = `${one}`.split(" ");
  return parse(
    `"A page of ${many}."
    type ${name}Connection {
      "How many ${many} there are on all pages."
      totalCount: Int
      "The ${many} on this page."
      nodes: [${node}!]!
      "The ${many} on this page, each with its cursor."
      edges: [${name}Edge!]!
      "Where this page begins and ends."
      pageInfo: PageInfo!
    }

    "${article === "a" ? "A" : "An"} ${words.join(" ")} in a list."
    type ${name}Edge {
      "Its place in the list."
      cursor: String!
      "The ${words.join(" ")}."
      node: ${node}!
    }`,
    { noLocation: true },
  ).definitions;
};

const marks = ["paged", "connection"];

const isOwn = (definition: DefinitionNode) =>
  definition.kind === Kind.DIRECTIVE_DEFINITION && marks.includes(definition.name.value);

const argumentsOf = ({ arguments: args = [] }: ConstDirectiveNode): Record<string, unknown> =>
  Object.fromEntries(args.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));

/** A field as it is meant: the arguments of pages stand behind those that must be given. */
const expanded = (field: FieldDefinitionNode): FieldDefinitionNode => {
  const { arguments: own = [], directives = [] } = field;
  const paged = directives.find(({ name }) => name.value === "paged");
  if (!paged) return field;
  const meant = pagedField(argumentsOf(paged));
  const needed = own.filter(({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && !defaultValue);
  return {
    ...field,
    arguments: [...needed, ...(meant.arguments ?? []), ...own.filter((one) => !needed.includes(one))],
    directives: directives.flatMap((one) => (one === paged ? (meant.directives ?? []) : [one])),
  };
};

/** A type with its fields as they are meant, and behind it its connection and edge where it has them. */
const withConnection = (definition: DefinitionNode): readonly DefinitionNode[] => {
  const hasFields = definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
  if (!hasFields) return [definition];
  const { name, directives = [], fields = [] } = definition;
  const mark = directives.find(({ name: { value } }) => value === "connection");
  const type = { ...definition, directives: directives.filter((one) => one !== mark), fields: fields.map(expanded) };
  return mark ? [type, ...connectionTypes(name.value, argumentsOf(mark))] : [type];
};

/**
 * A document of the schema with what `@paged` and `@connection` stand for in their place: the arguments of Relay's cursor connections, the length
 * of the list, and the types of pages.
 */
export const withPages = (sdl: DocumentNode): DocumentNode => ({
  ...sdl,
  definitions: sdl.definitions.filter((one) => !isOwn(one)).flatMap(withConnection),
});
