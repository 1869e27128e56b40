import { keysInHand } from "../key/session.js";
import type { Sheet } from "../workbench.js";

const withoutKey = (text: string): string => keysInHand().reduce((rest, key) => rest.replaceAll(key, "$AFFISE_API_KEY"), text);

/** A link that opens this page with the query in its editor. The key never goes into it. */
export const linkTo = ({ query, variables }: Sheet): string => {
  const hash = new URLSearchParams({ query: withoutKey(query) });
  if (variables.trim()) hash.set("variables", withoutKey(variables));
  return `${location.href.split("#")[0]}#${hash}`;
};

/** The query that a link brought along. */
export const sheetInLink = (): Sheet | undefined => {
  const hash = new URLSearchParams(location.hash.slice(1));
  const query = hash.get("query");
  return query ? { query, variables: hash.get("variables") ?? "" } : undefined;
};
