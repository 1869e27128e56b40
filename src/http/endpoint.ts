import cors from "@fastify/cors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Redis } from "ioredis";
import { Cancellation } from "../affise/request/cancellation.js";
import { Scope } from "../affise/scope.js";
import type { Sessions } from "../affise/sessions.js";
import type { Audit } from "../audit/audit.js";
import { entryOf } from "../audit/entry.js";
import { type Caller, type Context, contextFor } from "../context.js";
import type { DocumentResolver } from "../documents/resolver.js";
import { callBudget, type Limits } from "../execution/limit.js";
import type { Pipeline } from "../execution/pipeline.js";
import type { Metrics } from "../telemetry/metrics.js";
import { readBodies } from "./body.js";
import { callerReader } from "./caller.js";
import { compressAnswers } from "./compress.js";
import { graphqlHandler } from "./graphql-http.js";
import { greet, isVisit } from "./landing.js";
import { MemoryGuard } from "./memory-guard.js";
import { type Pressure, shedLoad } from "./pressure.js";
import { type RateLimiter, type Rates, rateLimiter } from "./rate-limit.js";
import { errorHandler, mediaTypeFor, refuse } from "./refusal.js";

declare module "fastify" {
  interface FastifyRequest {
    caller: Caller;
  }
}

export interface EndpointOptions {
  tenants: Parameters<typeof callerReader>[0];
  documents: DocumentResolver;
  limits: Limits;
  bodyBytes: number;
  rates: Rates;
  pressure: Pressure;
  /** Origins whose pages may ask; `*` for all. */
  corsOrigins: readonly string[];
  redis?: Redis;
  metrics?: Metrics;
  /** Told of each write. */
  audit?: Audit;
  /** Whether a browser that comes here can be sent to the playground. */
  hasPlayground: boolean;
}

const left = new Error("the client went away");

/** A token that is cancelled when the client goes away before its answer is out. */
const clientGone = (raw: FastifyReply["raw"]): Cancellation => {
  const cancellation = new Cancellation();
  const leave = () => {
    if (!raw.writableFinished) cancellation.cancel(left);
  };
  if (raw.destroyed) leave();
  else raw.once("close", leave);
  return cancellation;
};

/** Whether a request is a dry run: `X-Affise-Dry-Run: 1`. Whatever else stands there is one too, unless it says no: better a write too few. */
const isDryRun = ({ headers }: FastifyRequest): boolean => {
  const value = headers["x-affise-dry-run"];
  return value !== undefined && !/^(0|false|no|off)?$/i.test(String(value).trim());
};

const requestHeaders = [
  "api-key",
  "authorization",
  "content-type",
  "x-affise-tenant",
  "x-affise-host",
  "x-affise-trace",
  "x-affise-cost",
  "x-affise-dry-run",
  "x-request-id",
  "idempotency-key",
  "traceparent",
  "apollographql-client-name",
  "apollographql-client-version",
];
const answerHeaders = ["x-request-id", "ratelimit", "ratelimit-policy", "retry-after", "idempotent-replayed"];

/** What an answer depends on beside the body, for caches that may stand in between. */
const vary = "Origin, Accept, Accept-Encoding, API-Key, Authorization, X-Affise-Tenant";

const allowCors = (scope: FastifyInstance, origins: readonly string[]) =>
  scope.register(cors, {
    origin: origins.includes("*") ? "*" : [...origins],
    methods: ["GET", "POST"],
    allowedHeaders: [...requestHeaders, "apollo-require-preflight"],
    exposedHeaders: answerHeaders,
    maxAge: 600,
  });

/** Opens the context of a request: what it may call, and what ends its calls. */
const contextReader =
  (sessions: Sessions, { limits, audit }: EndpointOptions, memory: MemoryGuard, limiter: RateLimiter) =>
  (request: FastifyRequest, reply: FastifyReply): Context => {
    const countCall = callBudget(limits.calls);
    const idempotencyKey = request.headers["idempotency-key"]?.toString();
    const scope = new Scope({
      onWrite: audit && ((write) => audit.take(entryOf(context, write, idempotencyKey))),
      beforeCall() {
        memory.check();
        countCall();
      },
      traceparent: request.caller.traceparent,
      planned: isDryRun(request) ? [] : undefined,
      // A repeat of an idempotent mutation gets what the first found out, whether or not the first waits for it.
      cancellation: idempotencyKey === undefined ? clientGone(reply.raw) : undefined,
    });
    const context = contextFor(sessions, request.caller, request.id, request.headers, scope, {
      countCredentials: () => limiter.countLogin(request),
      rate: request.rate ?? undefined,
      reportFault: (fault) =>
        request.log.error({ err: fault, requestId: request.id, path: [context.mutation] }, "a fault of this server"),
    });
    return context;
  };

const notAcceptable = (request: FastifyRequest, reply: FastifyReply) =>
  refuse(
    request,
    reply,
    406,
    "BAD_REQUEST",
    "Answers are application/graphql-response+json or application/json; the header Accept takes neither.",
  );

const notAllowed = (request: FastifyRequest, reply: FastifyReply) =>
  refuse(request, reply.header("allow", "GET, POST"), 405, "BAD_REQUEST", "Operations come by POST, queries by GET too.");

/** `/graphql`: everything that stands between the socket and the operation. Gives whether requests are turned away just now. */
export const serveGraphql = async (
  http: FastifyInstance,
  pipeline: Pipeline,
  sessions: Sessions,
  options: EndpointOptions,
): Promise<() => boolean> => {
  const { tenants, documents, bodyBytes, rates, pressure, corsOrigins, redis, metrics, hasPlayground } = options;
  const readCaller = callerReader(tenants);
  const memory = new MemoryGuard();
  http.addHook("onClose", async () => memory.close());
  let isShedding = () => false;

  await http.register(async (scope) => {
    scope.setErrorHandler(errorHandler);
    readBodies(scope, bodyBytes);
    scope.decorateRequest("caller");
    scope.addHook("onRequest", (request, reply, next) => {
      reply.header("x-request-id", request.id).header("x-content-type-options", "nosniff");
      reply.header("vary", vary);
      if (isVisit(request)) greet(reply, hasPlayground);
      else next();
    });
    if (corsOrigins.length) await allowCors(scope, corsOrigins);
    isShedding = shedLoad(scope, pressure, memory);
    const limiter = await rateLimiter(scope, rates, redis);
    scope.addHook("onRequest", (request, reply, next) => {
      request.caller = readCaller(request);
      // Looked at before the operation is carried out: for a mutation it would be too late after.
      if (mediaTypeFor(request.headers.accept)) next();
      else notAcceptable(request, reply);
    });
    if (rates.perKey || rates.perAddress) {
      scope.addHook("onRequest", async (request, reply) => ((await limiter.answers(request, reply)) ? reply : undefined));
    }
    compressAnswers(scope);
    if (metrics) {
      scope.addHook("onResponse", (_, reply, next) => {
        metrics.answered(reply.statusCode);
        next();
      });
    }
    const handler = graphqlHandler(pipeline, documents, contextReader(sessions, options, memory, limiter));
    scope.route({ method: ["PUT", "PATCH", "DELETE"], url: "/graphql", bodyLimit: bodyBytes, handler: notAllowed });
    scope.route({ method: ["GET", "POST"], url: "/graphql", bodyLimit: bodyBytes, handler });
  });
  return () => isShedding();
};
