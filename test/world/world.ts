import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.js";
import { openSandboxDoor } from "../../src/sandbox-door.js";
import { createServer, type Server, type ServerOptions } from "../../src/server.js";
import type { Operation } from "./document.js";
import { post } from "./send.js";
import { note } from "./tally.js";

/** One REST call as the trace tells it. */
interface TracedCall {
  operation: string;
  status: number;
  ms: number;
  source: string;
}

/** What a dry run says that it would change of one thing. */
export interface PlannedChange {
  type: string;
  id: string;
  argument: string;
  before: Record<string, unknown>;
  /** Null where it is removed. */
  after: Record<string, unknown> | null;
}

/** A GraphQL answer as a client sees it. */
export interface Reply<Data = Record<string, unknown>> {
  data: Data;
  errors?: {
    message: string;
    path?: (string | number)[];
    extensions: { code: string; operation?: string; [more: string]: unknown };
  }[];
  extensions?: {
    affise?: { calls: TracedCall[]; dryRun?: { operation: string; path: string }[]; changes?: PlannedChange[] };
    cost?: unknown;
    /** Apollo's trace, in base64. */
    ftv1?: string;
  };
}

export interface AskOptions {
  variables?: Record<string, unknown>;
  /** One of the sandbox's keys; null sends none. */
  key?: string | null;
  headers?: Record<string, string>;
}

export interface World {
  sandbox: Sandbox;
  server: Server;
  /** Where the server listens. */
  url: string;
  /** Where the sandbox listens. */
  upstream: string;
  /** Asks over HTTP, as a General manager unless told. */
  ask<Data = Record<string, unknown>>(query: Operation<Data>, options?: AskOptions): Promise<Reply<Data>>;
  /** The same, with the REST calls that the sandbox saw meanwhile: operations in alphabetical order, each as often as it was called. */
  askCounting<Data = Record<string, unknown>>(
    query: Operation<Data>,
    options?: AskOptions,
  ): Promise<Reply<Data> & { calls: string[] }>;
  close(): Promise<void>;
}

const counted = (calls: Record<string, number>) =>
  Object.entries(calls)
    .flatMap(([operation, times]) => Array<string>(times).fill(operation))
    .sort();

const minus = (after: Record<string, number>, before: Record<string, number>) =>
  Object.fromEntries(Object.entries(after).map(([operation, times]) => [operation, times - (before[operation] ?? 0)]));

/** The operations of which a REST call went well, off the server's own metrics. */
const reached = async ({ http }: Server): Promise<string[]> => {
  const { body } = await http.inject("/metrics");
  return [...body.matchAll(/^affise_graphql_rest_calls_total\{operation="([^"]+)",outcome="ok"/gm)].map(([, name = ""]) => name);
};

/** How long a server of the tests waits for its upstream: a machine that stands still for half a minute makes no test fail. */
export const patience = { timeoutMs: 100_000 };

/** A server over a sandbox of its own, both speaking real HTTP on free ports. Close it after use. */
export const openWorld = async (
  options: SandboxOptions = {},
  server: Partial<ServerOptions> = {},
  /** True for a server that answers the sandbox's paths too, as `npm start` does. */
  { hasSandboxDoor = false } = {},
): Promise<World> => {
  const sandbox = createSandbox({ ugly: "all", ...options });
  const upstream = await sandbox.listen();
  const session = { ...patience, ...server.session };
  const made = await createServer({ tenants: [{ name: "sandbox", url: upstream.url }], metrics: true, ...server, session });
  if (hasSandboxDoor) await openSandboxDoor(made.http, upstream.url);
  const url = await made.http.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 });

  const ask = async <Data = Record<string, unknown>>(
    query: Operation<Data>,
    { variables, key = "sandbox-general-manager", headers }: AskOptions = {},
  ) => {
    const { text } = await post(`${url}/graphql`, { query, variables }, { ...(key ? { "api-key": key } : {}), ...headers });
    return JSON.parse(text) as Reply<Data>;
  };

  return {
    sandbox,
    server: made,
    url,
    upstream: upstream.url,
    ask,
    async askCounting(query, how) {
      const before = sandbox.calls();
      const reply = await ask(query, how);
      return { ...reply, calls: counted(minus(sandbox.calls(), before)) };
    },
    async close() {
      note("graphql", await reached(made));
      await made.close();
      await upstream.close();
    },
  };
};
