import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";
import { hasDirective } from "../graph/column/directive.js";
import { fragmentsOf, opened } from "./fragments.js";
import { type Plugin, pluginOf } from "./plugin.js";
import { refusal } from "./refusal.js";

/** The fields of an operation's root, by name, as often as they stand there; no more than two of a kind are looked for. */
const rootFields = ({ selectionSet }: OperationDefinitionNode, document: DocumentNode, wanted: ReadonlySet<string>) => {
  const fragments = fragmentsOf(document);
  const found = new Map<string, string>();
  const seen = new Set<SelectionSetNode>();
  const visit = (set: SelectionSetNode | undefined): void => {
    if (!set || seen.has(set)) return;
    seen.add(set);
    for (const node of set.selections) {
      if (node.kind !== Kind.FIELD) visit(opened(node, fragments)?.selectionSet);
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
      hasDirective(field, "credentials") ? [field.name] : [],
    ),
  );
  return pluginOf({
    didResolveOperation({ document, operation, contextValue }) {
      if (operation?.operation !== "mutation") return undefined;
      const found = rootFields(operation, document, wanted);
      if (found.length > 1) {
        const names = [...new Set(found)].join(", ");
        const message = `This request has ${found.length} of ${names}; one fits into a request. Nothing was sent.`;
        throw refusal("BAD_USER_INPUT", message, { outcome: "NOT_SENT" });
      }
      return found.length ? contextValue.countCredentials() : undefined;
    },
  });
};
