import type { IncomingHttpHeaders } from "node:http";
import type { OperationInfo } from "../../contract/operation.js";
import type { Cancellation } from "./cancellation.js";
import type { Deadline } from "./deadline.js";

/** One REST call on its way down the stack. */
export interface RestRequest {
  readonly operation: OperationInfo;
  /** Path and query, encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** This call's own: ended by its deadline, or when all who wait for the answer have gone. */
  readonly cancellation: Cancellation;
  readonly deadline: Deadline;
}

/** What came back, read to its end. */
export interface RestReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body, in the pieces in which it came. */
  readonly chunks: readonly Buffer[];
}

/** The body of a reply in one piece. */
export const replyBody = ({ chunks }: Pick<RestReply, "chunks">): Buffer => {
  const [first] = chunks;
  return first && chunks.length === 1 ? first : Buffer.concat(chunks);
};

/** The text of a reply, without the mark that some servers set before it. */
export const replyText = (reply: Pick<RestReply, "chunks">): string =>
  replyBody(reply)
    .toString("utf8")
    .replace(/^\ufeff/, "");

/**
 * One layer of the stack is a function over the next. From the outside: single-flight, retry, budget, limiter, key, breaker, transport. Only the
 * transport makes replies; a layer rejects with why there is none, in no words yet.
 */
export type Send = (request: RestRequest) => Promise<RestReply>;
