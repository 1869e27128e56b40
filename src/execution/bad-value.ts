import { type ASTNode, BREAK, type DocumentNode, type GraphQLError, Kind, type OperationDefinitionNode, visit } from "graphql";
import { pluginOf } from "./plugin.js";

/** Where a value stands in a document: the argument, and the input fields on the way to the value. */
export const argumentOf = (document: DocumentNode, isValue: (node: ASTNode) => boolean): string | undefined => {
  let found: string | undefined;
  visit(document, {
    enter(node, _key, parent, _path, ancestors) {
      if (node.kind === Kind.VARIABLE_DEFINITION) return false;
      if (!isValue(node)) return undefined;
      const around = [...ancestors, parent, node].filter((one): one is ASTNode => one !== undefined && !Array.isArray(one));
      found = around
        .flatMap((one) => (one.kind === Kind.ARGUMENT || one.kind === Kind.OBJECT_FIELD ? [one.name.value] : []))
        .join(".");
      return BREAK;
    },
  });
  return found || undefined;
};

/** The wording of graphql-js for a value that does not fit its type. */
const aboutValue = /^(Value |Expected value of type|Enum |String |Int |Float |Boolean |ID )|is no date|cannot represent/;

const reword = (document: DocumentNode, error: GraphQLError) => {
  const [node] = error.nodes ?? [];
  const argument = node && aboutValue.test(error.message) ? argumentOf(document, (one) => one === node) : undefined;
  if (!argument) return;
  Object.assign(error.extensions, { arguments: [argument] });
  error.message = `${argument}: ${error.message}`;
};

/** What a variable of an operation is given to: the argument, and the input fields on the way; the variable's own name where it is given to none. */
export const argumentGiven = (
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
  variable: string,
): string => {
  // Another operation of the document may have a variable of the same name.
  const definitions = document.definitions.filter((one) => one === operation || one.kind === Kind.FRAGMENT_DEFINITION);
  const isVariable = (node: ASTNode) => node.kind === Kind.VARIABLE && node.name.value === variable;
  return argumentOf({ ...document, definitions }, isVariable) ?? variable;
};

/** Says of a variable that does not fit which argument it was for; its message says already where in the variable. */
const nameArgument = (document: DocumentNode, operation: OperationDefinitionNode | undefined, error: GraphQLError) => {
  const [node] = error.nodes ?? [];
  if (node?.kind !== Kind.VARIABLE_DEFINITION || error.extensions.arguments) return;
  const argument = argumentGiven(document, operation, node.variable.name.value);
  const [, inside = ""] = / at "[^".[]+([^"]*)"; /.exec(error.message) ?? [];
  const [, missing] = /; Field "(\w+)" of required type /.exec(error.message) ?? [];
  const path = `${argument}${inside.replaceAll(/\[(\d+)\]/g, ".$1")}${missing ? `.${missing}` : ""}`;
  Object.assign(error.extensions, { arguments: [path] });
};

/** A value that does not fit is BAD_USER_INPUT and names its argument, whether it stands in the document or in a variable. */
export const badValue = pluginOf({
  validationDidStart({ document }) {
    return (errors) => {
      for (const error of errors ?? []) reword(document, error as GraphQLError);
    };
  },
  didEncounterErrors({ document, operation, errors }) {
    if (!document) return;
    for (const error of errors) nameArgument(document, operation, error);
  },
});
