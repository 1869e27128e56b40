import {
  type ASTNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** One thing to fill in: a variable, an argument, or a field of an input object. */
export interface Input {
  name: string;
  type: GraphQLInputType;
  about: string;
  /** The name it is known by in the schema, and of what: they tell what an id stands for. */
  known: { name: string; parent: string };
  hasDefault: boolean;
}

interface Use {
  about: string;
  known: Input["known"];
}

const isNode = (one: unknown): one is ASTNode => typeof one === "object" && one !== null && "kind" in one;

/** Where each variable of an operation is used first, as the schema knows the place. */
const usesIn = (schema: GraphQLSchema, document: DocumentNode): Map<string, Use> => {
  const info = new TypeInfo(schema);
  const uses = new Map<string, Use>();
  visit(
    document,
    visitWithTypeInfo(info, {
      [Kind.VARIABLE_DEFINITION]: { enter: () => false },
      Variable(node, _key, above, _path, ancestors) {
        // What graphql-js calls ancestors ends before the parent.
        const around = [...ancestors, above].filter(isNode);
        const holder = around.findLast((one) => one.kind === Kind.OBJECT_FIELD || one.kind === Kind.ARGUMENT);
        if (!holder || uses.has(node.name.value)) return;
        const argument = info.getArgument();
        const object = around.some((one) => one.kind === Kind.OBJECT_FIELD);
        const parentType = info.getParentInputType();
        const parent = object && parentType ? getNamedType(parentType).name : (info.getFieldDef()?.name ?? "");
        const name = "name" in holder && holder.name && "value" in holder.name ? String(holder.name.value) : node.name.value;
        uses.set(node.name.value, { known: { name, parent }, about: object ? "" : (argument?.description ?? "") });
      },
    }),
  );
  return uses;
};

/** The variables of an operation as things to fill in. Those whose type the schema does not know are left to the JSON. */
export const variablesOf = (schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Input[] => {
  const uses = usesIn(schema, document);
  return (operation.variableDefinitions ?? []).flatMap(({ variable, type: written, defaultValue }) => {
    const name = variable.name.value;
    const type = typeFromAST(schema, written);
    if (!type || !isInputType(type)) return [];
    const use = uses.get(name);
    return [
      { name, type, about: use?.about ?? "", known: use?.known ?? { name, parent: "" }, hasDefault: defaultValue !== undefined },
    ];
  });
};
