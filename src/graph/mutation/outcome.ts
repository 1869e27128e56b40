import { GraphQLError } from "graphql";
import { unreadableAnswer } from "../../affise/answer/failure.js";
import { AffiseError, DryRun, UpstreamError } from "../../affise/error/error.js";
import type { FailureCode } from "../../affise/error/error-code.js";
import { type Operation, operationInfo } from "../../contract/operation.js";
import type { ErrorCode, Outcome } from "../../generated/schema.js";
import { Unreadable } from "../column/decode.js";
import { reportFault } from "./fault.js";

/** Why something was not done, as the schema's MutationError. */
interface Failure {
  code: ErrorCode;
  message: string;
  argument?: string;
  operation?: string;
}

/** What became of one change. */
export interface Settled {
  outcome: Outcome;
  error: Failure | null;
}

export const done: Settled = { outcome: "DONE", error: null };

const isWrite = (operation: string | undefined) => operation !== undefined && !operation.startsWith("GET ");

/** What an error says about the fate of a write: REST calls tell it themselves, all else came before anything was sent. */
const fateOf = ({ extensions }: AffiseError): Outcome => {
  if (extensions.outcome) return extensions.outcome;
  return isWrite(extensions.operation) && extensions.upstreamStatus ? "REFUSED" : "NOT_SENT";
};

/** What was looked up before a write and cannot be read is Affise's fault and nobody else's. */
export const unreadableLookUp = (error: unknown): unknown =>
  error instanceof Unreadable
    ? new UpstreamError("UPSTREAM_FAILED", `Affise's answer cannot be read: ${error.message}.`, {}, error)
    : error;

/** `argument` is what the change is about, where the error itself names nothing narrower. */
export const settledBy = (thrown: unknown, argument?: string): Settled => {
  const error = unreadableLookUp(thrown);
  if (error instanceof DryRun) return { outcome: "NOT_SENT", error: null };
  if (error instanceof AffiseError) {
    const { code, operation, arguments: named } = error.extensions;
    return { outcome: fateOf(error), error: { code, message: error.message, argument: named?.[0] ?? argument, operation } };
  }
  if (error instanceof GraphQLError && error.extensions.code) {
    return { outcome: "NOT_SENT", error: { code: error.extensions.code as ErrorCode, message: error.message, argument } };
  }
  reportFault(error);
  const message = "Something went wrong in this server; its log has the rest.";
  return { outcome: "UNKNOWN", error: { code: "INTERNAL_SERVER_ERROR", message, argument } };
};

/** Makes a write whose payload tells something that was looked up before: a dry run tells it too. */
export const withFound = <Answer>(found: object, write: Promise<Answer>): Promise<Answer> =>
  write.catch((error: unknown) => {
    if (error instanceof DryRun) error.found = found;
    throw error;
  });

/** Affise did a change of many, but not this one of them. */
export const refusedBy = (operation: Operation, code: FailureCode, message: string, argument: string): Settled => ({
  outcome: "REFUSED",
  error: { code, message, argument, operation },
});

/** Affise took a write, and its answer does not prove that it was carried out. `seen` ends the sentence "Affise's answer …". */
export const unproven = (operation: Operation, seen: string): UpstreamError =>
  unreadableAnswer(operationInfo(operation), 200, seen);

/** As `unproven`, for one change of many. */
export const unknownFate = (operation: Operation, seen: string, argument: string): Settled =>
  settledBy(unproven(operation, seen), argument);
