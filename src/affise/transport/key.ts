import type { Send } from "../request/request.js";

/** Puts the caller's key on: the one place where that happens. An operation that takes no key is sent without. */
export const withKey =
  (send: Send, key: string | undefined): Send =>
  (request) =>
    send(key && request.operation.needsKey ? { ...request, headers: { ...request.headers, "api-key": key } } : request);
