import { z } from "zod";
import { proxyFor } from "./affise/transport/proxy.js";
import type { Tenant } from "./affise/transport/tenant.js";
import { isStrict } from "./documents/mode.js";
import type { Limits } from "./execution/limit.js";
import {
  apiUrl,
  boolean,
  count,
  documentModes,
  optional,
  origins,
  plainUrl,
  proxies,
  redisUrl,
  secret,
  tenantList,
  toggle,
  withoutPassword,
} from "./setting-value.js";

const rate = (about: string, inProduction: number) => ({
  ...count(0, 10_000_000, 0, about),
  shown: `0; ${inProduction} in production`,
  inProduction: String(inProduction),
});

/**
 * Every setting, once: its environment variable, what it may be, its default and what it does. The flag of a command is the variable's
 * name in small letters: `UPSTREAM_TIMEOUT_MS` is `--upstream-timeout-ms`.
 */
export const settings = {
  AFFISE_API_URL: optional(z.string(), "the network's API URL; `sandbox` for the built-in sandbox", "the sandbox"),
  AFFISE_TENANTS: optional(tenantList, "several networks: acme=https://api-acme.affise.com,beta=…"),
  PORT: count(0, 65_535, 4000, "the port to listen on; 0 for any free one"),
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
  LOG_FORMAT: optional(
    z.enum(["json", "pretty"], { error: "must be json or pretty" }),
    "how to log: json for programs, pretty for people",
    "pretty on a terminal outside production, else json",
  ),
  UPSTREAM_TIMEOUT_MS: count(100, 600_000, 30_000, "milliseconds for one REST call with its retries"),
  UPSTREAM_CONCURRENCY: count(1, 1_000, 20, "REST calls under way at once for one API key"),
  UPSTREAM_RATE: count(
    0,
    1_000_000,
    0,
    "REST calls a second to each network, by all servers on one Redis together and fair between keys; 0 for any number",
  ),
  REDIS_URL: optional(redisUrl, "a Redis to share limits and idempotent answers between servers"),
  STORE_SECRET: optional(
    secret,
    "a secret of your own, the same on every server, that seals what lies in Redis beside the caller's key",
    "none: the caller's key alone seals",
  ),
  IDEMPOTENCY: {
    schema: z.enum(["strict", "lenient"], { error: "must be strict or lenient" }).default("strict"),
    about: "a mutation whose Idempotency-Key cannot be held (Redis is away): strict refuses it, lenient risks a second one",
    shown: "strict",
  },
  READ_ONLY: boolean(false, "whether every mutation is refused"),
  FEDERATION: boolean(false, "whether the schema has what a router of a federated graph asks (_service, _entities)"),
  TRUSTED_DOCUMENTS: optional(
    z.string().min(1),
    "a manifest of documents, or a folder of them, as graphql-codegen, Apollo or Relay writes it",
  ),
  TRUSTED_DOCUMENTS_MODE: {
    schema: documentModes.default("off"),
    about:
      "what becomes of documents in no manifest: off (they run), log or enforce (refused); a client may have a stricter one: log,web=enforce",
    shown: "off",
  },
  APQ: boolean(true, "whether clients may send a document once and then its hash"),
  AUDIT_FILE: optional(z.string(), "a file that gets a line of JSON for each write, in place of the log; SIGHUP opens it anew"),
  AUDIT_WEBHOOK: optional(plainUrl, "an address that gets each write in a JSON list by POST, in place of the log"),
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
  RATE_LIMIT_PER_KEY: rate("requests a minute for each API key; 0 for any number", 6_000),
  RATE_LIMIT_PER_ADDRESS: rate("requests a minute from each address; 0 for any number", 30_000),
  RATE_LIMIT_LOGINS: rate("sign-ins and sign-ups a minute from each address; 0 for any number", 10),
  MAX_IN_FLIGHT: count(0, 1_000_000, 2_000, "requests under way at once before more are turned away; 0 for any number"),
  MAX_LAG_MS: count(0, 600_000, 2_000, "milliseconds the server may be behind before requests are turned away; 0 for any"),
  CORS_ORIGINS: optional(origins, "origins whose pages may send queries, separated by commas; * for all"),
  TRUST_PROXY: {
    schema: proxies.default(false),
    about: "believes X-Forwarded-For: true behind one proxy, or the addresses of your proxies",
    shown: "false",
  },
  QUERY_PLANS: boolean(true, "whether queries run by plans that are kept; false runs each through graphql-js"),
  INTROSPECTION: boolean(true, "whether clients may ask for the schema"),
  PLAYGROUND: optional(toggle, "whether to serve the playground", "true; in production only over the sandbox"),
  METRICS: boolean(true, "whether to serve /metrics for Prometheus"),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(apiUrl, "where to send OpenTelemetry traces, such as http://localhost:4318"),
  SHUTDOWN_DELAY_MS: count(
    0,
    600_000,
    0,
    "milliseconds that /readyz tells of the end before the server stops accepting, for balancers to see it",
  ),
  SHUTDOWN_TIMEOUT_MS: count(0, 600_000, 10_000, "milliseconds that requests under way may take once the server is told to stop"),
  SANDBOX_OFFERS: count(1, 100_000, 1_000, "offers in the sandbox"),
  SANDBOX_AFFILIATES: count(1, 100_000, 300, "affiliates in the sandbox"),
  SANDBOX_ADVERTISERS: count(1, 10_000, 60, "advertisers in the sandbox"),
  SANDBOX_CONVERSIONS: count(0, 1_000_000, 20_000, "conversions in the sandbox, over the last 60 days"),
  SANDBOX_UGLY: boolean(false, "whether rows of the sandbox take the odd forms met in the field beside the recorded ones"),
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

/** The network of that name, or all. Throws ConfigError where there is none. */
export const tenantsNamed = ({ tenants }: Config, name: string | undefined): readonly Tenant[] => {
  const found = name === undefined ? tenants : tenants.filter((tenant) => tenant.name === name);
  if (found.length) return found;
  throw new ConfigError([`--tenant ${name} is none of AFFISE_TENANTS: ${tenants.map((tenant) => tenant.name).join(", ")}.`]);
};

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
  const production = environment.NODE_ENV === "production";
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settings) as [Setting, (typeof settings)[Setting]][]) {
    const inProduction = production && "inProduction" in setting ? setting.inProduction : undefined;
    const set = environment[name]?.trim() || inProduction;
    const read = setting.schema.safeParse(set);
    if (read.success) values[name] = read.data;
    for (const { code, message } of read.error?.issues ?? []) {
      const shown = set && code !== "custom" ? `, not ${JSON.stringify(withoutPassword(set))}` : "";
      faults.push(`${nameOf(name)} ${message}${shown}.`);
    }
  }
  if (faults.length) throw new ConfigError(faults);
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
    PLAYGROUND: read.PLAYGROUND ?? (sandbox || !production),
  };
};
