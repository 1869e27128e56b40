import { z } from "zod";
import { proxyFor } from "./affise/transport/proxy.js";
import type { Tenant } from "./affise/transport/tenant.js";
import { isStrict } from "./documents/mode.js";
import type { Limits } from "./execution/limit.js";
import {
  apiUrl,
  count,
  documentModes,
  integer,
  origins,
  plainUrl,
  proxies,
  redisUrl,
  secret,
  tenantList,
  toggle,
  withoutPassword,
} from "./setting-value.js";

/**
 * Every setting, once: its environment variable, what it may be, its default and what it does. The flag of a command is the variable's
 * name in small letters: `UPSTREAM_TIMEOUT_MS` is `--upstream-timeout-ms`.
 */
export const settings = {
  AFFISE_API_URL: {
    schema: z.string().optional(),
    about: "the network's API URL; `sandbox` for the built-in sandbox",
    shown: "the sandbox",
  },
  AFFISE_TENANTS: {
    schema: tenantList.optional(),
    about: "several networks: acme=https://api-acme.affise.com,beta=…",
    shown: "none",
  },
  PORT: { schema: integer(0, 65_535).default(4000), about: "the port to listen on; 0 for any free one", shown: "4000" },
  HOST: {
    schema: z.string().min(1).default("127.0.0.1"),
    about: "the address to listen on; 0.0.0.0 for all",
    shown: "127.0.0.1",
  },
  LOG_LEVEL: {
    schema: z
      .enum(["silent", "fatal", "error", "warn", "info", "debug", "trace"], {
        error: "must be silent, fatal, error, warn, info, debug or trace",
      })
      .default("info"),
    about: "how much to log: silent, fatal, error, warn, info, debug or trace",
    shown: "info",
  },
  LOG_FORMAT: {
    schema: z.enum(["json", "pretty"], { error: "must be json or pretty" }).optional(),
    about: "how to log: json for programs, pretty for people",
    shown: "pretty on a terminal outside production, else json",
  },
  UPSTREAM_TIMEOUT_MS: {
    schema: integer(100, 600_000).default(30_000),
    about: "milliseconds for one REST call with its retries",
    shown: "30000",
  },
  UPSTREAM_CONCURRENCY: {
    schema: integer(1, 1_000).default(20),
    about: "REST calls under way at once for one API key",
    shown: "20",
  },
  UPSTREAM_RATE: count(
    0,
    1_000_000,
    0,
    "REST calls a second to each network, by all servers on one Redis together and fair between keys; 0 for any number",
  ),
  REDIS_URL: {
    schema: redisUrl.optional(),
    about: "a Redis to share limits and idempotent answers between servers",
    shown: "none",
  },
  STORE_SECRET: {
    schema: secret.optional(),
    about: "a secret of your own, the same on every server, that seals what lies in Redis beside the caller's key",
    shown: "none: the caller's key alone seals",
  },
  IDEMPOTENCY: {
    schema: z.enum(["strict", "lenient"], { error: "must be strict or lenient" }).default("strict"),
    about: "a mutation whose Idempotency-Key cannot be held (Redis is away): strict refuses it, lenient risks a second one",
    shown: "strict",
  },
  READ_ONLY: { schema: toggle.default(false), about: "whether every mutation is refused", shown: "false" },
  FEDERATION: {
    schema: toggle.default(false),
    about: "whether the schema has what a router of a federated graph asks (_service, _entities)",
    shown: "false",
  },
  TRUSTED_DOCUMENTS: {
    schema: z.string().min(1).optional(),
    about: "a manifest of documents, or a folder of them, as graphql-codegen, Apollo or Relay writes it",
    shown: "none",
  },
  TRUSTED_DOCUMENTS_MODE: {
    schema: documentModes.default("off"),
    about:
      "what becomes of documents in no manifest: off (they run), log or enforce (refused); a client may have a stricter one: log,web=enforce",
    shown: "off",
  },
  APQ: { schema: toggle.default(true), about: "whether clients may send a document once and then its hash", shown: "true" },
  AUDIT_FILE: {
    schema: z.string().optional(),
    about: "a file that gets a line of JSON for each write, in place of the log; SIGHUP opens it anew",
    shown: "none",
  },
  AUDIT_WEBHOOK: {
    schema: plainUrl.optional(),
    about: "an address that gets each write in a JSON list by POST, in place of the log",
    shown: "none",
  },
  CACHE_TTL: count(0, 86_400, 0, "seconds that answers are kept; 0 for not at all"),
  REFERENCE_TTL: count(0, 86_400, 3_600, "seconds that lists to choose from (countries, categories …) are kept"),
  CACHE_BYTES: count(1_000_000, 100_000_000_000, 100_000_000, "the most bytes that kept answers may take without Redis"),
  WORKERS: count(1, 256, 1, "processes that share the port"),
  BODY_LIMIT: count(1_024, 100_000_000, 1_048_576, "the most bytes a request may have"),
  MAX_TOKENS: count(100, 1_000_000, 5_000, "the most tokens a document may have"),
  MAX_DEPTH: count(1, 1_000, 20, "how deep an operation may go"),
  MAX_ALIASES: count(0, 100_000, 200, "the most aliases an operation may have"),
  MAX_DIRECTIVES: count(0, 100_000, 50, "the most directives an operation may have"),
  MAX_COST: count(1, 1_000_000_000, 50_000, "the most an operation may cost: a row counts one, a REST call ten"),
  MAX_VALUES: count(1_000, 1_000_000_000, 1_000_000, "the most values an answer may have: each field of each row is one"),
  MAX_UPSTREAM_CALLS: count(1, 100_000, 100, "the most REST calls an operation may make"),
  RATE_LIMIT_PER_KEY: {
    schema: integer(0, 10_000_000).optional(),
    about: "requests a minute for each API key; 0 for any number",
    shown: "0; 6000 in production",
  },
  RATE_LIMIT_PER_ADDRESS: {
    schema: integer(0, 10_000_000).optional(),
    about: "requests a minute from each address; 0 for any number",
    shown: "0; 30000 in production",
  },
  RATE_LIMIT_LOGINS: {
    schema: integer(0, 10_000_000).optional(),
    about: "sign-ins and sign-ups a minute from each address; 0 for any number",
    shown: "0; 10 in production",
  },
  MAX_IN_FLIGHT: count(0, 1_000_000, 2_000, "requests under way at once before more are turned away; 0 for any number"),
  MAX_LAG_MS: count(0, 600_000, 2_000, "milliseconds the server may be behind before requests are turned away; 0 for any"),
  CORS_ORIGINS: {
    schema: origins.optional(),
    about: "origins whose pages may send queries, separated by commas; * for all",
    shown: "none",
  },
  TRUST_PROXY: {
    schema: proxies.default(false),
    about: "believes X-Forwarded-For: true behind one proxy, or the addresses of your proxies",
    shown: "false",
  },
  QUERY_PLANS: {
    schema: toggle.default(true),
    about: "whether queries run by plans that are kept; false runs each through graphql-js",
    shown: "true",
  },
  INTROSPECTION: { schema: toggle.default(true), about: "whether clients may ask for the schema", shown: "true" },
  PLAYGROUND: {
    schema: toggle.optional(),
    about: "whether to serve the playground",
    shown: "true; in production only over the sandbox",
  },
  METRICS: { schema: toggle.default(true), about: "whether to serve /metrics for Prometheus", shown: "true" },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: apiUrl.optional(),
    about: "where to send OpenTelemetry traces, such as http://localhost:4318",
    shown: "none",
  },
  SHUTDOWN_DELAY_MS: count(
    0,
    600_000,
    0,
    "milliseconds that /readyz tells of the end before the server stops accepting, for balancers to see it",
  ),
  SHUTDOWN_TIMEOUT_MS: count(0, 600_000, 10_000, "milliseconds that requests under way may take once the server is told to stop"),
  SANDBOX_OFFERS: { schema: integer(1, 100_000).default(1_000), about: "offers in the sandbox", shown: "1000" },
  SANDBOX_AFFILIATES: { schema: integer(1, 100_000).default(300), about: "affiliates in the sandbox", shown: "300" },
  SANDBOX_ADVERTISERS: { schema: integer(1, 10_000).default(60), about: "advertisers in the sandbox", shown: "60" },
  SANDBOX_CONVERSIONS: {
    schema: integer(0, 1_000_000).default(20_000),
    about: "conversions in the sandbox, over the last 60 days",
    shown: "20000",
  },
  SANDBOX_UGLY: {
    schema: toggle.default(false),
    about: "whether rows of the sandbox take the odd forms met in the field beside the recorded ones",
    shown: "false",
  },
} as const;

