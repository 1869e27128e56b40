import type { ErrorCode } from "./generated/schema.js";

/** What became of a change, as the server's `extensions.outcome` says. */
export type Outcome = "DONE" | "NOT_SENT" | "REFUSED" | "UNKNOWN";

interface Details {
  message: string;
  /** Where in the answer; absent where the whole request was refused. */
  path?: (string | number)[];
  /** The REST call that failed. */
  operation?: string;
  upstreamStatus?: number;
  outcome?: Outcome;
}

type Waiting = "RATE_LIMITED" | "OVERLOADED" | "UPSTREAM_RATE_LIMITED";

/** One error of an answer, told apart by its `code`. */
export type Fault =
  | (Details & { code: "BAD_USER_INPUT"; arguments?: string[] })
  | (Details & { code: "QUERY_TOO_EXPENSIVE"; limit?: number; fits?: { argument: string; most: number } })
  | (Details & { code: Waiting; retryAfterSeconds?: number })
  | (Details & { code: Exclude<ErrorCode, "BAD_USER_INPUT" | "QUERY_TOO_EXPENSIVE" | Waiting> });

/** The answer has errors. What came all the same is in `data`. */
export class AnswerError extends Error {
  override readonly name = "AnswerError";
  readonly kind = "answer";

  constructor(
    readonly faults: readonly [Fault, ...Fault[]],
    readonly status: number,
    readonly data: unknown,
  ) {
    super(faults[0].message);
  }

  /** The code of the first fault. */
  get code(): ErrorCode {
    return this.faults[0].code;
  }
}

/** No answer came: the server was not reached, it took too long, or what came is not GraphQL's. A mutation's fate is then unknown. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
  readonly kind = "no answer";

  constructor(
    message: string,
    /** 0 where none came. */
    readonly status: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export type ClientError = AnswerError | NoAnswerError;

interface RawError {
  message?: unknown;
  path?: unknown;
  extensions?: Record<string, unknown>;
}

/** The faults of an answer as they came, their extensions beside the message. */
export const faultsOf = (errors: unknown): Fault[] =>
  Array.isArray(errors)
    ? errors.map((error: RawError | null) => {
        const { message = String(error), path, extensions } = error ?? {};
        return { code: "INTERNAL_SERVER_ERROR", ...extensions, message, path } as Fault;
      })
    : [];
