import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { unwrapResolverError } from "@apollo/server/errors";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import fastifyStatic from "@fastify/static";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from "fastify";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { AffiseError } from "./affise/error.js";
import type { Tenant } from "./affise/http.js";
import { defaultSessionOptions, openSessions, type SessionOptions } from "./affise/session.js";
import { badValue } from "./bad-value.js";
import { type Context, contextFor } from "./context.js";
import { compiledGateway } from "./execute.js";
import { buildSchema } from "./graph/index.js";
import { graphqlHandler } from "./graphql-http.js";
import { printedSchema } from "./sdl.js";

export interface ServerOptions {
  tenants: readonly [Tenant, ...Tenant[]];
  session?: Partial<SessionOptions>;
  logger?: FastifyBaseLogger;
  /** What the playground says of this server beside the names of its networks. */
  playground?: { sandbox: boolean; sampleKeys: readonly { key: string; role: string; about: string }[]; version?: string };
}

export interface Server {
  http: FastifyInstance;
  close(): Promise<void>;
}

const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value)?.trim() || undefined;
};

/** The caller's key: Affise's own header, or a bearer token. Never from the URL. */
const keyOf = (request: FastifyRequest): string | undefined =>
  header(request, "api-key") ?? header(request, "authorization")?.match(/^Bearer\s+(\S+)$/i)?.[1];

const tenantOf = (tenants: ServerOptions["tenants"], request: FastifyRequest): Tenant => {
  const name = header(request, "x-affise-tenant");
  if (name === undefined) {
    if (tenants.length === 1) return tenants[0];
    throw new GraphQLError(
      `Say which network in the header X-Affise-Tenant: ${tenants.map((tenant) => tenant.name).join(", ")}.`,
      {
        extensions: { code: "BAD_USER_INPUT", http: { status: 400 } },
      },
    );
  }
  const tenant = tenants.find((one) => one.name === name);
  if (tenant) return tenant;
  throw new GraphQLError(`X-Affise-Tenant: ${JSON.stringify(name)} is none of the networks of this server.`, {
    extensions: { code: "BAD_USER_INPUT", http: { status: 400 } },
  });
};

/** Puts the REST calls of an operation under its answer, where `X-Affise-Trace: 1` asks for them. */
const trace: ApolloServerPlugin<Context> = {
  async requestDidStart({ request }) {
    if (request.http?.headers.get("x-affise-trace") !== "1") return;
    return {
      async willSendResponse({ response, contextValue }) {
        if (response.body.kind !== "single") return;
        const { singleResult } = response.body;
        singleResult.extensions = { ...singleResult.extensions, affise: { calls: contextValue.calls } };
      },
    };
  },
};

/** Our own words for what graphql-js refuses, and no word of anything unforeseen: that is logged instead. */
const formatError =
  (logger: FastifyBaseLogger | undefined) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = unwrapResolverError(error);
    const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
    if (cause instanceof AffiseError) return { ...formatted, message: cause.message, extensions: { ...cause.extensions } };
    if (extensions.code === "GRAPHQL_VALIDATION_FAILED" && extensions.arguments) extensions.code = "BAD_USER_INPUT";
    if (cause instanceof GraphQLError && extensions.code !== "INTERNAL_SERVER_ERROR") return { ...formatted, extensions };
    logger?.error({ err: cause, path: formatted.path }, "a fault of this server");
    return {
      ...formatted,
      message: "Something went wrong in this server; its log has the rest.",
      extensions: { code: "INTERNAL_SERVER_ERROR" },
    };
  };

// Built beside the server; run from its sources, the server finds it in dist/.
const playgroundFolder = ["./playground/", "../dist/playground/"]
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

/** The GraphQL server over the given networks, ready to listen or to be injected into. */
export const createServer = async ({ tenants, session, logger, playground }: ServerOptions): Promise<Server> => {
  const sessions = openSessions({ ...defaultSessionOptions, ...session });
  const apollo = new ApolloServer<Context>({
    gateway: compiledGateway(buildSchema()),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    formatError: formatError(logger),
    plugins: [ApolloServerPluginCacheControlDisabled(), badValue, trace],
  });
  await apollo.start();

  const http = Fastify({ loggerInstance: logger, logController: new LogController({ disableRequestLogging: true }) });
  const sdl = printedSchema();
  http.get("/healthz", () => ({ status: "ok" }));
  http.get("/readyz", () => ({ status: "ready" }));
  http.get("/playground.json", () => ({
    tenants: tenants.map(({ name }) => name),
    ...(playground ?? { sandbox: false, sampleKeys: [] }),
  }));
  http.get("/schema.graphql", (_, reply) => reply.type("text/plain; charset=utf-8").send(sdl));
  http.route({
    method: ["GET", "POST"],
    url: "/graphql",
    handler: graphqlHandler(apollo, (request) => contextFor(sessions, tenantOf(tenants, request), keyOf(request))),
  });
  if (playgroundFolder) await http.register(fastifyStatic, { root: playgroundFolder });

  return {
    http,
    async close() {
      await http.close();
      await apollo.stop();
      await sessions.close();
    },
  };
};