export type Setting = keyof typeof settings;
type Values = { [S in Setting]: z.output<(typeof settings)[S]["schema"]> };

/** What the operator set wrong; `faults` has a line for each. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  constructor(readonly faults: readonly string[]) {
    super(faults.join("\n"));
  }
}

export interface Config extends Values {
  /** The networks that can be reached; one named `sandbox` without a URL stands for the built-in sandbox. */
  tenants: readonly [Tenant, ...Tenant[]];
  /** True when one of the tenants is the built-in sandbox. */
  sandbox: boolean;
  RATE_LIMIT_PER_KEY: number;
  RATE_LIMIT_PER_ADDRESS: number;
  RATE_LIMIT_LOGINS: number;
  PLAYGROUND: boolean;
}

/** What one operation may be and do. */
export const limitsOf = (config: Config): Limits => ({
  tokens: config.MAX_TOKENS,
  depth: config.MAX_DEPTH,
  aliases: config.MAX_ALIASES,
  directives: config.MAX_DIRECTIVES,
  cost: config.MAX_COST,
  values: config.MAX_VALUES,
  calls: config.MAX_UPSTREAM_CALLS,
});

/** The tenant whose URL is filled in once the built-in sandbox listens. */
export const sandboxTenant: Tenant = { name: "sandbox", url: "" };

