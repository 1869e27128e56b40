import { createServer as createHttp, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer, type ServerOptions } from "../../src/server.js";
import { post } from "./send.js";
import { patience, type Reply } from "./world.js";

/**
 * What an Affise made of fixed answers says to one request: its JSON. A number is the HTTP status of a refusal; a function answers by itself.
 */
export type Answering = (path: string, query: URLSearchParams) => unknown;

export interface Answered {
  ask(query: string, key?: string): Promise<Reply>;
  /** The addresses asked for since the last look, decoded. */
  seen(): string[];
  /** Where the fixed answers are served. */
  upstream: string;
  close(): Promise<void>;
}

/** A server over an Affise that answers with what it is told to: for forms that the sandbox does not print. Close it after use. */
export const openAnswering = async (answer: Answering, options: Partial<ServerOptions> = {}): Promise<Answered> => {
  let asked: string[] = [];
  const upstream = createHttp((request, response) => {
    const url = new URL(request.url ?? "/", "http://upstream");
    asked.push(decodeURIComponent(`${url.pathname}${url.search}`));
    const said = answer(decodeURIComponent(url.pathname), url.searchParams);
    const isStatus = typeof said === "number" && said >= 100;
    if (typeof said === "function") {
      (said as (response: ServerResponse) => void)(response);
      return;
    }
    response.statusCode = isStatus ? said : 200;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(isStatus ? { status: 2, error: "refused" } : said));
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  const at = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  const session = { ...patience, ...options.session };
  const server = await createServer({ tenants: [{ name: "answering", url: at }], ...options, session });
  const url = await server.http.listen({ port: 0, host: "127.0.0.1" });
  return {
    upstream: at,
    async ask(query, key = "any") {
      const { text } = await post(`${url}/graphql`, { query }, { "api-key": key });
      return JSON.parse(text) as Reply;
    },
    seen() {
      const all = asked;
      asked = [];
      return all;
    },
    async close() {
      await server.close();
      upstream.closeAllConnections();
      await new Promise((resolve) => upstream.close(resolve));
    },
  };
};
