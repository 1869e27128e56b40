import { randomUUID } from "node:crypto";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Redis } from "ioredis";
import type { Budget } from "./affise/budget/budget.js";
import { LocalBudget } from "./affise/budget/local-budget.js";
import { redisBudget } from "./affise/budget/redis-budget.js";
import type { SessionOptions } from "./affise/session.js";
import { defaultSessionOptions, Sessions } from "./affise/sessions.js";
import { memoryStore, redisStore, type Store, ttlOf } from "./affise/sharing/cache.js";
import type { Tenant } from "./affise/transport/tenant.js";
import type { Audit } from "./audit/audit.js";
import { logAudit } from "./audit/log-audit.js";
import type { OperationInfo } from "./contract/operation.js";
import { PersistedTexts } from "./documents/apq.js";
import { Assessor } from "./documents/assess.js";
import type { DocumentModes } from "./documents/mode.js";
import { type DocumentOptions, DocumentResolver } from "./documents/resolver.js";
import { openTrustedDocuments } from "./documents/trusted.js";
import { openApollo } from "./execution/apollo.js";
import { type CostReader, costReader } from "./execution/cost.js";
import { defaultLimits, type Limits } from "./execution/limit.js";
import { buildSchema } from "./graph/index.js";
import { packedOnce } from "./http/compress.js";
import { keepLines, refuseUnreadable } from "./http/connection.js";
import { drainable } from "./http/drain.js";
import { serveGraphql } from "./http/endpoint.js";
import type { Pressure } from "./http/pressure.js";
import type { Rates } from "./http/rate-limit.js";
import { refuse } from "./http/refusal.js";
import { RedisStore } from "./idempotency/redis-store.js";
import { type IdempotencyStore, MemoryStore } from "./idempotency/store.js";
import { type Playground, servePage } from "./page.js";
import { printedSchema } from "./sdl.js";
import { logExporter } from "./telemetry/log.js";
import type { Metrics } from "./telemetry/metrics.js";
import { openTracing } from "./telemetry/tracing.js";

/** Milliseconds that answers are kept, those of lists to choose from apart; and the bytes they may take in this process. */
interface CacheOptions {
  ttlMs: number;
  referenceMs: number;
  bytes: number;
}

const nothingKept: CacheOptions = { ttlMs: 0, referenceMs: 0, bytes: 1 };

export interface ServerOptions {
  tenants: readonly [Tenant, ...Tenant[]];
  session?: Partial<SessionOptions>;
  logger?: FastifyBaseLogger;
  /** What the playground says of this server; false for no playground. */
  playground?: Playground | false;
  limits?: Partial<Limits>;
  rates?: Partial<Rates>;
  pressure?: Partial<Pressure>;
  bodyBytes?: number;
  corsOrigins?: readonly string[];
  introspection?: boolean;
  /** False runs every operation through graphql-js. */
  plans?: boolean;
  metrics?: boolean;
  /** Where traces go, as an OTLP endpoint. */
  traces?: string;
  /** Whether X-Forwarded-For tells the caller's address: false, true for one proxy, or the addresses of the proxies that are believed. */
  trustProxy?: boolean | string;
  redis?: Redis;
  /** REST calls a second to each network, by all servers on one Redis together; 0 or none for any number. */
  upstreamRate?: number;
  /** Where the claims of Idempotency-Keys are held, if neither in Redis nor in this process. */
  claims?: IdempotencyStore;
  /** Whether a mutation whose claim cannot be held is refused (`strict`, unless told) or carried out all the same. */
  idempotency?: "strict" | "lenient";
  /** True refuses every mutation. */
  readOnly?: boolean;
  /** True for a subgraph of a federated graph: the schema has what a router asks. */
  federation?: boolean;
  /** The file or folder of manifests that trusted documents are read from, and what becomes of others. */
  documents?: { path: string; modes: DocumentModes };
  /** False switches automatic persisted queries off. */
  persistedQueries?: boolean;
  /** Where answers and the count of writes are kept, if neither in Redis nor in this process alone. */
  store?: Store;
  /** What answers are kept, and how long; nothing is unless told. */
  cache?: CacheOptions;
  /** Where each write is told; the log unless told. */
  audit?: Audit;
  shutdownMs?: number;
  /** Milliseconds that `/readyz` tells of the end before anything is turned away. */
  shutdownDelayMs?: number;
}

