import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { operations } from "../src/affise/operation.js";

/** Changes an answer on its way: what it returns is sent instead. */
export type Rewrite = (operation: string, url: URL, answer: unknown) => unknown;

export interface Proxy {
  url: string;
  /** Where requests go, and what becomes of the answers; nothing unless told. */
  upstream: string;
  rewrite: Rewrite | undefined;
  close(): Promise<void>;
}

const patterns = [...operations.keys()]
  .map((operation) => ({
    operation,
    pattern: new RegExp(`^${operation.replaceAll(/\{\w+\}/g, "[^/]+").replaceAll(".", "\\.")}$`),
  }))
  .sort((a, b) => Number(a.operation.includes("{")) - Number(b.operation.includes("{")));

const operationOf = (method: string, path: string) => {
  const asked = `${method} ${path}`;
  return patterns.find(({ pattern }) => pattern.test(asked))?.operation ?? asked;
};

const bodyOf = async (request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length ? new Uint8Array(Buffer.concat(chunks)) : undefined;
};

/** An HTTP proxy between the server and the sandbox that can change JSON answers on their way. */
export const openProxy = async (): Promise<Proxy> => {
  const proxy: Proxy = { url: "", upstream: "", rewrite: undefined, close: async () => undefined };

  const forward = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", proxy.upstream);
    const method = request.method ?? "GET";
    const { host: _, connection: __, "content-length": ___, "transfer-encoding": ____, ...headers } = request.headers;
    const answer = await fetch(url, { method, headers: headers as Record<string, string>, body: await bodyOf(request) });
    const text = await answer.text();
    const changed =
      proxy.rewrite && answer.ok ? JSON.stringify(proxy.rewrite(operationOf(method, url.pathname), url, JSON.parse(text))) : text;
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "application/json" });
    response.end(changed);
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
