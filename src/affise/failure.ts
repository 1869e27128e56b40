import { UpstreamError } from "./error.js";
import type { FailureCode } from "./error-code.js";
import type { Operation } from "./operation.js";

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

const codeFor = (status: number, text: string): FailureCode => {
  const known = byStatus[status];
  if (known) return known;
  if (status >= 500 || (status >= 300 && status < 400)) return "UPSTREAM_FAILED";
  return byText.find(([pattern]) => pattern.test(text))?.[1] ?? "BAD_USER_INPUT";
};

const flatten = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(flatten).filter(Boolean).join("; ");
  if (value && typeof value === "object") {
    return Object.entries(value)
      .map(([name, item]) => `${name}: ${flatten(item)}`)
      .join("; ");
  }
  return value === null || value === undefined ? "" : String(value);
};

/** Upstream text fit for a stranger's eyes: no markup, no addresses, no keys, one line, at most 300 characters. */
export const cleaned = (text: string, key?: string): string => {
  const plain = key ? text.replaceAll(key, "…") : text;
  return plain
    .replace(/<[^>]*>/g, " ")
    .replace(/https?:\/\/\S+/gi, "…")
    .replace(/\b[0-9a-f]{32,}\b/gi, "…")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
};

/** The text of an error answer: `message`, else `error`, each text or object. */
export const textOf = (answer: unknown): string => {
  if (!answer || typeof answer !== "object") return "";
  const { message, error } = answer as { message?: unknown; error?: unknown };
  return flatten(message) || flatten(error);
};

const kinds: Record<string, string> = {
  admin: "network users' keys",
  affiliate: "affiliates' keys",
  advertiser: "advertisers' keys",
};

const meanings: Partial<Record<FailureCode, string>> = {
  UNAUTHENTICATED: "Affise does not know this API key on this host; check the key, and that the API URL is this network's.",
  FORBIDDEN: "This API key is not allowed to do that; a General manager can change the permission in the panel.",
  NOT_FOUND: "Affise finds nothing there for this key: the id is unknown, or the key may not see it.",
  UPSTREAM_RATE_LIMITED: "Affise asks to slow down; try again in a moment.",
};

/** Affise answered, but with an error: an HTTP status, or status 2 inside a 200. */
export const refused = (
  operation: Operation,
  status: number,
  answer: unknown,
  audience: readonly string[],
  key?: string,
): UpstreamError => {
  const said = cleaned(textOf(answer), key);
  const code = codeFor(status, said);
  const meaning = meanings[code];
  const who =
    code === "FORBIDDEN" && audience.length < 3
      ? ` It is open to ${audience.map((kind) => kinds[kind] ?? kind).join(" and ")}.`
      : "";
  const message = meaning
    ? `${meaning}${who}${said ? ` (Affise: ${said})` : ""}`
    : said || `Affise answered with HTTP status ${status}.`;
  return new UpstreamError(code, message, { operation, upstreamStatus: status });
};
