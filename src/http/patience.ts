import { setMaxListeners } from "node:events";
import type { ServerResponse } from "node:http";

/**
 * A signal that aborts when the client goes away before its answer is out. It is made when first asked for: most requests are answered
 * before anybody does.
 */
export const goneSignal = (raw: ServerResponse): (() => AbortSignal) => {
  let controller: AbortController | undefined;
  return () => {
    if (controller) return controller.signal;
    const made = new AbortController();
    // Every REST call of the request listens: more than ten are no leak.
    setMaxListeners(0, made.signal);
    controller = made;
    const leave = () => {
      if (!raw.writableFinished) made.abort();
    };
    if (raw.destroyed) leave();
    else raw.once("close", leave);
    return made.signal;
  };
};