export interface Server {
  http: FastifyInstance;
  /** Stops accepting, answers what runs, then closes. */
  close(): Promise<void>;
}

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

const openHttp = ({ logger, trustProxy = false }: ServerOptions): FastifyInstance => {
  const http = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIds(),
    requestIdHeader: false,
    // A child logger a request would be made for the few lines that carry their request's id anyway.
    childLoggerFactory: (parent) => parent,
    // One proxy is believed, which adds the address that it sees at the end; what stands before that the client may have written itself.
    trustProxy: trustProxy === true ? (_, hop) => hop < 1 : trustProxy,
    // A client that sends its request drop by drop is cut off.
    requestTimeout: 30_000,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    forceCloseConnections: true,
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: (_, request, reply) =>
      refuse(
        request,
        reply.header("cache-control", "no-store"),
        400,
        "BAD_REQUEST",
        "The address of this request cannot be read.",
      ),
  });
  // Files say for themselves how long they may be kept.
  http.addHook("onSend", (_, reply, payload, next) => {
    if (!reply.hasHeader("cache-control") && !reply.raw.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    next(null, payload);
  });
  http.server.on("checkExpectation", (_, response) => {
    response.writeHead(417, { "cache-control": "no-store", "content-length": 0 }).end();
  });
  keepLines(http);
  return http;
};

/** The SDL, printed and packed when it is first asked for. */
const serveSchema = (http: FastifyInstance): void => {
  let sdl: ReturnType<typeof packedOnce> | undefined;
  http.get("/schema.graphql", async (request, reply) => {
    sdl ??= packedOnce(printedSchema());
    const { body, encoding } = await sdl(request.headers["accept-encoding"]);
    if (encoding) reply.header("content-encoding", encoding);
    return reply
      .type("text/plain; charset=utf-8")
      .header("cache-control", "no-cache")
      .header("vary", "Accept-Encoding")
      .send(body);
  });
};

/** The most bytes that the first answers of mutations may take in this process. */
const claimBytes = 50_000_000;

const claimsIn = (redis: Redis | undefined, waitMs: number): IdempotencyStore => {
  const memory = new MemoryStore(claimBytes, !redis);
  return redis ? new RedisStore(redis, memory, waitMs) : memory;
};

/** What knows documents by their names. Throws ManifestError. */
const openDocuments = (schema: GraphQLSchema, limits: Limits, costOf: CostReader, options: ServerOptions) => {
  const { documents, logger, redis, session, persistedQueries = true } = options;
  const warn = (sentence: string) => logger?.warn(sentence);
  const assessor = new Assessor(schema, limits, costOf);
  const trusted = documents && openTrustedDocuments(documents.path, documents.modes, assessor, warn);
  const persisted = persistedQueries ? new PersistedTexts(redis, session?.storeSecret) : undefined;
  const onUnknown: DocumentOptions["onUnknown"] = (found) => logger?.warn({ document: found }, "a document that no manifest has");
  return { trusted, persisted, resolver: new DocumentResolver({ trusted, persisted, onUnknown }) };
};

/** With Redis there is always one, since a pause that a network asks of a key is for all servers. */
const budgetFor = ({ redis, upstreamRate = 0 }: ServerOptions): Budget | undefined => {
  if (redis) return redisBudget(redis, upstreamRate);
  return upstreamRate > 0 ? new LocalBudget(upstreamRate) : undefined;
};

/** Where REST answers and whole GraphQL answers are kept, as far as they are, and where writes are counted. */
const openCache = ({ cache = nothingKept, redis, store: given }: ServerOptions) => {
  const { ttlMs, referenceMs, bytes } = cache;
  const store = given ?? (redis ? redisStore(redis) : memoryStore(bytes));
  const ttl = ({ tag }: OperationInfo) => ttlOf(tag, ttlMs, referenceMs);
  return { store, cache: { store, ttl }, answers: ttlMs > 0 ? { store, ttl, ttlMs } : undefined };
};

