import type { IncomingHttpHeaders } from "node:http";

/** Whether a request is a dry run: `X-Affise-Dry-Run: 1`. Whatever else stands there is one too, unless it says no: better a write too few. */
export const isDryRun = (headers: IncomingHttpHeaders): boolean => {
  const value = headers["x-affise-dry-run"];
  return value !== undefined && !/^(0|false|no|off)?$/i.test(String(value).trim());
};
