import {
  type ArgumentNode,
  type ASTNode,
  type DefinitionNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  visit,
} from "graphql";
import type { Question } from "../ask.js";

/** Which part of a list is asked for. */
export interface Part {
  after: string;
  /** How many rows; as many as the query says unless told. */
  first: number | undefined;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const argument = (name: string, value: ValueNode): ArgumentNode => ({
  kind: Kind.ARGUMENT,
  name: { kind: Kind.NAME, value: name },
  value,
});

/** The field with this part of its list: it goes on from the start, with as many rows as were asked for from either end. */
const withPart = (field: FieldNode, { after, first }: Part): FieldNode => {
  const own = field.arguments ?? [];
  const size = own.find(({ name }) => name.value === "first") ?? own.find(({ name }) => name.value === "last");
  const count: ValueNode | undefined = first === undefined ? size?.value : { kind: Kind.INT, value: String(first) };
  const given = [argument("after", { kind: Kind.STRING, value: after }), ...(count ? [argument("first", count)] : [])];
  const kept = own.filter(({ name }) => !/^(first|after|last|before)$/.test(name.value));
  return { ...field, arguments: [...kept, ...given] };
};

/** Of a selection, only what leads to the list at a path; fragments on the way are written out. */
const towards = (set: SelectionSetNode, path: readonly string[], part: Part, fragments: Fragments): SelectionSetNode => {
  const [key, ...rest] = path;
  const cut = (one: SelectionNode): SelectionNode[] => {
    if (one.kind === Kind.FIELD) {
      if ((one.alias ?? one.name).value !== key || !one.selectionSet) return [];
      if (!rest.length) return [withPart(one, part)];
      const inner = towards(one.selectionSet, rest, part, fragments);
      return inner.selections.length ? [{ ...one, selectionSet: inner }] : [];
    }
    const fragment = one.kind === Kind.FRAGMENT_SPREAD ? fragments.get(one.name.value) : one;
    if (!fragment) return [];
    const inner = towards(fragment.selectionSet, path, part, fragments);
    if (!inner.selections.length) return [];
    return [
      { kind: Kind.INLINE_FRAGMENT, typeCondition: fragment.typeCondition, directives: one.directives, selectionSet: inner },
    ];
  };
  return { ...set, selections: set.selections.flatMap(cut) };
};

/** The fragments that a part of a document needs, those of fragments included. */
const needed = (node: ASTNode, fragments: Fragments, found = new Set<FragmentDefinitionNode>()): Set<FragmentDefinitionNode> => {
  visit(node, {
    enter: (inner) => {
      const fragment = inner.kind === Kind.FRAGMENT_SPREAD ? fragments.get(inner.name.value) : undefined;
      if (!fragment || found.has(fragment)) return;
      found.add(fragment);
      needed(fragment, fragments, found);
    },
  });
  return found;
};

const variablesIn = (nodes: readonly ASTNode[]): Set<string> => {
  const names = new Set<string>();
  for (const node of nodes) visit(node, { enter: (inner) => void (inner.kind === Kind.VARIABLE && names.add(inner.name.value)) });
  return names;
};

const operationOf = (definitions: readonly DefinitionNode[], name: string | null | undefined) => {
  const operations = definitions.filter((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
  return operations.find((one) => one.name?.value === name) ?? operations[0];
};

/** A question for another part of one list of a query, and for nothing else of it. The path is the list's in the answer. */
export const pageQuery = ({ query, variables, operationName }: Question, path: readonly string[], part: Part): Question => {
  const { definitions } = parse(query);
  const fragments: Fragments = new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const operation = operationOf(definitions, operationName);
  if (!operation) throw new Error("The query has no operation.");
  const cut = { ...operation, selectionSet: towards(operation.selectionSet, path, part, fragments) };
  const others = [...needed(cut.selectionSet, fragments)];
  const used = variablesIn([cut.selectionSet, ...(cut.directives ?? []), ...others]);
  const declared = (cut.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
  return {
    query: [{ ...cut, variableDefinitions: declared }, ...others].map(print).join("\n\n"),
    variables: Object.fromEntries(Object.entries(variables ?? {}).filter(([name]) => used.has(name))),
    operationName: operation.name?.value,
  };
};
