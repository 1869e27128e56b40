import { z } from "zod";
import type { Tenant } from "./affise/http.js";

const url = z
  .string()
  .transform((text) => text.trim().replace(/\/+$/, ""))
  .refine((text) => /^https?:\/\/[^/]+/.test(text) && URL.canParse(text), "must be a URL such as https://api-acme.affise.com");

const whole = (least: number, most: number) =>
  z.coerce
    .number({ error: "must be a number" })
    .int("must be a whole number")
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

const tenantList = z.string().transform((text, context): Tenant[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .flatMap((part) => {
      const [name = "", ...rest] = part.split("=");
      const address = url.safeParse(rest.join("="));
      if (/^[\w.-]+$/.test(name) && address.success) return [{ name, url: address.data }];
      context.addIssue({ code: "custom", message: `"${part}" must read like acme=https://api-acme.affise.com` });
      return [];
    }),
);

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
  PORT: { schema: whole(0, 65_535).default(4000), about: "the port to listen on; 0 for any free one", shown: "4000" },
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
  UPSTREAM_TIMEOUT_MS: {
    schema: whole(100, 600_000).default(30_000),
    about: "milliseconds for one REST call with its retries",
    shown: "30000",
  },
  UPSTREAM_CONCURRENCY: {
    schema: whole(1, 1_000).default(16),
    about: "REST calls under way at once for one API key",
    shown: "16",
  },
  SANDBOX_OFFERS: { schema: whole(1, 100_000).default(1_000), about: "offers in the sandbox", shown: "1000" },
  SANDBOX_AFFILIATES: { schema: whole(1, 100_000).default(300), about: "affiliates in the sandbox", shown: "300" },
  SANDBOX_ADVERTISERS: { schema: whole(1, 10_000).default(60), about: "advertisers in the sandbox", shown: "60" },
  SANDBOX_CONVERSIONS: {
    schema: whole(0, 1_000_000).default(20_000),
    about: "conversions in the sandbox, over the last 60 days",
    shown: "20000",
  },
} as const;

export type Setting = keyof typeof settings;
export type Values = { [S in Setting]: z.output<(typeof settings)[S]["schema"]> };

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
}

/** The tenant whose URL is filled in once the built-in sandbox listens. */
export const sandboxTenant: Tenant = { name: "sandbox", url: "" };

const tenantsOf = (values: Values, production: boolean): readonly Tenant[] | string => {
  if (values.AFFISE_API_URL && values.AFFISE_TENANTS) return "Set AFFISE_API_URL or AFFISE_TENANTS, not both.";
  if (values.AFFISE_TENANTS) {
    const names = values.AFFISE_TENANTS.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) return `AFFISE_TENANTS names ${twice} twice.`;
    return values.AFFISE_TENANTS.length ? values.AFFISE_TENANTS : "AFFISE_TENANTS is empty.";
  }
  if (values.AFFISE_API_URL === "sandbox") return [sandboxTenant];
  if (!values.AFFISE_API_URL) {
    return production
      ? "AFFISE_API_URL is missing: in production the network must be named (AFFISE_API_URL=sandbox asks for the sandbox)."
      : [sandboxTenant];
  }
  const address = url.safeParse(values.AFFISE_API_URL);
  return address.success
    ? [{ name: "default", url: address.data }]
    : `AFFISE_API_URL ${address.error.issues[0]?.message}, not ${JSON.stringify(values.AFFISE_API_URL)}.`;
};

/** Reads the settings. Throws ConfigError naming every fault at once. An empty variable counts as not set. */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { schema }] of Object.entries(settings)) {
    const set = environment[name]?.trim() || undefined;
    const read = schema.safeParse(set);
    if (read.success) values[name] = read.data;
    else
      for (const issue of read.error.issues)
        faults.push(`${name} ${issue.message}${set && issue.code !== "custom" ? `, not ${JSON.stringify(set)}` : ""}.`);
  }
  if (faults.length) throw new ConfigError(faults);
  const tenants = tenantsOf(values as Values, environment.NODE_ENV === "production");
  if (typeof tenants === "string") throw new ConfigError([tenants]);
  return { ...(values as Values), tenants: tenants as [Tenant, ...Tenant[]], sandbox: tenants.includes(sandboxTenant) };
};
