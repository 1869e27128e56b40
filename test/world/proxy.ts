import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { operations } from "../../src/contract/operation.js";
import { send } from "./send.js";

/** Says what is sent in an answer's stead; undefined lets an answer through, unread. */
export type Rewrite = (operation: string, url: URL) => ((answer: unknown) => unknown) | undefined;

export interface Proxy {
  url: string;
  /** Where requests go, and what becomes of the answers; nothing unless told. */
  upstream: string;
  rewrite: Rewrite | undefined;
  /** Answers in the upstream's stead; undefined lets a request through. */
  intercept: ((operation: string, url: URL) => ((response: ServerResponse) => void) | undefined) | undefined;
  /** Whether the connection is cut once the upstream has answered: what was asked is carried out, and nobody hears of it. */
  lose: ((operation: string) => boolean) | undefined;
  /** Changes what is asked before it is sent on: an upstream that gives smaller pages, say. */
  reask: ((url: URL) => URL) | undefined;
  /** Forgets what it has asked for: what is behind it holds other things now. */
  forget(): void;
  close(): Promise<void>;
}

const patterns = [...operations.keys()]
  .map((operation) => ({
    operation,
    pattern: new RegExp(`^${operation.replaceAll(/\{\w+\}/g, "[^/]+").replaceAll(".", "\\.")}$`),
  }))
  .sort((a, b) => Number(a.operation.includes("{")) - Number(b.operation.includes("{")));

const seen = new Map<string, string>();

const operationOf = (method: string, path: string): string => {
  const asked = `${method} ${path}`;
  const operation = seen.get(asked) ?? patterns.find(({ pattern }) => pattern.test(asked))?.operation ?? asked;
  seen.set(asked, operation);
  return operation;
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length ? Buffer.concat(chunks) : undefined;
};

interface Known {
  status: number;
  text: string;
}

/** An HTTP proxy between the server and the sandbox that can change JSON answers on their way. It asks for nothing twice between two writes. */
export const openProxy = async (): Promise<Proxy> => {
  const known = new Map<string, Known>();
  const proxy: Proxy = {
    url: "",
    upstream: "",
    rewrite: undefined,
    intercept: undefined,
    lose: undefined,
    reask: undefined,
    forget: () => known.clear(),
    close: async () => undefined,
  };

  const forward = async (request: IncomingMessage, response: ServerResponse) => {
    const plain = new URL(request.url ?? "/", proxy.upstream);
    const url = proxy.reask?.(new URL(plain)) ?? plain;
    const method = request.method ?? "GET";
    const { host: _, connection: __, "content-length": ___, "transfer-encoding": ____, ...headers } = request.headers;
    const body = await bodyOf(request);
    const operation = operationOf(method, url.pathname);
    const instead = proxy.intercept?.(operation, url);
    if (instead) {
      instead(response);
      return;
    }
    const fetched = (): Promise<Known> => send(url, { method, headers: headers as Record<string, string>, body });
    const asked = `${method} ${url} ${headers["api-key"]}`;
    const { status, text } = await (method === "GET" ? (known.get(asked) ?? fetched()) : fetched());
    if (method === "GET") known.set(asked, { status, text });
    else known.clear();
    if (proxy.lose?.(operation)) {
      response.destroy();
      return;
    }
    const change = status === 200 ? proxy.rewrite?.(operation, url) : undefined;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(change ? JSON.stringify(change(JSON.parse(text))) : text);
  };

  const server = createServer((request, response) => {
    forward(request, response).catch((error: unknown) => response.writeHead(502).end(String(error)));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  proxy.close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return proxy;
};
