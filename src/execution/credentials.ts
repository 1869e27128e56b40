import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { hasDirective } from "../graph/column/directive.js";
import { fragmentsOf } from "./fragments.js";
import type { Listener, Plugin } from "./plugin.js";

const directive = "credentials";

/** The fields of an operation's root, by name, as often as they stand there; no more than two of a kind are looked for. */
const rootFields = ({ selectionSet }: OperationDefinitionNode, document: DocumentNode, wanted: ReadonlySet<string>) => {
  const fragments = fragmentsOf(document);
  const found = new Map<string, string>();
  const seen = new Set<SelectionSetNode>();
  const visit = (set: SelectionSetNode | undefined): void => {
    if (!set || seen.has(set)) return;
    seen.add(set);
    for (const node of set.selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD) visit(fragments.get(node.name.value)?.selectionSet);
      else if (node.kind === Kind.INLINE_FRAGMENT) visit(node.selectionSet);
      else if (wanted.has(node.name.value)) found.set(node.alias?.value ?? node.name.value, node.name.value);
    }
  };
  visit(selectionSet);
  return [...found.values()];
};

/**
 * Mutations that take a password, or need no key, are one to a request: a request is one guess. How many an address may have is counted by
 * the request's context.
 */
export const credentialsPlugin = (schema: GraphQLSchema): Plugin => {
  const wanted = new Set(
    Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) =>
      hasDirective(field, directive) ? [field.name] : [],
    ),
  );
  const listener: Listener = {
    didResolveOperation({ document, operation, contextValue }) {
      if (operation?.operation !== "mutation") return undefined;
      const found = rootFields(operation, document, wanted);
      if (found.length > 1) {
        const names = [...new Set(found)].join(", ");
        throw new GraphQLError(`This request has ${found.length} of ${names}; one fits into a request. Nothing was sent.`, {
          extensions: { code: "BAD_USER_INPUT", outcome: "NOT_SENT", http: { status: 400 } },
        });
      }
      return found.length ? contextValue.countCredentials() : undefined;
    },
  };
  return { requestDidStart: () => listener };
};
