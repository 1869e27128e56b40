import { type ASTNode, type DocumentNode, type GraphQLError, Kind, visit } from "graphql";
import type { Listener, Plugin } from "./plugin.js";

/** Where a value stands in a document: the argument, and the input fields on the way to the value. */
const argumentOf = (document: DocumentNode, value: ASTNode): string | undefined => {
  let found: string | undefined;
  visit(document, {
    enter(node, _key, parent, _path, ancestors) {
      if (node !== value) return undefined;
      const around = [...ancestors, parent, node].filter((one): one is ASTNode => one !== undefined && !Array.isArray(one));
      found = around
        .flatMap((one) => (one.kind === Kind.ARGUMENT || one.kind === Kind.OBJECT_FIELD ? [one.name.value] : []))
        .join(".");
      return false;
    },
  });
  return found || undefined;
};

/** The wording of graphql-js for a value that does not fit its type. */
const aboutValue = /^(Value |Expected value of type|Enum |String |Int |Float |Boolean |ID )|is no date|cannot represent/;

const reword = (document: DocumentNode, error: GraphQLError) => {
  const [node] = error.nodes ?? [];
  const argument = node && aboutValue.test(error.message) ? argumentOf(document, node) : undefined;
  if (!argument) return;
  Object.assign(error.extensions, { arguments: [argument] });
  error.message = `${argument}: ${error.message}`;
};

const listener: Listener = {
  validationDidStart({ document }) {
    return (errors) => {
      for (const error of errors ?? []) reword(document, error as GraphQLError);
    };
  },
};

/** A value in the document that does not fit is BAD_USER_INPUT and names its argument, as the same value in a variable is and does. */
export const badValue: Plugin = { requestDidStart: () => listener };
