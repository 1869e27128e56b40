import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import type { FastifyBaseLogger } from "fastify";
import type { DocumentNode, GraphQLSchema } from "graphql";
import type { Context } from "../context.js";
import type { PersistedTexts } from "../documents/apq.js";
import { type IdempotencyOptions, idempotencyPlugin } from "../idempotency/plugin.js";
import { type Exporter, telemetryPlugin } from "../telemetry/telemetry.js";
import { type AnswerCache, answerCachePlugin } from "./answer-cache.js";
import { badValue } from "./bad-value.js";
import type { CostReader } from "./cost.js";
import { costReportPlugin, planOnlyPlugin } from "./cost-report.js";
import { credentialsPlugin } from "./credentials.js";
import { documentPlugin } from "./document.js";
import { asGateway, openExecutor } from "./executor.js";
import { errorFormatter } from "./format-error.js";
import { hintPlugin } from "./hint.js";
import { introspectionPlugin } from "./introspection.js";
import { type Limits, limitPlugin } from "./limit.js";
import { operationPlugin } from "./operation.js";
import { Pipeline } from "./pipeline.js";
import type { Plugin } from "./plugin.js";
import { readOnlyPlugin } from "./read-only.js";
import { tracePlugin } from "./trace.js";

export interface ApolloOptions {
  limits: Limits;
  /** Whether the schema may be asked for; where not, its names are not suggested either. */
  introspection: boolean;
  exporters: readonly Exporter[];
  logger?: FastifyBaseLogger;
  answers?: AnswerCache;
  idempotency: IdempotencyOptions;
  /** True refuses every mutation. */
  isReadOnly?: boolean;
  /** False runs every operation through graphql-js. */
  plans?: boolean;
  costOf: CostReader;
  /** The documents of the operator's manifests, by text. */
  trusted: ReadonlyMap<string, DocumentNode>;
  /** Where the texts of automatic persisted queries are kept; undefined where they are switched off. */
  persisted?: PersistedTexts;
}

/** Nothing is said where there is no logger. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

export interface Apollo {
  /** Owns the schema, the plugins' lives, start and stop. */
  server: ApolloServer<Context>;
  /** What every operation goes through. */
  pipeline: Pipeline;
}

/**
 * Apollo Server over the schema, started, and the pipeline of its operations. Whatever looks at operations is a plugin in this list, and sees
 * each of them once.
 */
export const openApollo = async (schema: GraphQLSchema, options: ApolloOptions): Promise<Apollo> => {
  const { limits, introspection, exporters, logger, answers, idempotency, isReadOnly, plans, costOf, trusted, persisted } =
    options;
  const isSubgraph = schema.getType("_Service") !== undefined;
  const execute = openExecutor(schema, { plans, trusted: trusted.values(), mostValues: 2 * limits.values });
  const formatError = errorFormatter(logger, introspection);
  const plugins: Plugin[] = [
    documentPlugin(trusted),
    badValue,
    hintPlugin(schema),
    operationPlugin,
    ...(isReadOnly ? [readOnlyPlugin] : []),
    limitPlugin(schema, limits, costOf, trusted),
    introspectionPlugin(schema),
    planOnlyPlugin(schema),
    credentialsPlugin(schema),
    idempotencyPlugin(idempotency),
    ...(answers ? [answerCachePlugin(schema, answers)] : []),
    tracePlugin,
    costReportPlugin(schema, limits, costOf),
    ...(exporters.length ? [telemetryPlugin(exporters)] : []),
    ...(isSubgraph ? [(await import("./inline-trace.js")).inlineTracePlugin()] : []),
  ];
  const server = new ApolloServer<Context>({
    gateway: asGateway(schema, execute),
    introspection,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: limits.tokens },
    stopOnTerminationSignals: false,
    logger: logger ?? silent,
    documentStore: null,
    persistedQueries: false,
    formatError,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ...(plugins as ApolloServerPlugin<Context>[]),
    ],
  });
  await server.start();
  const { tokens: maxTokens } = limits;
  return {
    server,
    pipeline: new Pipeline(server, { schema, plugins, execute, formatError, maxTokens, introspection, persisted }),
  };
};
