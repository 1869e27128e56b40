import { type GraphQLSchema, Kind, type OperationDefinitionNode, parse, print, separateOperations } from "graphql";
import { asCurl } from "./curl.js";
import { dataType } from "./data-type.js";
import { asApolloHook, asBrowserFetch, asNodeFetch, asTypeScript } from "./javascript.js";
import { asPython } from "./python.js";
import type { Snippet } from "./snippet.js";

export const copyForms = ["cURL", "fetch for Node", "fetch for the browser", "TypeScript", "Python", "Apollo hook"] as const;
export type CopyForm = (typeof copyForms)[number];

const chosen = (operations: readonly OperationDefinitionNode[], name: string | undefined): OperationDefinitionNode => {
  const operation = operations.find((one) => one.name?.value === name) ?? operations[0];
  if (!operation) throw new Error("There is no operation to copy");
  return operation;
};

/** The query as a program. Throws, in words for people, where there is none to make of it. */
export const copyAs = (form: CopyForm, given: Snippet, schema: GraphQLSchema | null | undefined): string => {
  const document = parse(given.query);
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const operation = chosen(operations, given.operationName);
  // A server takes a name only where there is a choice; one that the editor still holds of an older text would be refused.
  const operationName = operations.length > 1 ? operation.name?.value : undefined;
  const snippet: Snippet = { ...given, query: given.query.trim(), operationName };
  const data = () => (schema ? dataType(schema, document, operation) : "{ [field: string]: unknown }");
  switch (form) {
    case "cURL":
      return asCurl(snippet);
    case "fetch for Node":
      return asNodeFetch(snippet);
    case "fetch for the browser":
      return asBrowserFetch(snippet);
    case "TypeScript":
      return asTypeScript(snippet, data());
    case "Python":
      return asPython(snippet);
    case "Apollo hook": {
      const alone = operations.length > 1 ? separateOperations(document)[operation.name?.value ?? ""] : undefined;
      const kind = operation.operation === "mutation" ? "mutation" : "query";
      const query = alone ? print(alone) : snippet.query;
      return asApolloHook({ ...snippet, query }, data(), kind, operation.name?.value);
    }
  }
};
