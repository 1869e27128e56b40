import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  Kind,
  parseValue,
  print,
  type SelectionNode,
  type ValueNode,
} from "graphql";

type Field = GraphQLField<unknown, unknown>;

const named = (value: string) => ({ kind: Kind.NAME, value }) as const;

/** The fields below a type, in the schema's order. */
export const fieldsOf = (type: GraphQLNamedType): Field[] =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];

/** A value to begin with, where an argument has to have one. */
const firstValue = (type: GraphQLInputType): ValueNode => {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return { kind: Kind.LIST, values: [firstValue(nullable.ofType)] };
  if (isEnumType(nullable)) return { kind: Kind.ENUM, value: nullable.getValues()[0]?.name ?? "" };
  if (isInputObjectType(nullable)) {
    const required = Object.values(nullable.getFields()).filter(isRequiredInputField);
    return {
      kind: Kind.OBJECT,
      fields: required.map((field) => ({ kind: Kind.OBJECT_FIELD, name: named(field.name), value: firstValue(field.type) })),
    };
  }
  const { name } = nullable;
  if (name === "Int" || name === "Count" || name === "Float") return { kind: Kind.INT, value: "10" };
  if (name === "Boolean") return { kind: Kind.BOOLEAN, value: true };
  if (name === "Date") return { kind: Kind.STRING, value: new Date().toISOString().slice(0, 10) };
  return { kind: Kind.STRING, value: "" };
};

const leafBelow = (type: GraphQLNamedType): SelectionNode[] => {
  if (isAbstractType(type) && !isInterfaceType(type)) return [{ kind: Kind.FIELD, name: named("__typename") }];
  const fields = fieldsOf(type).filter((field) => !field.args.some(isRequiredArgument));
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)));
  const chosen =
    fields.find(({ name }) => name === "nodes") ?? leaves.find(({ name }) => name === "id") ?? leaves[0] ?? fields[0];
  return chosen ? [newField(chosen)] : [{ kind: Kind.FIELD, name: named("__typename") }];
};

/** A field with the arguments it needs, and something below it where there has to be. */
export const newField = (field: Field): FieldNode => {
  const type = getNamedType(field.type);
  return {
    kind: Kind.FIELD,
    name: named(field.name),
    arguments: field.args.filter(isRequiredArgument).map(newArgument),
    ...(isLeafType(type) ? {} : { selectionSet: { kind: Kind.SELECTION_SET, selections: leafBelow(type) } }),
  };
};

export const newArgument = (argument: GraphQLArgument): ArgumentNode => ({
  kind: Kind.ARGUMENT,
  name: named(argument.name),
  value: firstValue(argument.type),
});

/** The selections of a field, or of `... on Type`; undefined where it is not asked for. */
export const findField = (selections: readonly SelectionNode[], name: string): FieldNode | undefined =>
  selections.find((one): one is FieldNode => one.kind === Kind.FIELD && one.name.value === name);

/** The selections with one of them replaced, added or, given undefined, taken out. */
export const replaced = (
  selections: readonly SelectionNode[],
  old: SelectionNode | undefined,
  now: SelectionNode | undefined,
): SelectionNode[] => {
  if (!old) return now ? [...selections, now] : [...selections];
  return selections.flatMap((one) => (one === old ? (now ? [now] : []) : [one]));
};

/** A field with other selections below it; a field that has to have some gets `__typename` rather than none. */
export const withSelections = (node: FieldNode, selections: SelectionNode[]): FieldNode => ({
  ...node,
  selectionSet: {
    kind: Kind.SELECTION_SET,
    selections: selections.length ? selections : [{ kind: Kind.FIELD, name: named("__typename") }],
  },
});

/** What somebody typed for an argument, as a value; undefined where it cannot be read as one. */
export const valueFrom = (text: string, type: GraphQLInputType): ValueNode | undefined => {
  const nullable = getNullableType(type);
  const isText =
    !isListType(nullable) && !isInputObjectType(nullable) && ["ID", "String", "Date", "LocalDateTime"].includes(nullable.name);
  if (isText && !/^[$"]/.test(text.trim())) return { kind: Kind.STRING, value: text };
  try {
    return parseValue(text);
  } catch {
    return undefined;
  }
};

/** A value as it is shown for typing: a text without its quotes. */
export const textOf = (value: ValueNode): string => (value.kind === Kind.STRING ? value.value : print(value));

/** Whether a variable stands anywhere in a value. */
export const hasVariables = (value: ValueNode): boolean => {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(hasVariables);
  return value.kind === Kind.OBJECT && value.fields.some((field) => hasVariables(field.value));
};

/** A value of JSON as it is written in a query. Half-made values are written all the same: the editor underlines what is missing. */
export const nodeFor = (value: unknown, type: GraphQLInputType): ValueNode => {
  const nullable = getNullableType(type);
  if (value === null || value === undefined) return { kind: Kind.NULL };
  if (isListType(nullable)) {
    const items = Array.isArray(value) ? value : [value];
    return { kind: Kind.LIST, values: items.map((one) => nodeFor(one, nullable.ofType)) };
  }
  if (isInputObjectType(nullable) && typeof value === "object") {
    const fields = nullable.getFields();
    const known = Object.entries(value).flatMap(([name, below]) =>
      fields[name] ? [{ name, below, type: fields[name].type }] : [],
    );
    return {
      kind: Kind.OBJECT,
      fields: known.map((one) => ({ kind: Kind.OBJECT_FIELD, name: named(one.name), value: nodeFor(one.below, one.type) })),
    };
  }
  if (isEnumType(nullable)) return { kind: Kind.ENUM, value: String(value) };
  if (typeof value === "boolean") return { kind: Kind.BOOLEAN, value };
  if (typeof value === "number") return { kind: Number.isInteger(value) ? Kind.INT : Kind.FLOAT, value: String(value) };
  return { kind: Kind.STRING, value: String(value) };
};
