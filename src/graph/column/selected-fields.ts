import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  type SelectionNode,
} from "graphql";

type Info = Pick<GraphQLResolveInfo, "fieldNodes" | "fragments" | "variableValues">;

const isAsked = (node: SelectionNode, variables: Info["variableValues"]): boolean =>
  getDirectiveValues(GraphQLSkipDirective, node, variables)?.if !== true &&
  getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;

const fieldsOf = (nodes: readonly SelectionNode[], { fragments, variableValues }: Info): FieldNode[] =>
  nodes
    .filter((node) => isAsked(node, variableValues))
    .flatMap((node) => {
      if (node.kind === "Field") return [node];
      const spread: FragmentDefinitionNode | undefined = node.kind === "FragmentSpread" ? fragments[node.name.value] : undefined;
      const inside = node.kind === "InlineFragment" ? node.selectionSet : spread?.selectionSet;
      return fieldsOf(inside?.selections ?? [], { fragments, variableValues, fieldNodes: [] });
    });

/**
 * The names of the fields selected under a field, at the end of a path of field names. Of a step with alternatives (`nodes` and
 * `edges.node`) each is followed. It tells what to ask of Affise before any row is there.
 */
export const selectedFields = (info: Info, ...paths: readonly string[][]): Set<string> => {
  const below = (fields: readonly FieldNode[]) =>
    fieldsOf(
      fields.flatMap((field) => field.selectionSet?.selections ?? []),
      info,
    );
  const at = (path: readonly string[]) =>
    path.reduce(
      (fields, step) => below(fields).filter((field) => field.name.value === step),
      info.fieldNodes as readonly FieldNode[],
    );
  return new Set(paths.flatMap((path) => below(at(path)).map((field) => field.name.value)));
};