/** What is let in, and how much of it. */
const admissionOf = ({ bodyBytes = 1_048_576, rates, pressure, corsOrigins = [] }: ServerOptions) => ({
  bodyBytes,
  rates: { perKey: 0, perAddress: 0, logins: 0, ...rates },
  pressure: { inFlight: 0, lagMs: 0, ...pressure },
  corsOrigins,
});

/** Whether the process lives, and whether it takes more work; and what is said of every address that there is not. */
const serveProbes = (http: FastifyInstance, drain: { draining: boolean }, isShedding: () => boolean): void => {
  // Fastify's own words repeat the address, and an address may hold what somebody put there by mistake.
  http.setNotFoundHandler((request, reply) =>
    refuse(request, reply, 404, "NOT_FOUND", "There is nothing at this address; queries go to /graphql."),
  );
  http.get("/healthz", () => ({ status: "ok" }));
  http.get("/readyz", (_, reply) => {
    if (drain.draining) return reply.code(503).send({ status: "stopping" });
    return isShedding() ? reply.code(503).send({ status: "overloaded" }) : { status: "ready" };
  });
};

const idempotencyOf = ({ redis, claims, idempotency }: ServerOptions, waitMs: number) => ({
  store: claims ?? claimsIn(redis, waitMs),
  waitMs,
  isLenient: idempotency === "lenient",
});

const serveOwn = (http: FastifyInstance, introspection: boolean, metrics: Metrics | undefined): void => {
  if (introspection) serveSchema(http);
  if (metrics) http.get("/metrics", async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()));
};

/** The GraphQL server over the given networks, ready to listen or to be injected into. Throws ManifestError. */
export const createServer = async (options: ServerOptions): Promise<Server> => {
  const { tenants, logger, redis, introspection = true, shutdownMs = 10_000, shutdownDelayMs = 0 } = options;
  const { playground = { sandbox: false, sampleKeys: [] } } = options;
  const session = { ...defaultSessionOptions, ...options.session };
  const limits = { ...defaultLimits, ...options.limits };
  const { store, cache, answers } = openCache(options);
  const sessions = new Sessions({ ...session, cache, budget: budgetFor(options) });
  const schema = buildSchema({ federation: options.federation });
  const metrics = options.metrics ? (await import("./telemetry/metrics.js")).openMetrics(() => sessions.queue()) : undefined;
  const tracing = options.traces ? await openTracing(options.traces) : undefined;
  const audit = options.audit ?? (logger && logAudit(logger));
  const idempotency = idempotencyOf(options, 2 * session.timeoutMs);
  const costOf = costReader(schema);
  const { trusted, persisted, resolver } = openDocuments(schema, limits, costOf, options);
  const apollo = await openApollo(schema, {
    costOf,
    trusted: trusted?.documents ?? new Map(),
    persisted,
    limits,
    logger,
    introspection,
    plans: options.plans,
    exporters: [logger && logExporter(logger), metrics?.exporter, tracing?.exporter].filter((one) => one !== undefined),
    answers,
    idempotency,
    isReadOnly: options.readOnly,
  });

  const http = openHttp(options);
  const drain = drainable(http);
  let isShedding = () => false;
  serveProbes(http, drain, () => isShedding());
  serveOwn(http, introspection, metrics);
  isShedding = await serveGraphql(http, apollo.pipeline, sessions, {
    documents: resolver,
    tenants,
    limits,
    metrics,
    audit,
    redis,
    hasPlayground: playground !== false,
    ...admissionOf(options),
  });
  if (playground) await servePage(http, tenants, { ...playground, documents: trusted?.offered });

  return {
    http,
    async close() {
      if (http.server.listening) await drain.drain(shutdownMs, shutdownDelayMs);
      await http.close();
      await apollo.server.stop();
      await sessions.close();
      await store.close();
      await idempotency.store.close();
      await audit?.close();
      metrics?.close();
      await tracing?.close();
    },
  };
};
