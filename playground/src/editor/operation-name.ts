import { parse } from "graphql";
import type { Question } from "../ask.js";

/**
 * The operation to name in a request: none where the text has one only. GraphiQL works out the operation's name a moment after the text has
 * changed, so the name it gives may be that of the text before.
 */
export const nameToRun = ({ query, operationName }: Question): string | undefined => {
  try {
    const names = parse(query).definitions.flatMap((one) => (one.kind === "OperationDefinition" ? [one.name?.value] : []));
    return names.length < 2 ? undefined : names.find((name) => name === operationName);
  } catch {
    return undefined;
  }
};
