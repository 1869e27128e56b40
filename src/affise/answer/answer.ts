import type { OperationInfo } from "../../contract/operation.js";
import { type RestReply, replyText } from "../request/request.js";
import { otherThing } from "./about.js";
import { contradiction, judge, saysDone } from "./envelope.js";
import { leavesOpen, notFromAffise, refused, unreadableAnswer } from "./failure.js";
import { parseList } from "./lazy-row.js";

const parsed = ({ isPaged, operation }: OperationInfo, reply: RestReply): { answer: unknown } | { error: unknown } => {
  try {
    return { answer: isPaged ? parseList(reply, operation) : JSON.parse(replyText(reply)) };
  } catch (error) {
    return { error };
  }
};

/** What text that is no JSON looks like, as the end of a sentence. */
const looks = (text: string): "is an empty body" | "is a web page" | "is not JSON" =>
  text.trim() === "" ? "is an empty body" : /^\s*</.test(text) ? "is a web page" : "is not JSON";

/** Whether a refusal that is no JSON comes from what stands before Affise, and says nothing of the key or of what was asked for. */
const isForeign = (status: number, seen: ReturnType<typeof looks>): boolean =>
  status >= 400 &&
  !leavesOpen(status) &&
  status !== 429 &&
  (seen === "is a web page" || (status === 404 && seen === "is not JSON"));

/**
 * The data of a reply. Throws UpstreamError for everything that is no good answer after the contract, and for what a write of the thing that
 * `path` names answers about another.
 */
export const answerIn = (
  operation: OperationInfo,
  reply: RestReply,
  key?: string,
  path?: Readonly<Record<string, unknown>>,
): unknown => {
  const { status } = reply;
  const read = parsed(operation, reply);
  if (status < 200 || status >= 300) {
    const answer = "answer" in read ? read.answer : undefined;
    if (operation.method !== "GET" && saysDone(answer)) throw unreadableAnswer(operation, status, contradiction, { answer, key });
    const seen = "error" in read ? looks(replyText(reply)) : undefined;
    throw seen && isForeign(status, seen) ? notFromAffise(operation, status, seen) : refused(operation, reply, answer, key);
  }
  if ("error" in read) throw unreadableAnswer(operation, status, looks(replyText(reply)), { cause: read.error });
  const verdict = judge(operation, read.answer);
  if (verdict === "failure") throw refused(operation, reply, read.answer, key);
  if (verdict !== "good") throw unreadableAnswer(operation, status, verdict.odd, { answer: read.answer, key });
  const other = path && otherThing(operation, path, read.answer);
  if (other) throw unreadableAnswer(operation, status, `is about ${other.told} and not about ${other.asked}`);
  return read.answer;
};
