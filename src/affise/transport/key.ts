import type { Send } from "../request/request.js";

/** Printable ASCII without commas: Node joins a header sent twice by one, and no key of Affise has any. */
export const isKey = (text: string): boolean => /^[\x20-\x2b\x2d-\x7e]{1,512}$/.test(text);

/** What is told of a text that is no key; the text itself may be one, mistyped. */
export const noKey = "is none of Affise's: those are up to 512 visible ASCII characters, without a comma.";

/** Puts the caller's key on: the one place where that happens. An operation that takes no key is sent without. */
export const withKey =
  (send: Send, key: string | undefined): Send =>
  (request) =>
    send(key && request.operation.needsKey ? { ...request, headers: { ...request.headers, "api-key": key } } : request);
