import { BrokenCircuitError } from "cockatiel";
import type { KyInstance } from "ky";
import { TurnTooLate } from "../budget/budget.js";
import type { RestReply, RestRequest, Send } from "../request/request.js";
import { retryAfterSeconds } from "../request/retry-after.js";
import { TooLarge } from "./transport.js";

/** How an attempt ended. */
type Attempt = { reply: RestReply } | { error: unknown };

const attempt = async (send: Send, request: RestRequest): Promise<Attempt> => {
  try {
    return { reply: await send(request) };
  } catch (error) {
    return { error };
  }
};

const isGood = ({ status }: RestReply): boolean => status >= 200 && status < 300;

/**
 * ky owns which reads are tried again, how often and when. A read's first attempt goes past it, since its Request, Headers and signals cost
 * half as much again as the whole rest of a call (docs/decisions.md); where that attempt is not plainly good it becomes ky's own first. ky
 * sees statuses and headers; the body travels beside its Response. It is loaded when it is first needed, for it brings Node's own fetch with
 * it. Writes are sent once, and know nothing of it.
 */
export const withKy = (send: Send, origin: string, retries: number): Send => {
  let client: KyInstance | undefined;

  const byKy = async (request: RestRequest, known: Attempt): Promise<RestReply> => {
    let first: Attempt | undefined = known;
    /** The last reply, unless an attempt is under way. */
    let last: RestReply | undefined;
    const fetch = async (): Promise<Response> => {
      last = undefined;
      const result = first ?? (await attempt(send, request));
      first = undefined;
      if ("error" in result) throw result.error;
      last = result.reply;
      const seconds = retryAfterSeconds(last.headers);
      return new Response(null, {
        status: last.status,
        headers: seconds === undefined ? {} : { "retry-after": String(seconds) },
      });
    };
    const { default: ky, HTTPError } = await import("ky");
    client ??= ky.create({
      timeout: false,
      retry: { limit: retries, methods: ["get"], statusCodes: [429, 502, 503, 504], jitter: true },
    });
    const [signal, end] = request.cancellation.signal();
    try {
      await client(new URL(request.target, origin), {
        signal,
        fetch,
        retry: {
          // A wait beyond the deadline would be for nothing: the caller is told at once.
          shouldRetry: ({ error }) => {
            if (error instanceof TooLarge || error instanceof TurnTooLate || error instanceof BrokenCircuitError) return false;
            const seconds = last && retryAfterSeconds(last.headers);
            return seconds !== undefined && seconds * 1_000 >= request.deadline.leftMs ? false : undefined;
          },
        },
      });
    } catch (error) {
      // What came before the deadline ended a wait says more than that it did.
      if (!last || !(error instanceof HTTPError || request.cancellation.reason)) throw error;
    } finally {
      end();
    }
    if (!last) throw new Error("ky ended without an answer");
    return last;
  };

  return (request) => {
    if (request.operation.method !== "GET") return send(request);
    return send(request).then(
      (reply) => (isGood(reply) ? reply : byKy(request, { reply })),
      (error: unknown) => byKy(request, { error }),
    );
  };
};
