import { setTimeout } from "node:timers/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { z } from "zod";
import { operations } from "../../contract/operation.js";

/** Ways in which an operation can fail, and what each does. */
export const faults = {
  status: "answers the HTTP status (500)",
  delay: "answers after ms milliseconds (1000)",
  hang: "never answers",
  reset: "closes the connection without an answer; nothing is carried out",
  truncate: "carries the operation out and closes the connection in the middle of the answer",
  garbage: "answers broken JSON",
  html: "answers an HTML page of status 502",
  envelope: "answers status 2 inside an HTTP 200",
  "rate-limit": "answers 429 with Retry-After: retryAfter seconds (1)",
} as const;

type Kind = keyof typeof faults;

const isOperation = (name: string): boolean => name === "*" || operations.has(name);

export const faultSchema = z.strictObject({
  operation: z.string().refine(isOperation, "must be an operation of the contract, such as GET /3.0/offers, or *"),
  kind: z.enum(Object.keys(faults) as [Kind, ...Kind[]]),
  status: z.int().min(200).max(599).optional(),
  ms: z.int().min(0).max(600_000).optional(),
  share: z.number().min(0).max(1).default(1),
  count: z.int().min(1).optional(),
  retryAfter: z.int().min(0).optional(),
});

/** One way in which an operation fails; `count` goes down with each use. */
export type Fault = z.infer<typeof faultSchema>;

/** The first fault that strikes an operation now. */
export const strike = (faults: Fault[], operation: string): Fault | undefined => {
  const fault = faults.find((one) => (one.operation === "*" || one.operation === operation) && Math.random() < one.share);
  if (fault?.count === undefined) return fault;
  fault.count -= 1;
  if (fault.count === 0) faults.splice(faults.indexOf(fault), 1);
  return fault;
};

/** The Node side of a request, absent when the sandbox is used as a fetch. */
export interface Socket {
  destroy(): void;
  sendPart(status: number, headers: Record<string, string>, part: string, length: number): void;
}

/** Ends early with the request, which it holds: Node forgets to abort the signal of one that nobody holds any more. */
const wait = (ms: number, request: Request): Promise<void> =>
  setTimeout(ms, undefined, { signal: request.signal, ref: false }).catch(() => Promise.reject(request.signal.reason));

/** The longest that a timer of Node waits: weeks. */
const longestMs = 2 ** 31 - 1;

const page = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";

const serverError = JSON.stringify({ status: 2, message: "Server error, Please contact your administrator" });

/** What is answered in place of the operation's own answer, in JSON unless told. */
const insteadOf = {
  status: { status: 500, body: serverError },
  garbage: { status: 200, body: '{"status":1,"offers":[{"id":' },
  html: { status: 502, body: page, "content-type": "text/html" },
  envelope: { status: 200, body: serverError },
  "rate-limit": { status: 429, body: JSON.stringify({ status: 2, message: "Too Many Requests" }) },
} as const;

/** Cuts an answer off in the middle: half of its text is sent, then the socket goes. */
const truncate = async (answer: () => Promise<Response>, socket: Socket | undefined): Promise<Response> => {
  const response = await answer();
  const text = await response.text();
  const half = text.slice(0, Math.ceil(text.length / 2));
  if (!socket) return new Response(half, { status: response.status, headers: response.headers });
  socket.sendPart(response.status, { "content-type": "application/json" }, half, Buffer.byteLength(text));
  return RESPONSE_ALREADY_SENT;
};

const lost = (socket: Socket | undefined): Response => {
  if (!socket) throw new TypeError("fetch failed: the connection was reset");
  socket.destroy();
  return RESPONSE_ALREADY_SENT;
};

/**
 * An answer as a fault spoils it. `delay` and `truncate` carry the operation out; every other kind answers in its
 * place, so nothing changes.
 */
export const spoil = async (
  fault: Fault,
  answer: () => Promise<Response>,
  request: Request,
  socket: Socket | undefined,
): Promise<Response> => {
  if (fault.kind === "delay") return wait(fault.ms ?? 1000, request).then(answer);
  if (fault.kind === "truncate") return truncate(answer, socket);
  if (fault.ms !== undefined) await wait(fault.ms, request);
  if (fault.kind === "hang") await wait(longestMs, request);
  if (fault.kind === "hang" || fault.kind === "reset") return lost(socket);
  const { status, body, ...more } = insteadOf[fault.kind];
  const headers: Record<string, string> = { "content-type": "application/json", ...more };
  if (fault.kind === "rate-limit") headers["retry-after"] = String(fault.retryAfter ?? 1);
  return new Response(body, { status: fault.status ?? status, headers });
};
