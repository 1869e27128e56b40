import { lookup } from "node:dns/promises";
import { AffiseError } from "./affise/error.js";
import type { Tenant } from "./affise/http.js";
import { type Call, defaultSessionOptions, openSessions } from "./affise/session.js";
import type { Config } from "./config.js";
import { createSandbox } from "./sandbox/index.js";

/** One thing looked at: how it stands, what was found, and what to do about it. */
export interface Finding {
  check: "node" | "url" | "network" | "api" | "key" | "permissions";
  outcome: "fine" | "problem" | "skipped";
  tenant?: string;
  says: string;
  next?: string;
}

const fine = (check: Finding["check"], says: string): Finding => ({ check, outcome: "fine", says });
const problem = (check: Finding["check"], says: string, next: string): Finding => ({ check, outcome: "problem", says, next });
const skipped = (check: Finding["check"], says: string): Finding => ({ check, outcome: "skipped", says });

const oldestNode = [20, 19] as const;

/** Is this Node new enough? */
export const checkNode = (version: string): Finding => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const enough = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  return enough
    ? fine("node", `Node ${version}`)
    : problem("node", `Node ${version} is too old`, `Install Node ${oldestNode.join(".")} or newer.`);
};

const checkNetwork = async (tenant: Tenant): Promise<Finding> => {
  const { hostname } = new URL(tenant.url);
  try {
    const { address } = await lookup(hostname.replace(/^\[|\]$/g, ""));
    return fine("network", `${hostname} is ${address}`);
  } catch {
    return problem(
      "network",
      `${hostname} has no address in DNS`,
      "Compare the API URL with the panel: Settings > Tracking domains > Default URLs. It reads like https://api-<company>.affise.com.",
    );
  }
};

const noAffise =
  "Compare the API URL with the panel: Settings > Tracking domains > Default URLs; it begins with api-, not with the panel's own host.";

/** Without a key Affise says "Token is necessary"; whatever else is no Affise API. */
const checkApi = async (call: Call, tenant: Tenant): Promise<Finding> => {
  try {
    await call("GET /3.0/offers", { query: { limit: 1 } });
    return fine("api", `${tenant.url} answers`);
  } catch (error) {
    if (!(error instanceof AffiseError)) throw error;
    const { code, upstreamStatus } = error.extensions;
    if (code === "UNAUTHENTICATED" || code === "FORBIDDEN") return fine("api", `${tenant.url} is an Affise API`);
    if (code === "UPSTREAM_UNREACHABLE")
      return problem(
        "api",
        `${tenant.url} cannot be reached: ${error.message}`,
        "Is the host right, and does a firewall or proxy stand between?",
      );
    if (code === "UPSTREAM_TIMEOUT")
      return problem(
        "api",
        `${tenant.url} does not answer in time`,
        "Try again; if it stays so, ask Affise's support or raise UPSTREAM_TIMEOUT_MS.",
      );
    return problem(
      "api",
      `${tenant.url} answers, but not like an Affise API${upstreamStatus ? ` (HTTP ${upstreamStatus})` : ""}`,
      noAffise,
    );
  }
};

const roles: Record<string, string> = {
  common_manager: "General manager: all sections, all statistics, the other users",
  affiliate_manager: "Affiliate manager: affiliates, their tickets, billing and statistics",
  account_manager: "Account manager: the advertisers assigned to it, and their offers",
};

const levels = { write: "may change", read: "may look at", deny: "may not see" } as const;

const permissionLines = (tree: unknown): string[] =>
  Object.entries((tree ?? {}) as Record<string, Record<string, { level?: string }> | undefined>).map(([section, permissions]) => {
    const byLevel = Object.entries(levels).flatMap(([level, words]) => {
      const names = Object.entries(permissions ?? {})
        .filter(([, permission]) => permission?.level === level)
        .map(([name]) => name);
      return names.length ? [`${words} ${names.join(", ")}`] : [];
    });
    return `${section}: ${byLevel.join("; ") || "nothing said"}`;
  });

const refusedBy = (error: unknown): string | undefined => (error instanceof AffiseError ? error.extensions.code : undefined);

