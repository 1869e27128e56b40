import { Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";

export interface Drain {
  readonly draining: boolean;
  /**
   * Says that it ends and goes on as before for `delayMs`, so that whoever hands out requests may see it. Then stops accepting and waits, at
   * most `timeoutMs`, until all that runs is answered.
   */
  drain(timeoutMs: number, delayMs?: number): Promise<void>;
}

/** How long kept-alive connections may stay silent before they are taken for idle: clients on a busy machine take a while to answer. */
const quietMs = 1000;

/**
 * The end of a server without a lost request. Node's own close cuts idle connections at once, and a request that is just then on its way
 * through one of them is lost. So the listening socket closes first, every answer says that its connection ends, and only what stays
 * silent is cut.
 */
export const drainable = (http: FastifyInstance): Drain => {
  let draining = false;
  let closing = false;
  let under = 0;
  let lastSeen = 0;
  const seen = () => {
    lastSeen = Date.now();
  };
  http.addHook("onRequest", (_, reply, next) => {
    under += 1;
    if (closing) {
      seen();
      reply.header("connection", "close");
    }
    reply.raw.once("close", () => {
      under -= 1;
      if (closing) seen();
    });
    next();
  });
  const connections = () => new Promise<number>((resolve) => http.server.getConnections((_, count) => resolve(count)));
  /** Whether somebody waits for an answer, or may be about to ask. */
  const isNeeded = async () => under > 0 || (Date.now() - lastSeen < quietMs && (await connections()) > 0);
  return {
    get draining() {
      return draining;
    },
    async drain(timeoutMs, delayMs = 0) {
      if (draining) return;
      draining = true;
      if (delayMs > 0) await sleep(delayMs);
      closing = true;
      seen();
      const end = Date.now() + timeoutMs;
      Server.prototype.close.call(http.server);
      while (Date.now() < end && (await isNeeded())) await sleep(20);
      http.server.closeAllConnections();
    },
  };
};
