import { styleText } from "node:util";
import { codeIn } from "../affise/answer/failure.js";
import { Scope } from "../affise/scope.js";
import { defaultSessionOptions, Sessions } from "../affise/sessions.js";
import type { Tenant } from "../affise/transport/tenant.js";
import { type Config, tenantsNamed } from "../config.js";
import { withProgress } from "../progress.js";
import { createSandbox, sampleKeys } from "../sandbox/index.js";
import { type Finding, fine, problem, skipped } from "./doctor-finding.js";
import { checkKey } from "./doctor-key.js";
import { checkApi, checkName } from "./doctor-network.js";

export type { Finding } from "./doctor-finding.js";

const oldestNode = [20, 19] as const;

/** Is this Node new enough? */
export const checkNode = (version: string): Finding => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const enough = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  return enough
    ? fine("node", `Node ${version}`)
    : problem("node", `Node ${version} is too old`, `Install Node ${oldestNode.join(".")} or newer, from https://nodejs.org.`);
};

const checkRedis = async (url: string): Promise<Finding> => {
  const { connectRedis } = await import("../redis.js");
  const host = URL.canParse(url) ? new URL(url).host : "the address given";
  try {
    const redis = await connectRedis(url, () => undefined);
    redis.disconnect();
    return fine("redis", `Redis answers at ${host}`);
  } catch (error) {
    const code = codeIn(error);
    const why = code || (error instanceof Error ? error.message : "");
    return problem("redis", `Redis does not answer at ${host}${why ? ` (${why})` : ""}`, "Check REDIS_URL, or leave it out.");
  }
};

const examine = async (tenant: Tenant, key: string | undefined, config: Config): Promise<Finding[]> => {
  const name = await checkName(tenant);
  if (name.outcome === "problem") return [name];
  const waitMs = Math.min(config.UPSTREAM_TIMEOUT_MS, 15_000);
  const found = [name, ...(await checkApi(tenant, waitMs))];
  if (found.some(({ check, outcome }) => check === "api" && outcome === "problem")) return found;
  if (!key) {
    const next = config.sandbox
      ? `Pass one of the sandbox's: --key ${sampleKeys.map((sample) => sample.key).join(", ")}`
      : "Pass it with --key, or set AFFISE_API_KEY.";
    return [...found, skipped("key", "No key to look at", next)];
  }
  const sessions = new Sessions({ ...defaultSessionOptions, timeoutMs: waitMs, retries: 0 });
  try {
    return [...found, ...(await checkKey(sessions.of(tenant, key).callFor(new Scope())))];
  } finally {
    await sessions.close();
  }
};

const marks = { fine: "ok  ", problem: "FAIL", skipped: "skip" } as const;
const colours = { fine: "green", problem: "red", skipped: "yellow" } as const;

const print = ({ outcome, check, says, next }: Finding) => {
  const [first = "", ...more] = says.split("\n");
  const indent = " ".repeat(19);
  process.stdout.write(`${styleText(colours[outcome], marks[outcome])}  ${check.padEnd(12)} ${first}\n`);
  for (const line of more) process.stdout.write(`${indent}${line}\n`);
  if (next) process.stdout.write(`${indent}→ ${next}\n`);
};

export interface DoctorOptions {
  key?: string;
  /** The one network to look at, where there are several. */
  tenant?: string;
  json: boolean;
}

/** Looks at Node, the API URL, the clock and the key of each network, prints what it finds, and gives the exit code: 0 fine, 1 a problem. Changes nothing. */
export const doctor = async (config: Config, { key, tenant, json }: DoctorOptions): Promise<number> => {
  const tenants = tenantsNamed(config, tenant);
  const sandbox = config.sandbox
    ? await createSandbox({ offers: 50, affiliates: 20, advertisers: 5, conversions: 100 }).listen()
    : undefined;
  const findings: Finding[] = [];
  const tell = (found: readonly Finding[], named: { tenant?: string } = {}) => {
    for (const finding of found) {
      findings.push({ ...finding, ...named });
      if (!json) print(finding);
    }
  };
  tell([checkNode(process.versions.node)]);
  try {
    for (const one of tenants) {
      const isSandbox = sandbox !== undefined && one.url === "";
      const url = isSandbox ? sandbox.url : one.url;
      const named = config.tenants.length > 1 ? { tenant: one.name } : {};
      if (named.tenant && !json) process.stdout.write(`\n${styleText("bold", one.name)}\n`);
      const says = isSandbox
        ? config.AFFISE_API_URL
          ? "the built-in sandbox"
          : "no AFFISE_API_URL is set, so this looks at the built-in sandbox"
        : url;
      tell([fine("url", says)], named);
      tell(await withProgress(`Asking ${new URL(url).host}`, examine({ ...one, url }, key, config)), named);
    }
  } finally {
    await sandbox?.close();
  }
  if (config.REDIS_URL) tell([await withProgress("Asking Redis", checkRedis(config.REDIS_URL))]);
  const problems = findings.filter(({ outcome }) => outcome === "problem").length;
  if (json) process.stdout.write(`${JSON.stringify({ ok: problems === 0, findings }, null, 2)}\n`);
  else process.stdout.write(problems ? `\n${problems} problem${problems > 1 ? "s" : ""} found.\n` : "\nAll fine.\n");
  return problems ? 1 : 0;
};
