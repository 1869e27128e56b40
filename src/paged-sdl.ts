import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  visit,
} from "graphql";

const mark = "paged";

/** What `@paged` stands for. */
const pagedField = (usual: number): FieldDefinitionNode => {
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

/** How many rows a page has where neither the field nor the caller says it. */
const usualPage = 50;

const usualOf = ({ arguments: args = [] }: ConstDirectiveNode): number => {
  const value = args.find(({ name }) => name.value === "usual")?.value;
  return value?.kind === Kind.INT ? Number(value.value) : usualPage;
};

const isOwn = (definition: DefinitionNode) => definition.kind === Kind.DIRECTIVE_DEFINITION && definition.name.value === mark;

/** A field as it is meant: the arguments of pages stand behind those that must be given. */
const expanded = (field: FieldDefinitionNode): FieldDefinitionNode | undefined => {
  const { arguments: own = [], directives = [] } = field;
  const paged = directives.find(({ name }) => name.value === mark);
  if (!paged) return undefined;
  const meant = pagedField(usualOf(paged));
  const needed = own.filter(({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && !defaultValue);
  return {
    ...field,
    arguments: [...needed, ...(meant.arguments ?? []), ...own.filter((one) => !needed.includes(one))],
    directives: directives.flatMap((one) => (one === paged ? (meant.directives ?? []) : [one])),
  };
};

/** A document of the schema with what `@paged` stands for in its place: the arguments of Relay's cursor connections and the length of the list. */
export const withPages = (sdl: DocumentNode): DocumentNode =>
  visit({ ...sdl, definitions: sdl.definitions.filter((one) => !isOwn(one)) }, { [Kind.FIELD_DEFINITION]: expanded });
