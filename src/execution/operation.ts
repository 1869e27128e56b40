import { type DocumentNode, Kind } from "graphql";
import { quoted } from "../affise/error/quoted.js";
import { cut } from "../telemetry/telemetry.js";
import { pluginOf } from "./plugin.js";
import { refusal } from "./refusal.js";

const refused = (message: string) => refusal("OPERATION_RESOLUTION_FAILURE", message);

const missing = (document: DocumentNode, asked: string | null | undefined) => {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const names = operations.flatMap((operation) => ("name" in operation && operation.name ? [operation.name.value] : []));
  const known = names.length ? `; its operations are ${cut(names.join(", "), 300)}` : "; its operation has no name";
  if (!operations.length) return "This document has no operation, only fragments.";
  if (typeof asked === "string") return `operationName: this document has no operation ${quoted(asked)}${known}.`;
  return `operationName: this document has ${operations.length} operations; say which to run: ${cut(names.join(", "), 300)}.`;
};

/** Refuses in words what names no operation that can be run, before anything looks at it further. */
export const operationPlugin = pluginOf({
  didResolveOperation({ document, operation, request }) {
    if (!operation) throw refused(missing(document, request.operationName));
    if (operation.operation === "subscription") throw refused("This API has queries and mutations; it has no subscriptions.");
  },
});
