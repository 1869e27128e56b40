import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type Dispatcher, Pool, ProxyAgent } from "undici";
import { type RestReply, type RestRequest, replyBody, type Send } from "../request/request.js";
import { turnEnd } from "../request/turn-end.js";
import { proxyFor } from "./proxy.js";
import type { Tenant } from "./tenant.js";

const unzipped = promisify(gunzip);

/** An answer had more bytes than it may. */
export class TooLarge extends Error {
  override readonly name = "TooLarge";
}

/** An answer said that it was packed, and could not be unpacked. */
export class PackedBadly extends Error {
  override readonly name = "PackedBadly";
}

export interface TransportOptions {
  /** The most bytes an answer may have. */
  maxBytes: number;
  /** Open connections to one tenant at the most. */
  connections: number;
}

export interface Transport {
  send: Send;
  close(): Promise<void>;
}

const cancelled = (request: RestRequest): Error => request.cancellation.reason ?? new Error("cancelled");

/** A pool of connections to one host, or through the proxy that the environment names for it. */
const openPool = (url: URL, connections: number): Dispatcher => {
  const proxy = proxyFor(url.href);
  // How long an answer may take is said by each call's deadline alone.
  const options = { connections, connect: { timeout: 10_000 }, headersTimeout: 0, bodyTimeout: 0 };
  return proxy ? new ProxyAgent({ ...options, uri: proxy.href }) : new Pool(url.origin, options);
};

const unpacked = async (reply: RestReply, maxBytes: number): Promise<RestReply> => {
  try {
    return { ...reply, chunks: [await unzipped(replyBody(reply), { maxOutputLength: maxBytes })] };
  } catch (error) {
    if (error instanceof RangeError) throw new TooLarge(`more than ${maxBytes} bytes`);
    throw new PackedBadly("gzip", { cause: error });
  }
};

/** A word of HTTP, in letters of any size. */
const isGzip = (encoding: unknown) => typeof encoding === "string" && encoding.toLowerCase() === "gzip";

/** One request and its whole answer, on undici's own handlers: the streams, signals and promises of its `request` cost as much again. */
const exchange = (pool: Dispatcher, origin: string, path: string, request: RestRequest, maxBytes: number): Promise<RestReply> =>
  new Promise((resolve, reject) => {
    if (request.cancellation.reason) {
      reject(request.cancellation.reason);
      return;
    }
    const chunks: Buffer[] = [];
    let status = 0;
    let headers: RestReply["headers"] = {};
    let size = 0;
    let running: Dispatcher.DispatchController | undefined;
    let reason: Error | undefined;

    const giveUp = (why: Error) => {
      reason ??= why;
      running?.abort(reason);
      stopListening();
      reject(reason);
    };
    const stopListening = request.cancellation.onCancel(() => giveUp(cancelled(request)));

    const { method } = request.operation;
    pool.dispatch(
      { origin, path, method, headers: request.headers, body: request.body ?? null },
      {
        onRequestStart(controller) {
          running = controller;
          if (reason) controller.abort(reason);
        },
        onResponseStart(_, code, fields) {
          status = code;
          headers = fields;
        },
        onResponseData(_, chunk) {
          size += chunk.length;
          if (size > maxBytes) giveUp(new TooLarge(`more than ${maxBytes} bytes`));
          else chunks.push(chunk);
        },
        onResponseEnd() {
          stopListening();
          const reply = { status, headers, chunks };
          resolve(isGzip(headers["content-encoding"]) ? unpacked(reply, maxBytes) : reply);
        },
        onResponseError(_, error) {
          stopListening();
          reject(reason ?? error);
        },
      },
    );
  });

/** The connection to one tenant: an undici pool. Redirects are not followed, since the key must not travel to another host. */
export const openTransport = (tenant: Tenant, { maxBytes, connections }: TransportOptions): Transport => {
  const base = new URL(tenant.url);
  const prefix = base.pathname.replace(/\/$/, "");
  const pool = openPool(base, connections);
  return {
    async send(request) {
      await turnEnd();
      return exchange(pool, base.origin, prefix + request.target, request, maxBytes);
    },
    close: () => pool.destroy(),
  };
};
