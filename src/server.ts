import { randomUUID } from "node:crypto";
import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener } from "@apollo/server";
import { unwrapResolverError } from "@apollo/server/errors";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Redis } from "ioredis";
import { memoryStore, redisStore, ttlOf } from "./affise/cache.js";
import { AffiseError } from "./affise/error.js";
import type { Tenant } from "./affise/http.js";
import type { Facts } from "./affise/operation.js";
import { defaultSessionOptions, openSessions, type SessionOptions } from "./affise/session.js";
import type { Context } from "./context.js";
import { badValue } from "./execution/bad-value.js";
import { openExecutor } from "./execution/execute.js";
import { defaultLimits, type Limits, limiter, limitPlugin } from "./execution/limit.js";
import { runner, tracePlugin } from "./execution/run.js";
import { buildSchema } from "./graph/index.js";
import { drainable } from "./http/drain.js";
import { serveGraphql } from "./http/endpoint.js";
import type { Load } from "./http/overload.js";
import type { Rates } from "./http/rate-limit.js";
import { mediaTypeFor, refuse } from "./http/refusal.js";
import { type Playground, servePage } from "./page.js";
import { printedSchema } from "./sdl.js";
import { logSink } from "./watch/log.js";
import { openMetrics } from "./watch/metrics.js";
import { openTracing } from "./watch/tracing.js";
import { tellOf, watchPlugin } from "./watch/watch.js";

/** Milliseconds that answers are kept, those of lists to choose from apart; and the bytes they may take in this process. */
export interface CacheOptions {
  ttlMs: number;
  referenceMs: number;
  bytes: number;
}

export interface ServerOptions {
  tenants: readonly [Tenant, ...Tenant[]];
  session?: Partial<SessionOptions>;
  logger?: FastifyBaseLogger;
  /** What the playground says of this server; false for no playground. */
  playground?: Playground | false;
  limits?: Partial<Limits>;
  rates?: Partial<Rates>;
  load?: Partial<Load>;
  bodyBytes?: number;
  corsOrigins?: readonly string[];
  introspection?: boolean;
  metrics?: boolean;
  /** Where traces go, as an OTLP endpoint. */
  traces?: string;
  /** Whether X-Forwarded-For tells the caller's address: false, true, or the addresses of the proxies that are believed. */
  trustProxy?: boolean | string;
  redis?: Redis;
  /** What answers are kept, and how long; nothing is unless told. */
  cache?: CacheOptions;
  shutdownMs?: number;
  /** The sight of a query at which it is compiled: the second unless told; tests compile at the first. */
  compileAt?: number;
}

export interface Server {
  http: FastifyInstance;
  /** Stops accepting, answers what runs, then closes. */
  close(): Promise<void>;
}

/** Who takes application/json gets 200 for every well-formed request, as the GraphQL over HTTP specification wants it. */
const refusedListener: GraphQLRequestListener<Context> = {
  async willSendResponse({ request, response, document, source }) {
    if (response.http.status !== 400 || response.body.kind !== "single" || !source) return;
    const parsed = document !== undefined || response.body.singleResult.errors?.[0]?.extensions?.code === "GRAPHQL_PARSE_FAILED";
    if (parsed && mediaTypeFor(request.http?.headers.get("accept")) === "application/json") response.http.status = 200;
  },
};
const statusOfRefused: ApolloServerPlugin<Context> = { requestDidStart: async () => refusedListener };

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

const requestIds = () => {
  const start = randomUUID().slice(0, 8);
  let count = 0;
  return (request: { headers: Record<string, string | string[] | undefined> }): string => {
    const given = request.headers["x-request-id"];
    if (typeof given === "string" && /^[\w.:/+=-]{1,128}$/.test(given)) return given;
    count += 1;
    return `${start}-${count.toString(36)}`;
  };
};

const openHttp = ({ logger, trustProxy = false }: ServerOptions): FastifyInstance =>
  Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIds(),
    requestIdHeader: false,
    // A child logger a request would be made for the few lines that carry their request's id anyway.
    childLoggerFactory: (parent) => parent,
    trustProxy,
    // A client that sends its request drop by drop is cut off.
    requestTimeout: 30_000,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    forceCloseConnections: true,
  });

/** The GraphQL server over the given networks, ready to listen or to be injected into. */
export const createServer = async (options: ServerOptions): Promise<Server> => {
  const { tenants, logger, playground = { sandbox: false, sampleKeys: [] }, redis, shutdownMs = 10_000 } = options;
  const session = { ...defaultSessionOptions, ...options.session };
  const limits = { ...defaultLimits, ...options.limits };
  const store = options.cache && (redis ? redisStore(redis) : memoryStore(options.cache.bytes));
  const { ttlMs = 0, referenceMs = 0 } = options.cache ?? {};
  const cache = store && { store, ttl: ({ tag }: Facts) => ttlOf(tag, ttlMs, referenceMs) };
  const sessions = openSessions({ ...session, cache });
  const schema = buildSchema();
  const metrics = options.metrics ? openMetrics(() => sessions.queue()) : undefined;
  const tracing = options.traces ? await openTracing(options.traces) : undefined;
  const sinks = [logger && logSink(logger), metrics?.sink, tracing?.sink].filter((sink) => sink !== undefined);
  const tell = sinks.length ? tellOf(sinks) : undefined;
  const limit = limiter(schema, limits);
  const executor = openExecutor(schema, options);
  const apollo = new ApolloServer<Context>({
    gateway: executor.gateway,
    introspection: options.introspection ?? true,
    includeStacktraceInErrorResponses: false,
    // A key in a header of its own is as good as a preflight: no other site's page can send it.
    csrfPrevention: { requestHeaders: ["apollo-require-preflight", "x-apollo-operation-name", "api-key", "authorization"] },
    parseOptions: { maxTokens: limits.tokens },
    stopOnTerminationSignals: false,
    formatError: formatError(logger),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      badValue,
      limitPlugin(limit),
      statusOfRefused,
      tracePlugin,
      ...(tell ? [watchPlugin(tell)] : []),
    ],
  });
  await apollo.start();

  const http = openHttp(options);
  const drain = drainable(http);
  const sdl = printedSchema();
  // Fastify's own words repeat the address, and an address may hold what somebody put there by mistake.
  http.setNotFoundHandler((request, reply) =>
    refuse(request, reply, 404, "NOT_FOUND", "There is nothing at this address; queries go to /graphql."),
  );
  http.get("/healthz", () => ({ status: "ok" }));
  http.get("/readyz", (_, reply) => (drain.draining ? reply.code(503).send({ status: "stopping" }) : { status: "ready" }));
  http.get("/schema.graphql", (_, reply) => reply.type("text/plain; charset=utf-8").send(sdl));
  if (metrics) http.get("/metrics", async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  await serveGraphql(http, apollo, runner({ apollo, executor, limit, tell }), sessions, {
    tenants,
    limits,
    metrics,
    redis,
    bodyBytes: options.bodyBytes ?? 1_048_576,
    rates: { perKey: 0, perAddress: 0, ...options.rates },
    load: { inFlight: 0, lagMs: 0, ...options.load },
    corsOrigins: options.corsOrigins ?? [],
    idempotencyWaitMs: 2 * session.timeoutMs,
    cache: store && ttlMs > 0 ? { store, ttlMs } : undefined,
  });
  if (playground) await servePage(http, tenants, playground);

  return {
    http,
    async close() {
      if (http.server.listening) await drain.drain(shutdownMs);
      await http.close();
      await apollo.stop();
      await sessions.close();
      await store?.close();
      metrics?.close();
      await tracing?.close();
    },
  };
};
