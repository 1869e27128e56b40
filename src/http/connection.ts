import { STATUS_CODES } from "node:http";
import { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { memoized } from "../contract/memoized.js";

/** So many requests may wait on one connection, and so long may an answer wait to be read. */
const [mostWaiting, mostUnreadMs] = [32, 60_000];

interface Line {
  isBusy: boolean;
  waiting: (() => void)[];
}

/**
 * The requests of one connection go one after the other. Node hands on all that came in one packet at once: hundreds of small ones would be
 * carried out before anybody else's turn, and those behind a connection that closes would never be known to have ended. Whoever sends very
 * many unanswered, or does not read what is answered, is cut off.
 */
export const keepLines = (http: FastifyInstance, unreadMs = mostUnreadMs): void => {
  const lineOf = memoized((_: Socket): Line => ({ isBusy: false, waiting: [] }));
  http.addHook("onRequest", (request, reply, next) => {
    const { socket } = request.raw;
    const line = lineOf(socket);
    const begin = () => {
      reply.raw.once("close", () => {
        const following = line.waiting.shift();
        if (following && !socket.destroyed) setImmediate(following);
        else line.isBusy = false;
      });
      next();
    };
    if (!line.isBusy) {
      line.isBusy = true;
      begin();
    } else if (line.waiting.length < mostWaiting) {
      line.waiting.push(() => {
        socket.setTimeout(0);
        begin();
      });
    } else socket.destroy();
  });
  http.addHook("onSend", (_, reply, payload, next) => {
    // A request that was injected has none.
    if (reply.raw.socket instanceof Socket) reply.raw.socket.setTimeout(unreadMs);
    next(null, payload);
  });
};

const unreadable: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, "The headers of this request are larger than this server takes."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "This request took too long to come."],
};

/** Answers what is no HTTP, or too much of it, in the words of all refusals, and ends the connection. */
export const refuseUnreadable = ({ code = "" }: { code?: string }, socket: Socket): void => {
  if (socket.destroyed || code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const [status, message] = unreadable[code] ?? [400, "This is no HTTP request that can be read."];
  const body = JSON.stringify({ errors: [{ message, extensions: { code: "BAD_REQUEST" } }] });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      "content-type: application/json; charset=utf-8",
      "cache-control: no-store",
      `content-length: ${Buffer.byteLength(body)}`,
      "connection: close",
      "",
      body,
    ].join("\r\n"),
  );
};
