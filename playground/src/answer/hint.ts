import type { GraphQLFault } from "../ask.js";

const byCode: Record<string, string> = {
  UNAUTHENTICATED: "Choose or enter an API key in the start panel, then run the query again.",
  FORBIDDEN: "This key's role or permissions do not allow it; the start panel says what they do allow.",
  NOT_FOUND: "Nothing has this id, or the network does not have this list. Check the variables.",
  BAD_USER_INPUT: "Something in the query or its variables is not as it should be; the message names it.",
  GRAPHQL_VALIDATION_FAILED: "The query does not fit the schema; the editor underlines where.",
  GRAPHQL_PARSE_FAILED: "The query cannot be read; the editor underlines where.",
  UPSTREAM_RATE_LIMITED: "Affise asks to slow down. Wait a little and run it again.",
  UPSTREAM_TIMEOUT: "Affise did not answer in time. A change may have been carried out all the same: look before you repeat it.",
  UPSTREAM_UNREACHABLE: "Affise cannot be reached. Check the API URL this server was started with.",
  DOCUMENT_NOT_TRUSTED:
    "This server runs saved documents only: choose one in the start panel, and change its variables, not its text.",
  SERVER_UNREACHABLE:
    "Once it runs, run the query again. A change may have been carried out all the same: run it again as it stands, and you are told what became of it; it is not done twice. Where the server was started anew meanwhile, look first.",
  NOT_SENT: "Nothing was changed. Run it again when you mean it.",
  STOPPED:
    "A change may have been carried out all the same: run it again as it stands, and you are told what became of it; it is not done twice.",
  RATE_LIMITED: "Nothing was asked of Affise. Wait as long as the message says, then run it again.",
  QUERY_TOO_EXPENSIVE: "Ask for fewer rows at once: make `first` smaller.",
};

/** What is wrong with an answer, and what to do about it. */
export interface Hint {
  title: string;
  advice: string;
  code?: string;
}

/** What to do about an answer's errors; undefined where there are none. */
export const hintFor = (errors: readonly GraphQLFault[] | undefined): Hint | undefined => {
  const [first] = errors ?? [];
  if (!first) return undefined;
  const code = first.extensions?.code;
  const more = (errors?.length ?? 0) - 1;
  return {
    title: more > 0 ? `${first.message} (and ${more} more)` : first.message,
    advice: byCode[code ?? ""] ?? "The answer above has the details.",
    code,
  };
};
