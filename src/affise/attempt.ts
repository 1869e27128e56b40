import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { Cancellation } from "./cancellation.js";

export class TooLarge extends Error {}
export class TooLate extends Error {}

/** What came back, read to its end. */
export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const nothing = Buffer.alloc(0);

export interface AttemptOptions {
  path: string;
  method: Dispatcher.HttpMethod;
  headers: Record<string, string>;
  body?: Buffer | null;
  /** The most bytes that the answer may have. */
  maxBytes: number;
  /** Milliseconds until the answer must be in, to its last byte. */
  timeoutMs?: number;
  cancellation?: Cancellation;
}

/**
 * One request and its whole answer, on undici's own handlers: the streams, signals and promises of its `request` cost as much again.
 * Rejects with undici's errors, with why nobody waits any more, with TooLarge or with TooLate.
 */
export const attempt = (pool: Dispatcher, { maxBytes, timeoutMs, cancellation, ...request }: AttemptOptions): Promise<Reply> =>
  new Promise((resolve, reject) => {
    if (cancellation?.reason) {
      reject(cancellation.reason);
      return;
    }
    const reply: Reply = { status: 0, headers: {}, body: nothing };
    const chunks: Buffer[] = [];
    let size = 0;
    let running: Dispatcher.DispatchController | undefined;
    let reason: Error | undefined;

    const giveUp = (why: Error) => {
      reason ??= why;
      running?.abort(reason);
      settle();
      reject(reason);
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => giveUp(new TooLate("too late")), timeoutMs);
    const settle = () => {
      clearTimeout(timer);
      stopListening?.();
    };
    const stopListening = cancellation?.onCancel(() => giveUp(cancellation.reason ?? new Error("cancelled")));

    pool.dispatch(request, {
      onRequestStart(controller) {
        running = controller;
        if (reason) controller.abort(reason);
      },
      onResponseStart(_, status, headers) {
        reply.status = status;
        reply.headers = headers;
      },
      onResponseData(_, chunk) {
        size += chunk.length;
        if (size > maxBytes) giveUp(new TooLarge(`more than ${maxBytes} bytes`));
        else chunks.push(chunk);
      },
      onResponseEnd() {
        settle();
        const [first] = chunks;
        reply.body = chunks.length === 1 && first ? first : Buffer.concat(chunks, size);
        resolve(reply);
      },
      onResponseError(_, error) {
        settle();
        reject(reason ?? error);
      },
    });
  });
