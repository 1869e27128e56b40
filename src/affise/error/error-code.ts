interface CodeInfo {
  /** The HTTP status where the whole request is refused with it; none where it is always a field's. */
  status?: number;
  means: string;
  next: string;
}

/** Every `extensions.code`: what it means, what to do next. docs/errors.md is held to this table by a test. */
export const errorCodes = {
  UNAUTHENTICATED: {
    status: 401,
    means: "No key was sent, or the network does not know it.",
    next: "Check the key, and that the API URL is this network's.",
  },
  FORBIDDEN: {
    status: 403,
    means: "The key is good; its role or permissions do not allow this.",
    next: "Ask a General manager for the permission, or leave the field out.",
  },
  NOT_FOUND: {
    status: 404,
    means:
      "A mutation names something that is not there, or the network does not have what a list reads. (Reads by id give `null` instead.)",
    next: "Check the id; for a list, ask Affise whether the network has it switched on.",
  },
  BAD_USER_INPUT: {
    status: 400,
    means: "An argument is wrong; the message names it. Mostly no REST call was made.",
    next: "Correct it.",
  },
  UPSTREAM_RATE_LIMITED: {
    means: "Affise asks to slow down.",
    next: "Wait as long as `extensions.retryAfterSeconds` says, ask for less at once.",
  },
  UPSTREAM_TIMEOUT: {
    means: "Affise did not answer in time.",
    next: "A read: try again. A write: look first, it may have been carried out.",
  },
  UPSTREAM_UNREACHABLE: { means: "No connection to Affise.", next: "Check the API URL and the network; run the doctor." },
  UPSTREAM_FAILED: {
    means: "Affise answered with an error of its own, or with something that is no answer to what was asked.",
    next: "Try again later; tell Affise's support the operation. A write: look at `extensions.outcome` first.",
  },
  RATE_LIMITED: {
    status: 429,
    means: "This caller asks more than this server was told to let through.",
    next: "Wait as long as the header `Retry-After` says.",
  },
  OVERLOADED: { status: 503, means: "This server has too much to do.", next: "Wait as long as the header `Retry-After` says." },
  QUERY_TOO_EXPENSIVE: {
    status: 400,
    means: "The query would take too many rows or REST calls.",
    next: "Ask for fewer rows or fields.",
  },
  BAD_REQUEST: {
    status: 400,
    means: "The request is no GraphQL over HTTP: its body, media type or headers.",
    next: "Send JSON with `query` in it; the message says what is wrong.",
  },
  GRAPHQL_PARSE_FAILED: {
    status: 400,
    means: "The query is no GraphQL.",
    next: "The message names the place; nothing was asked.",
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    means: "The query does not fit the schema.",
    next: "The message names the field; nothing was asked.",
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    means: "The document has several operations and none is named, no operation of that name, or a subscription.",
    next: "Say in `operationName` which to run; the message has their names.",
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 404,
    means:
      "This server knows no document of this id or hash. (200 for the hash of an automatic persisted query: its clients send the text then.)",
    next: "Give the server the manifest of the app's release, or send the text.",
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    status: 200,
    means: "Automatic persisted queries are switched off. (200, as their clients expect.)",
    next: "Send the text.",
  },
  DOCUMENT_NOT_TRUSTED: {
    status: 403,
    means: "This server runs only the documents of its manifests, and this one is in none.",
    next: "Add it to the manifest that the server is given.",
  },
  INTERNAL_SERVER_ERROR: { status: 500, means: "A fault of this server.", next: "Its log has the rest; please report it." },
} as const satisfies Record<string, CodeInfo>;

type ErrorCode = keyof typeof errorCodes;

/** The codes of what is asked of Affise; the others are this server's own. */
export type FailureCode = Extract<
  ErrorCode,
  "UNAUTHENTICATED" | "FORBIDDEN" | "NOT_FOUND" | "BAD_USER_INPUT" | `UPSTREAM_${string}`
>;
