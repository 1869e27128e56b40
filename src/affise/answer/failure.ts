import { STATUS_CODES } from "node:http";
import { BrokenCircuitError } from "cockatiel";
import type { OperationInfo } from "../../contract/operation.js";
import { TurnTooLate } from "../budget/budget.js";
import { type FailedOutcome, type FailureDetails, UpstreamError } from "../error/error.js";
import type { FailureCode } from "../error/error-code.js";
import { TimedOut } from "../request/deadline.js";
import type { RestReply } from "../request/request.js";
import { retryAfterSeconds } from "../request/retry-after.js";
import { NobodyWaits } from "../sharing/single-flight.js";
import { isGatewayStatus } from "../transport/breaker.js";
import { PackedBadly, TooLarge } from "../transport/transport.js";

const byStatus: Record<number, FailureCode> = {
  401: "UNAUTHENTICATED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  429: "UPSTREAM_RATE_LIMITED",
};

const byText: [RegExp, FailureCode][] = [
  [/token is necessary|invalid (api.?)?key/i, "UNAUTHENTICATED"],
  [/auth denied|access denied|forbidden|permission/i, "FORBIDDEN"],
  [/not found|does not exist|unknown (id|offer|affiliate|advertiser|user)/i, "NOT_FOUND"],
  [/server error/i, "UPSTREAM_FAILED"],
];

/**
 * A redirection, a fault of the server's or of a gateway, and something in between that lost patience (408, and what no standard knows, such as
 * nginx's 499) do not say what became of the request.
 */
export const leavesOpen = (status: number) =>
  status >= 500 || (status >= 300 && status < 400) || status === 408 || (status >= 400 && !(status in STATUS_CODES));

const codeFor = (status: number, text: string): FailureCode => {
  const known = byStatus[status];
  if (known) return known;
  if (leavesOpen(status)) return "UPSTREAM_FAILED";
  const said = byText.find(([pattern]) => pattern.test(text))?.[1];
  return said ?? (text || status >= 400 ? "BAD_USER_INPUT" : "UPSTREAM_FAILED");
};

/** No error text is longer; cut before it is cleaned, so that a long one costs nothing. */
const longestText = 2_000;

const flatten = (value: unknown, depth = 0): string => {
  if (typeof value === "string") return value.slice(0, longestText);
  if (depth > 4 || value === null || value === undefined) return "";
  if (Array.isArray(value)) {
    return value
      .slice(0, 20)
      .map((item) => flatten(item, depth + 1))
      .filter(Boolean)
      .join("; ");
  }
  if (typeof value !== "object") return depth > 0 ? String(value) : "";
  return Object.entries(value)
    .slice(0, 20)
    .map(([name, item]) => `${name}: ${flatten(item, depth + 1)}`)
    .join("; ");
};

/** Upstream text fit for a stranger's eyes: no markup, no addresses, no keys, one line, at most 300 characters. */
const cleaned = (text: string, key?: string): string => {
  const short = text.slice(0, longestText);
  return (key ? short.replaceAll(key, "…") : short)
    .replace(/<[^>]*>/g, " ")
    .replace(/https?:\/\/\S+/gi, "…")
    .replace(/\b[0-9a-f]{32,}\b/gi, "…")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
};

/** The text of an error answer, wherever Affise put it: `message`, `error` or `errors`, each text, list or object. */
const textOf = (answer: unknown): string => {
  if (!answer || typeof answer !== "object") return "";
  const { message, error, errors } = answer as Record<string, unknown>;
  return flatten(message) || flatten(error) || flatten(errors);
};

const fate: Record<FailedOutcome, string> = {
  NOT_SENT: " Nothing was sent.",
  REFUSED: "",
  UNKNOWN: " Whether Affise carried it out is unknown: look before you repeat it.",
};

const failed = (
  { operation, method }: OperationInfo,
  code: FailureCode,
  message: string,
  outcome: FailedOutcome,
  details: Pick<FailureDetails, "upstreamStatus" | "retryAfterSeconds"> = {},
  cause?: unknown,
): UpstreamError =>
  method === "GET"
    ? new UpstreamError(code, message, { operation, ...details }, cause)
    : new UpstreamError(code, message + fate[outcome], { operation, ...details, outcome }, cause);

/** Permissions by section and name, as a user's `permissions` has them. */
const listed = (needs: OperationInfo["needs"]): string =>
  needs.map(({ permission, level }) => `${permission}: ${level.toUpperCase()}`).join(" and ");

const kinds = ({ needs }: OperationInfo): Record<string, string> => ({
  admin: needs.length
    ? `a network user's key, most likely with the permission ${listed(needs)} (a General manager can give it in the panel)`
    : "a network user's key whose permissions allow it (a General manager can change them in the panel)",
  affiliate: "an affiliate's key",
  advertiser: "an advertiser's key",
});

/** Right for whoever asks: which key it takes, and whether a permission can help. */
export const forbidden = (operation: OperationInfo): string => {
  const { audience, needs } = operation;
  if (audience.length >= 3) {
    const wanted = needs.length
      ? ` most likely needs the permission ${listed(needs)}, which is given`
      : "'s permissions are changed";
    return `This API key may not do that; a network user${wanted} in the panel, by a General manager.`;
  }
  const who = audience.map((kind) => kinds(operation)[kind] ?? kind).join(" or ");
  return `This API key may not do that. It takes ${who}; no permission opens it to other kinds of key.`;
};

const waitFor = (seconds: number | undefined): string =>
  seconds === undefined
    ? "try again in a moment"
    : seconds < 120
      ? `try again in ${seconds} second${seconds === 1 ? "" : "s"}`
      : `try again in ${Math.ceil(seconds / 60)} minutes`;