/** How the operator names a setting: as its variable, or as the flag that was typed. */
type NameOf = (setting: Setting) => string;

const tenantsOf = (values: Values, production: boolean, nameOf: NameOf): readonly Tenant[] | string => {
  const [setting, networks] = [nameOf("AFFISE_API_URL"), nameOf("AFFISE_TENANTS")];
  if (values.AFFISE_API_URL && values.AFFISE_TENANTS) return `Set ${setting} or ${networks}, not both.`;
  if (values.AFFISE_TENANTS) {
    const names = values.AFFISE_TENANTS.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) return `${networks} names ${twice} twice.`;
    return values.AFFISE_TENANTS.length ? values.AFFISE_TENANTS : `${networks} is empty.`;
  }
  if (values.AFFISE_API_URL === "sandbox") return [sandboxTenant];
  if (!values.AFFISE_API_URL) {
    return production
      ? "AFFISE_API_URL is missing: in production the network must be named (AFFISE_API_URL=sandbox asks for the sandbox)."
      : [sandboxTenant];
  }
  const address = apiUrl.safeParse(values.AFFISE_API_URL);
  return address.success
    ? [{ name: "default", url: address.data }]
    : `${setting} ${address.error.issues[0]?.message}, not ${JSON.stringify(withoutPassword(values.AFFISE_API_URL))}.`;
};

/** A proxy that is no URL is told now and not with the first call. */
const checkProxies = (tenants: readonly Tenant[], environment: Readonly<Record<string, string | undefined>>): void => {
  try {
    for (const { url: address } of tenants) if (address) proxyFor(address, environment);
  } catch (error) {
    throw new ConfigError([(error as Error).message]);
  }
};

/**
 * Reads the settings. Throws ConfigError naming every fault at once, each by the name that `nameOf` gives its setting. An empty variable
 * counts as not set.
 */
export const readConfig = (
  environment: Readonly<Record<string, string | undefined>>,
  nameOf: NameOf = (setting) => setting,
): Config => {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { schema }] of Object.entries(settings) as [Setting, (typeof settings)[Setting]][]) {
    const set = environment[name]?.trim() || undefined;
    const read = schema.safeParse(set);
    if (read.success) values[name] = read.data;
    for (const { code, message } of read.error?.issues ?? []) {
      const shown = set && code !== "custom" ? `, not ${JSON.stringify(withoutPassword(set))}` : "";
      faults.push(`${nameOf(name)} ${message}${shown}.`);
    }
  }
  if (faults.length) throw new ConfigError(faults);
  const production = environment.NODE_ENV === "production";
  const read = values as Values;
  const tenants = tenantsOf(read, production, nameOf);
  if (typeof tenants === "string") throw new ConfigError([tenants]);
  checkProxies(tenants, environment);
  if (!read.TRUSTED_DOCUMENTS && isStrict(read.TRUSTED_DOCUMENTS_MODE)) {
    throw new ConfigError([`${nameOf("TRUSTED_DOCUMENTS_MODE")} needs manifests: set TRUSTED_DOCUMENTS to a file or folder.`]);
  }
  const sandbox = tenants.includes(sandboxTenant);
  return {
    ...read,
    tenants: tenants as [Tenant, ...Tenant[]],
    sandbox,
    RATE_LIMIT_PER_KEY: read.RATE_LIMIT_PER_KEY ?? (production ? 6_000 : 0),
    RATE_LIMIT_PER_ADDRESS: read.RATE_LIMIT_PER_ADDRESS ?? (production ? 30_000 : 0),
    RATE_LIMIT_LOGINS: read.RATE_LIMIT_LOGINS ?? (production ? 10 : 0),
    PLAYGROUND: read.PLAYGROUND ?? (sandbox || !production),
  };
};
