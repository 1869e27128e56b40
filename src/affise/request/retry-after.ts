import type { IncomingHttpHeaders } from "node:http";

/** The whole seconds that an answer asks to wait: `Retry-After` as seconds or as a date. */
export const retryAfterSeconds = (headers: IncomingHttpHeaders): number | undefined => {
  const said = headers["retry-after"];
  if (!said) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1_000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
};