/** Who the key belongs to: the three kinds are asked for in turn, each with a read that only its kind may make. */
const checkKey = async (call: Call): Promise<Finding[]> => {
  try {
    const { user } = await call("GET /3.1/user/me", {});
    const name = [user.first_name, user.last_name].filter(Boolean).join(" ") || user.email;
    const role = roles[user.type ?? ""] ?? user.type ?? "unknown role";
    return [
      fine("key", `This is ${name} <${user.email}>, a user of the network. ${role}.`),
      fine("permissions", permissionLines(user.permissions).join("\n") || "The network tells no permissions."),
    ];
  } catch (error) {
    const code = refusedBy(error);
    if (code === "UNAUTHENTICATED") {
      return [
        problem(
          "key",
          "401: this key is unknown on this host.",
          "Network users find their key in the panel under Users > (the user); affiliates under Settings > Security. If the key is right, the API URL may be another network's.",
        ),
      ];
    }
    if (code !== "FORBIDDEN" && code !== "NOT_FOUND") throw error;
  }
  try {
    const { user } = await call("GET /3.1/partner/me", {});
    return [
      fine(
        "key",
        `This is affiliate ${user.partner_id} <${user.email}>. It sees its own profile, balance, offers, conversions, postbacks and statistics.`,
      ),
    ];
  } catch (error) {
    const code = refusedBy(error);
    if (code !== "FORBIDDEN" && code !== "NOT_FOUND") throw error;
  }
  const { pagination } = await call("GET /3.1/advertiser/offers", { query: { limit: 1 } });
  return [
    fine(
      "key",
      `This is an advertiser's key. It sees its own ${pagination.total_count} offers, conversions and statistics, without affiliates' payouts.`,
    ),
  ];
};

const examine = async (tenant: Tenant, key: string | undefined, config: Config): Promise<Finding[]> => {
  const network = await checkNetwork(tenant);
  if (network.outcome === "problem") return [network];
  const sessions = openSessions({
    ...defaultSessionOptions,
    timeoutMs: Math.min(config.UPSTREAM_TIMEOUT_MS, 15_000),
    retries: 0,
  });
  const callWith = (given: string | undefined) => sessions.of(tenant, given).callFor({ calls: [] });
  try {
    const api = await checkApi(callWith(key ?? "affise-graphql-doctor"), tenant);
    if (api.outcome === "problem") return [network, api];
    if (!key) {
      return [network, api, skipped("key", "No key given: pass --key, or set AFFISE_API_KEY.")];
    }
    const found = await checkKey(callWith(key)).catch((error: unknown) => {
      if (!(error instanceof AffiseError)) throw error;
      return [problem("key", error.message, "Try again; if it stays so, ask the network's General manager or Affise's support.")];
    });
    return [network, api, ...found];
  } finally {
    await sessions.close();
  }
};

const marks = { fine: "ok  ", problem: "FAIL", skipped: "skip" } as const;

const print = ({ outcome, check, says, next }: Finding) => {
  const [first = "", ...more] = says.split("\n");
  const indent = " ".repeat(19);
  process.stdout.write(`${marks[outcome]}  ${check.padEnd(12)} ${first}\n`);
  for (const line of more) process.stdout.write(`${indent}${line}\n`);
  if (next) process.stdout.write(`${indent}→ ${next}\n`);
};

/** Looks at Node, the API URL and the key of each network, prints what it finds, and gives the exit code: 0 fine, 1 a problem. Changes nothing. */
export const doctor = async (config: Config, { key, json }: { key?: string; json: boolean }): Promise<number> => {
  const sandbox = config.sandbox
    ? await createSandbox({ offers: 50, affiliates: 20, advertisers: 5, conversions: 100 }).listen()
    : undefined;
  const findings: Finding[] = [checkNode(process.versions.node)];
  try {
    for (const tenant of config.tenants) {
      const url = sandbox && tenant.name === "sandbox" ? sandbox.url : tenant.url;
      const named = config.tenants.length > 1 ? { tenant: tenant.name } : {};
      const says = sandbox ? "no AFFISE_API_URL is set, so this looks at the built-in sandbox" : url;
      findings.push({ ...fine("url", says), ...named });
      findings.push(...(await examine({ ...tenant, url }, key, config)).map((finding) => ({ ...finding, ...named })));
    }
  } finally {
    await sandbox?.close();
  }
  const problems = findings.filter(({ outcome }) => outcome === "problem");
  if (json) process.stdout.write(`${JSON.stringify({ ok: problems.length === 0, findings }, null, 2)}\n`);
  else {
    for (const finding of findings) print(finding);
    process.stdout.write(
      problems.length ? `\n${problems.length} problem${problems.length > 1 ? "s" : ""} found.\n` : "\nAll fine.\n",
    );
  }
  return problems.length ? 1 : 0;
};
