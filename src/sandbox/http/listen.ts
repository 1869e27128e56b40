import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";

export interface ListenOptions {
  port?: number;
  host?: string;
}

export interface Listening {
  url: string;
  close(): Promise<void>;
}

type Fetch = (request: Request, env: Partial<HttpBindings>) => Response | Promise<Response>;

/** Serves a fetch over HTTP. Closing ends kept-alive connections at once. */
export const listen = async (fetch: Fetch, { port = 0, host = "127.0.0.1" }: ListenOptions = {}): Promise<Listening> => {
  const server = createAdaptorServer({ fetch: (request, env) => fetch(request, env as HttpBindings) }) as Server;
  await once(server.listen(port, host), "listening").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EADDRINUSE" ? new Error(`Port ${port} on ${host} is already in use`, { cause: error }) : error;
  });
  const { port: taken } = server.address() as AddressInfo;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${name}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
