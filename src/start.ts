import cluster from "node:cluster";
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { type Logger, pino } from "pino";
import { formatNumber } from "./affise/error/quoted.js";
import { passOnWrites, workerStore } from "./affise/sharing/worker-store.js";
import type { Tenant } from "./affise/transport/tenant.js";
import { openAudit } from "./audit/open.js";
import { type Config, ConfigError, limitsOf, type Setting, sandboxTenant, settings } from "./config.js";
import { ManifestError } from "./documents/manifest.js";
import { readModes } from "./documents/mode.js";
import { ClusterStore, holdClaimsForWorkers } from "./idempotency/cluster-store.js";
import { listening, liveUntilSignal } from "./lifecycle.js";
import { withProgress } from "./progress.js";
import { listenInThread } from "./sandbox/in-thread.js";
import type { SandboxOptions } from "./sandbox/index.js";
import { sampleKeys } from "./sandbox/sample-key.js";
import type { ServerOptions } from "./server.js";
import { logOptions } from "./telemetry/log.js";
import { TracingMissing } from "./telemetry/tracing.js";
import { sandboxUrlVariable, startWorkers } from "./workers.js";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

/** The sandbox is made in one go, so the line must come before: so many rows take about a second. */
const manyRows = 100_000;

const sandboxOptions = (config: Config): SandboxOptions => {
  const rows = config.SANDBOX_OFFERS + config.SANDBOX_AFFILIATES + config.SANDBOX_ADVERTISERS + config.SANDBOX_CONVERSIONS;
  if (rows > manyRows) process.stderr.write(`Making the sandbox of ${formatNumber(rows)} rows …\n`);
  return {
    offers: config.SANDBOX_OFFERS,
    affiliates: config.SANDBOX_AFFILIATES,
    advertisers: config.SANDBOX_ADVERTISERS,
    conversions: config.SANDBOX_CONVERSIONS,
    ...(config.SANDBOX_UGLY ? { ugly: "all" as const } : {}),
  };
};

const isProduction = () => process.env.NODE_ENV === "production";

const keyLines = () => sampleKeys.map(({ key, about }) => `    ${key.padEnd(27)} ${about}`).join("\n");

const redisOf = async (url: string | undefined, onError: (error: Error) => void) => {
  if (!url) return undefined;
  const { connectRedis } = await import("./redis.js");
  try {
    return await withProgress("Connecting to Redis", connectRedis(url, onError));
  } catch (error) {
    throw new ConfigError([`REDIS_URL: Redis at ${new URL(url).host} cannot be reached (${(error as Error).message}).`]);
  }
};

const auditOf = ({ AUDIT_FILE, AUDIT_WEBHOOK }: Config, logger: Logger) => {
  try {
    return openAudit({ file: AUDIT_FILE, webhook: AUDIT_WEBHOOK }, logger);
  } catch (error) {
    throw new ConfigError([`AUDIT_FILE: ${AUDIT_FILE} cannot be written (${(error as Error).message}).`]);
  }
};