/** Whether a call is about one thing by its id, and does not list what there is. */
const namesOne = ({ method, path, parameters }: OperationInfo): boolean =>
  method !== "GET" || path.includes("{") || parameters.some(({ name, required }) => required && /(^|_)id$/.test(name));

const absent = (info: OperationInfo): string =>
  namesOne(info)
    ? "Affise finds nothing there for this key: the id is unknown, or the key may not see it."
    : "Affise has nothing there for this key: it is not switched on for this network, or the key may not see it.";

const meaningOf = (code: FailureCode, info: OperationInfo, seconds: number | undefined): string | undefined => {
  if (code === "UNAUTHENTICATED")
    return "Affise does not know this API key on this host; check the key, and that the API URL is this network's.";
  if (code === "NOT_FOUND") return absent(info);
  if (code === "UPSTREAM_RATE_LIMITED") return `Affise asks to slow down; ${waitFor(seconds)}.`;
  return code === "FORBIDDEN" ? forbidden(info) : undefined;
};

/** Below 300 it is the answer's words that tell of a failure. */
const outcomeOf = (status: number, said: string): FailedOutcome => {
  if (leavesOpen(status)) return "UNKNOWN";
  return status >= 400 || said ? "REFUSED" : "UNKNOWN";
};

/** Affise answered, but with an error: an HTTP status, or its own envelope inside a 200. */
export const refused = (operation: OperationInfo, reply: RestReply, answer: unknown, key?: string): UpstreamError => {
  const { status } = reply;
  const said = cleaned(textOf(answer), key);
  const code = codeFor(status, said);
  const seconds = status === 429 || status === 503 ? retryAfterSeconds(reply.headers) : undefined;
  const meaning = meaningOf(code, operation, seconds);
  const other =
    said || (status < 300 ? "Affise answered with a failure and no word of why." : `Affise answered with HTTP status ${status}.`);
  const message = meaning
    ? `${meaning}${said ? ` (Affise: ${said})` : ""}`
    : /[.!?]$/.test(other) || !isGatewayStatus(status)
      ? other
      : `${other}.`;
  const details = seconds === undefined ? { upstreamStatus: status } : { upstreamStatus: status, retryAfterSeconds: seconds };
  return failed(operation, code, message, outcomeOf(status, said), details);
};

/** A refusal of what stands before Affise, such as a firewall. `seen` as in `unreadableAnswer`. */
export const notFromAffise = (operation: OperationInfo, status: number, seen: string): UpstreamError => {
  const message =
    `Affise's answer ${seen}, with HTTP status ${status}, as a proxy or firewall before Affise sends it: check the API URL, and that ` +
    "this server's address is let in.";
  return failed(operation, "UPSTREAM_FAILED", message, outcomeOf(status, ""), { upstreamStatus: status });
};

/** Answered, but with nothing this server can rely on. `seen` ends the sentence "Affise's answer …". */
export const unreadableAnswer = (
  operation: OperationInfo,
  status: number,
  seen: string,
  { answer, key, cause }: { answer?: unknown; key?: string; cause?: unknown } = {},
): UpstreamError => {
  const said = cleaned(textOf(answer), key);
  const message = `Affise's answer ${seen}.${said ? ` (Affise: ${said})` : ""}`;
  return failed(operation, "UPSTREAM_FAILED", message, "UNKNOWN", { upstreamStatus: status }, cause);
};

const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT", "EHOSTUNREACH", "ENETUNREACH"]);

/** The code of what went wrong, wherever in the chain of causes it stands; empty where there is none. */
export const codeIn = (error: unknown): string => {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string") return at.code;
    if (at instanceof AggregateError) return codeIn(at.errors[0]);
  }
  return "";
};

const tooLate = (operation: OperationInfo, error: TurnTooLate): UpstreamError => {
  const { seconds, isPause } = error;
  const why = isPause ? "Affise asked this key to slow down" : "The network's budget of REST calls (UPSTREAM_RATE) is used up";
  const details = { retryAfterSeconds: seconds };
  return failed(operation, "UPSTREAM_RATE_LIMITED", `${why}; ${waitFor(seconds)}.`, "NOT_SENT", details, error);
};

/** No usable answer came: no connection, too late, cut off, too large, or nobody waited. */
export const unanswered = (operation: OperationInfo, error: unknown, breakMs: number): UpstreamError => {
  const code = codeIn(error);
  if (error instanceof TurnTooLate) return tooLate(operation, error);
  const outcome = neverSent.has(code) || error instanceof BrokenCircuitError ? "NOT_SENT" : "UNKNOWN";
  const make = (failure: FailureCode, message: string) => failed(operation, failure, message, outcome, {}, error);
  if (error instanceof TimedOut) return make("UPSTREAM_TIMEOUT", "Affise did not answer in time.");
  if (error instanceof TooLarge) return make("UPSTREAM_FAILED", `Affise's answer was too large (${error.message}).`);
  if (error instanceof PackedBadly)
    return make("UPSTREAM_FAILED", "Affise's answer is cut off or damaged: it cannot be unpacked.");
  if (error instanceof BrokenCircuitError) {
    return make("UPSTREAM_UNREACHABLE", `Affise has been failing and is left alone for ${Math.ceil(breakMs / 1000)} seconds.`);
  }
  if (error instanceof NobodyWaits) return make("UPSTREAM_UNREACHABLE", "Nobody waited for the answer any more.");
  return make("UPSTREAM_UNREACHABLE", `Affise cannot be reached${code ? ` (${code})` : ""}.`);
};
