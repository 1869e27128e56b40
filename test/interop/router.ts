import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { getStitchedSchemaFromSupergraphSdl } from "@graphql-tools/federation";
import type { ExecutionResult } from "@graphql-tools/utils";
import { graphql, parse, print } from "graphql";
import { blocksOf } from "../docs/markdown.js";
import { at } from "../world/build.js";
import { freePort } from "../world/redis.js";
import { fromTools, tool } from "./tools.js";

type Headers = Record<string, string>;

/** What answers for a whole supergraph. */
export interface Router {
  /** Apollo's gateway reads in `metrics` whether traces are wanted, and puts them there. */
  ask(query: string, headers: Headers, metrics?: object): Promise<ExecutionResult>;
  close(): Promise<void>;
}

const post = async (url: string, query: string, variables: unknown, headers: Headers): Promise<ExecutionResult> => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as ExecutionResult;
};

/** The executor inside Hive Gateway, in this process. */
export const openExecutor = async (supergraphSdl: string): Promise<Router> => {
  const schema = getStitchedSchemaFromSupergraphSdl({
    supergraphSdl,
    onSubschemaConfig: (config) => {
      const isOurs = config.name.toLowerCase() === "affise";
      config.executor = ({ document, variables, context }) =>
        post(config.endpoint ?? "", print(document), variables, isOurs ? Object(context).headers : {});
    },
  });
  return {
    ask: async (source, headers) => JSON.parse(JSON.stringify(await graphql({ schema, source, contextValue: { headers } }))),
    close: async () => {},
  };
};

/** What is asked of Apollo's gateway here. */
interface ApolloGateway {
  ApolloGateway: new (
    options: object,
  ) => {
    load(): Promise<{ executor(request: object): Promise<ExecutionResult>; schema: unknown }>;
    stop(): Promise<void>;
  };
  RemoteGraphQLDataSource: new (service: object) => { name: string };
}

/** Apollo's own gateway with its query planner, in this process. */
export const openApolloGateway = async (supergraphSdl: string): Promise<Router> => {
  const { ApolloGateway, RemoteGraphQLDataSource } = fromTools<ApolloGateway>("@apollo/gateway");
  class Source extends RemoteGraphQLDataSource {
    willSendRequest({
      request,
      context,
    }: {
      request: { http: { headers: Map<string, string> } };
      context: { headers: Headers };
    }) {
      if (this.name !== "affise") return;
      for (const [name, value] of Object.entries(context.headers ?? {})) request.http.headers.set(name, value);
    }
  }
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: (service: object) => new Source(service),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const { executor, schema } = await gateway.load();
  return {
    ask: async (query, headers, metrics = {}) => {
      const request = { query, variables: {} };
      const context = { headers };
      const answer = await executor({ document: parse(query), request, queryHash: query, context, metrics, schema });
      return JSON.parse(JSON.stringify(answer));
    },
    close: () => gateway.stop(),
  };
};

/** Hive Gateway itself, set up by the block of docs/federation.md. */
export const openHiveGateway = async (supergraphSdl: string): Promise<Router> => {
  const folder = mkdtempSync(join(tmpdir(), "affise-graphql-gateway-"));
  writeFileSync(join(folder, "supergraph.graphql"), supergraphSdl);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  symlinkSync(tool(""), join(folder, "node_modules"), "junction");
  for (const { text, marks } of blocksOf("docs/federation.md", readFileSync(at("docs/federation.md"), "utf8")))
    if (marks.file) writeFileSync(join(folder, marks.file), text);
  const port = await freePort();
  const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
  const args = [tool(".bin/hive-gateway"), "supergraph", "--host", "127.0.0.1", "--port", String(port)];
  const gateway = spawn(process.execPath, args, { cwd: folder, env });
  let said = "";
  for (const stream of [gateway.stdout, gateway.stderr])
    stream.on("data", (text) => {
      said += text;
    });
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${url}/readiness`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (gateway.exitCode !== null) throw new Error(`Hive Gateway ended: ${said}`);
    await pause(100);
  }
  return {
    ask: (query, headers) => post(`${url}/graphql`, query, undefined, headers),
    close: () =>
      new Promise((resolve) => {
        gateway.once("close", () => {
          rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        gateway.kill("SIGKILL");
      }),
  };
};
