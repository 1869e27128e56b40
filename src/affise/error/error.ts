import type { Operation } from "../../contract/operation.js";
import { inCallerWords } from "./caller-words.js";
import type { FailureCode } from "./error-code.js";

/** What became of a write: nothing left this server, Affise declined it, or nobody knows. */
export type FailedOutcome = "NOT_SENT" | "REFUSED" | "UNKNOWN";

export interface FailureDetails {
  operation?: Operation;
  /** The HTTP status that Affise answered with, where it answered. */
  upstreamStatus?: number;
  /** The arguments that were wrong, in GraphQL's spelling. */
  arguments?: string[];
  /** What became of the write; absent where nothing was to be written. */
  outcome?: FailedOutcome;
  /** Whole seconds that Affise asks to wait. */
  retryAfterSeconds?: number;
}

/** What was asked of Affise and gave no data. `extensions` is what a GraphQL client sees. */
export class AffiseError extends Error {
  override readonly name: string = "AffiseError";
  readonly extensions: { code: FailureCode } & FailureDetails;

  constructor(code: FailureCode, message: string, details: FailureDetails = {}, cause?: unknown) {
    super(message, { cause });
    this.extensions = { code, ...details };
  }
}

/** The caller's mistake, found here: what it is about was not sent. */
export class InputError extends AffiseError {
  override readonly name: string = "InputError";
}

/** Affise declined, failed, or did not answer. */
export class UpstreamError extends AffiseError {
  override readonly name = "UpstreamError";

  /** The same refusal, its columns named by the caller's arguments. */
  inCallerWords(body: object, start: string): UpstreamError {
    const { code, ...details } = this.extensions;
    if (details.outcome !== undefined && details.outcome !== "REFUSED") return this;
    const said = inCallerWords(this.message, body, start);
    if (!said.arguments.length) return this;
    return new UpstreamError(code, said.text, { ...details, arguments: said.arguments }, this.cause);
  }
}

/** A write that a dry run kept from being sent. What would have been sent is noted in the request's scope. */
export class DryRun extends InputError {
  /** What the payload tells of what was looked up before the write. */
  found: object | undefined;

  constructor(operation: Operation) {
    super("BAD_USER_INPUT", `This is a dry run: ${operation} was not sent.`, { operation, outcome: "NOT_SENT" });
  }
}

/** A wrong argument: its path as the caller wrote it (`input.offers.3.caps.0.value`), and a whole sentence that says what is wrong with it. */
export const badInput = (argument: string, message: string): InputError =>
  new InputError("BAD_USER_INPUT", message, { arguments: [argument] });