/** JSON lines for programs, readable lines for a person at a terminal. */
const logDestination = async ({ LOG_FORMAT }: Config) => {
  const isRead = LOG_FORMAT === "pretty" || (LOG_FORMAT === undefined && process.stdout.isTTY && !isProduction());
  if (!isRead) return pino.destination({ sync: false });
  const { default: pretty } = await import("pino-pretty");
  return pretty({ colorize: process.stdout.isTTY, ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss", sync: true });
};

/** Connections that may wait to be accepted. With Node's own 511 a burst of a thousand clients had some of them reset. */
const backlog = 4_096;

type Closing = (() => Promise<void> | void)[];

const closeAll = async (opened: Closing) => {
  for (const close of opened.reverse()) await close();
};

/**
 * V8 guesses which objects will live long and puts them among the old at once. Here it guesses wrong: what each request makes is then kept
 * by its neighbours until the next full collection, which cost a fifth of the time (bench/profile.md).
 */
const trustNoGuesses = () => setFlagsFromString("--no-allocation-site-pretenuring");

/** Starts the server, with the sandbox beside it where a tenant asks for it, and says where it is. */
export const start = async (config: Config): Promise<void> => {
  trustNoGuesses();
  const opened: Closing = [];
  try {
    await open(config, opened);
  } catch (error) {
    await closeAll(opened);
    if (error instanceof ManifestError) throw new ConfigError(error.faults.map((fault) => `TRUSTED_DOCUMENTS: ${fault}`));
    if (error instanceof TracingMissing) throw new ConfigError([error.message]);
    throw error;
  }
};

/** Where a worker finds the sandbox that the first process runs: its state is one for all. */
const givenSandbox = cluster.isWorker ? process.env[sandboxUrlVariable] : undefined;

const sandboxFor = async (config: Config, opened: Closing): Promise<{ url: string } | undefined> => {
  if (!config.sandbox) return undefined;
  if (givenSandbox) return { url: givenSandbox };
  const sandbox = await listenInThread(sandboxOptions(config), ({ message }) =>
    process.stderr.write(`The sandbox ended (${message}) and is started again, with the data of its start.\n`),
  ).catch((error: Error) => {
    throw new ConfigError([`The sandbox did not come up: ${error.message}.`]);
  });
  opened.push(() => sandbox.close());
  return sandbox;
};

/** Each setting as its variable, so that workers read what this process was told by flags. */
const asEnvironment = (config: Config): Record<string, string> =>
  Object.fromEntries(
    Object.keys(settings).flatMap((name) => {
      const value = config[name as Setting];
      if (value === undefined) return [];
      if (name === "AFFISE_TENANTS") return [[name, config.tenants.map((tenant) => `${tenant.name}=${tenant.url}`).join(",")]];
      return [[name, Array.isArray(value) ? value.join(",") : String(value)]];
    }),
  );

/** The manifests, and what becomes of documents in none. */
const documentsOf = ({ TRUSTED_DOCUMENTS: path, TRUSTED_DOCUMENTS_MODE: text }: Config): ServerOptions["documents"] => {
  const modes = readModes(text);
  return path === undefined || typeof modes === "string" ? undefined : { path, modes };
};

const countedApart = (workers: number) =>
  `WORKERS=${workers} without REDIS_URL: RATE_LIMIT_*, UPSTREAM_CONCURRENCY and UPSTREAM_RATE hold for each worker by itself, up to ${workers} times as much in all; what is kept and claimed holds for all.`;

/** Where there is no log. */
const tellFault = (error: unknown, message: string): void => {
  process.stderr.write(`${message}: ${String(error)}\n`);
};

const openWorkers = async (config: Config, opened: Closing): Promise<void> => {
  if (!config.REDIS_URL) {
    holdClaimsForWorkers(config.CACHE_BYTES);
    passOnWrites();
    process.stderr.write(`  ${countedApart(config.WORKERS)}\n`);
  }
  const sandbox = await sandboxFor(config, opened);
  const environment = { ...asEnvironment(config), ...(sandbox ? { [sandboxUrlVariable]: sandbox.url } : {}) };
  const started = startWorkers({
    count: config.WORKERS,
    environment,
    shutdownMs: config.SHUTDOWN_DELAY_MS + config.SHUTDOWN_TIMEOUT_MS,
    onDeath: (worker, how) => process.stderr.write(`Worker ${worker.id} ended (${how}) and is replaced.\n`),
  });
  const workers = await withProgress(`Starting ${config.WORKERS} workers`, started).catch((error: Error) => {
    throw new ConfigError([`The workers did not come up: ${error.message}.`]);
  });
  opened.push(() => workers.close());
  // The file is theirs to open anew; without this the signal would end the first process, and them with it.
  if (config.AUDIT_FILE) process.on("SIGHUP", () => workers.signal("SIGHUP"));
  liveUntilSignal(() => closeAll(opened), tellFault);
  const { host, port } = workers.address;
  banner(config, `http://${host.includes(":") ? `[${host}]` : host}:${port}`);
};

/** What the configuration says of a server. */
const settingsOf = (config: Config): Omit<ServerOptions, "tenants" | "logger" | "redis"> => ({
  session: {
    timeoutMs: config.UPSTREAM_TIMEOUT_MS,
    concurrency: config.UPSTREAM_CONCURRENCY,
    storeSecret: config.STORE_SECRET,
  },
  upstreamRate: config.UPSTREAM_RATE,
  claims: cluster.isWorker && !config.REDIS_URL ? new ClusterStore() : undefined,
  store: cluster.isWorker && !config.REDIS_URL ? workerStore(config.CACHE_BYTES) : undefined,
  documents: documentsOf(config),
  persistedQueries: config.APQ,
  idempotency: config.IDEMPOTENCY,
  readOnly: config.READ_ONLY,
  federation: config.FEDERATION,
  cache: { ttlMs: config.CACHE_TTL * 1_000, referenceMs: config.REFERENCE_TTL * 1_000, bytes: config.CACHE_BYTES },
  playground: config.PLAYGROUND && {
    sandbox: config.sandbox,
    sampleKeys: config.sandbox ? sampleKeys : [],
    version,
  },
  limits: limitsOf(config),
  rates: { perKey: config.RATE_LIMIT_PER_KEY, perAddress: config.RATE_LIMIT_PER_ADDRESS, logins: config.RATE_LIMIT_LOGINS },
  pressure: { inFlight: config.MAX_IN_FLIGHT, lagMs: config.MAX_LAG_MS },
  bodyBytes: config.BODY_LIMIT,
  corsOrigins: config.CORS_ORIGINS,
  introspection: config.INTROSPECTION,
  plans: config.QUERY_PLANS,
  metrics: config.METRICS,
  traces: config.OTEL_EXPORTER_OTLP_ENDPOINT,
  trustProxy: config.TRUST_PROXY,
  shutdownMs: config.SHUTDOWN_TIMEOUT_MS,
  shutdownDelayMs: config.SHUTDOWN_DELAY_MS,
});

const open = async (config: Config, opened: Closing): Promise<void> => {
  if (config.WORKERS > 1 && cluster.isPrimary) return openWorkers(config, opened);
  const logger = pino(logOptions(config.LOG_LEVEL), await logDestination(config));
  const redis = await redisOf(config.REDIS_URL, (error) => logger.warn({ err: error }, "Redis is away; going on without"));
  if (redis) opened.push(() => redis.disconnect());
  // The server's own code is read while the sandbox is made on its thread.
  const [sandbox, { createServer }] = await Promise.all([sandboxFor(config, opened), import("./server.js")]);
  const tenants = config.tenants.map((tenant) =>
    tenant === sandboxTenant && sandbox ? { ...tenant, url: sandbox.url } : tenant,
  ) as [Tenant, ...Tenant[]];
  const server = await withProgress(
    "Reading the schema",
    createServer({ tenants, logger, redis, audit: auditOf(config, logger), ...settingsOf(config) }),
  );
  opened.push(() => server.close());
  if (sandbox) {
    const { openSandboxDoor } = await import("./sandbox-door.js");
    await openSandboxDoor(server.http, sandbox.url);
  }
  const place = { port: config.PORT, host: config.HOST };
  const address = await listening(server.http.listen({ ...place, backlog }), place);
  liveUntilSignal(
    async () => {
      await closeAll(opened);
      logger.flush();
    },
    (error, message) => logger.error({ err: error }, message),
  );
  if (cluster.isPrimary) banner(config, address);
};

const isNear = (hostname: string) =>
  /^(localhost|\[::1\]|127(\.\d+){3}|10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2})$/.test(hostname) ||
  !/[.:]/.test(hostname);

/** The networks to which keys travel readable for everyone on the way. */
const inClear = (tenants: readonly Tenant[]) =>
  tenants.flatMap(({ url }) => {
    if (!url.startsWith("http://")) return [];
    const { hostname, host } = new URL(url);
    return isNear(hostname) ? [] : [host];
  });

const banner = (config: Config, address: string) => {
  const { tenants } = config;
  const over = config.sandbox
    ? `It runs over a SANDBOX: invented data, no network is touched. Its keys:\n\n${keyLines()}\n\n  Your own network: npm start -- --affise-api-url https://api-<company>.affise.com`
    : `It runs over ${tenants.map(({ name, url }) => (tenants.length > 1 ? `${name} (${url})` : url)).join(", ")}.\n  Send your API key in the header API-Key.`;
  const far = inClear(tenants);
  if (far.length) {
    process.stderr.write(`\n  WARNING: API keys go to ${far.join(", ")} by http://, in clear. Use https://.\n`);
  }
  const page = config.PLAYGROUND ? `  Playground   ${address}/\n` : "";
  const rest = config.sandbox ? `\n  Sandbox      ${address}/sandbox (its REST API answers at ${address} too)` : "";
  process.stderr.write(`\n  affise-graphql is ready.\n\n${page}  GraphQL      ${address}/graphql${rest}\n\n  ${over}\n\n`);
};

/** Starts the sandbox alone. */
export const startSandbox = async (config: Config): Promise<void> => {
  const place = { port: config.PORT, host: config.HOST };
  const { createSandbox } = await import("./sandbox/index.js");
  const sandbox = await listening(createSandbox(sandboxOptions(config)).listen(place), place);
  liveUntilSignal(() => sandbox.close(), tellFault);
  process.stderr.write(
    `\n  A sandbox of Affise's REST API listens on ${sandbox.url}\n  Send one of these keys in the header API-Key:\n\n${keyLines()}\n\n`,
  );
};
