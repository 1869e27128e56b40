import { lookup } from "node:dns/promises";
import { fetch, ProxyAgent, type Response } from "undici";
import { codeIn } from "../affise/answer/failure.js";
import { proxyFor } from "../affise/transport/proxy.js";
import type { Tenant } from "../affise/transport/tenant.js";
import { type Finding, fine, problem } from "./doctor-finding.js";

const whereUrl =
  "Compare the API URL with the panel: Settings > Tracking domains > Default URLs. It reads like https://api-<company>.affise.com.";

const checkProxy = "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY; without a proxy, leave them out or name the host in NO_PROXY.";

/** The proxy's name is asked for here; the host's own is asked for by the proxy. */
const checkProxyName = async (host: string, { hostname, host: proxy }: URL): Promise<Finding> => {
  try {
    await lookup(hostname.replace(/^\[|\]$/g, ""));
    return fine("network", `${host} is asked through the proxy ${proxy}`);
  } catch {
    return problem("network", `There is no proxy ${proxy}, through which ${host} is to be asked`, checkProxy);
  }
};

/** Has the host an address, or the proxy through which it is asked? */
export const checkName = async ({ url }: Tenant): Promise<Finding> => {
  const { hostname, host } = new URL(url);
  try {
    const proxy = proxyFor(url);
    if (proxy) return await checkProxyName(host, proxy);
  } catch (error) {
    return problem("network", (error as Error).message, checkProxy);
  }
  try {
    const { address } = await lookup(hostname.replace(/^\[|\]$/g, ""));
    return fine("network", address === hostname ? `${hostname} needs no DNS` : `${hostname} is ${address}`);
  } catch (error) {
    return codeIn(error) === "EAI_AGAIN"
      ? problem("network", `The address of ${hostname} cannot be asked for: no DNS server answers`, "Is this machine online?")
      : problem("network", `There is no host ${hostname}`, whereUrl);
  }
};

const certificate: Record<string, string> = {
  CERT_HAS_EXPIRED: "has expired",
  CERT_NOT_YET_VALID: "is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "is for another host",
  DEPTH_ZERO_SELF_SIGNED_CERT: "is signed by nobody else",
  SELF_SIGNED_CERT_IN_CHAIN: "is signed by someone this machine does not trust",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "is signed by someone this machine does not trust",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "is signed by someone this machine does not trust",
};

const unreachable = (url: string, error: unknown, waitMs: number): Finding => {
  const { host } = new URL(url);
  const code = codeIn(error);
  if (error instanceof Error && error.name === "TimeoutError")
    return problem(
      "api",
      `${host} does not answer within ${waitMs / 1000} seconds`,
      "Try again; if it stays so, ask Affise's support, or raise UPSTREAM_TIMEOUT_MS.",
    );
  if (certificate[code])
    return problem(
      "api",
      `The certificate of ${host} ${certificate[code]} (${code})`,
      "Check the host and this machine's clock. A proxy that opens TLS needs its certificate in NODE_EXTRA_CA_CERTS.",
    );
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER" || code === "EPROTO" || code.startsWith("ERR_SSL"))
    return problem("api", `${host} does not speak TLS (${code})`, "Should the API URL begin with http:// instead of https://?");
  if (code === "ECONNREFUSED")
    return problem("api", `Nothing listens at ${host} (ECONNREFUSED)`, "Check host and port of the API URL; is it running?");
  return problem(
    "api",
    `${host} cannot be reached${code ? ` (${code})` : ""}`,
    "Is the host right, and does a firewall or a proxy stand between?",
  );
};

/** The messages of an error and of all that caused it. */
const messagesOf = (error: unknown): string => (error instanceof Error ? `${error.message} ${messagesOf(error.cause)}` : "");

/** What is wrong with the proxy itself; undefined where the fault lies behind it. */
const proxyFault = (url: string, error: unknown): Finding | undefined => {
  const proxy = proxyFor(url);
  if (!proxy) return undefined;
  const [{ host }, code] = [new URL(url), codeIn(error)];
  if (code === "ECONNREFUSED") return problem("api", `Nothing listens at the proxy ${proxy.host} (ECONNREFUSED)`, checkProxy);
  const status = /Proxy response \((\d+)\)/.exec(messagesOf(error))?.[1];
  if (!status) return undefined;
  const says = `The proxy ${proxy.host} refuses to connect to ${host} (HTTP ${status})`;
  return status === "407"
    ? problem("api", says, "It wants a name and a password: HTTPS_PROXY=http://name:password@host:port.")
    : problem("api", says, `Does it let callers through to ${host}? ${checkProxy}`);
};

/** Affise's answers are JSON with a number `status`, or with a text under `message` or `error`. */
const isAffise = (text: string): boolean => {
  try {
    const answer = JSON.parse(text) as Record<string, unknown> | null;
    return typeof answer?.status === "number" || ((answer && ("message" in answer || "error" in answer)) ?? false);
  } catch {
    return false;
  }
};

const judge = (url: string, { status, headers }: Response, text: string): Finding => {
  const { host } = new URL(url);
  const location = headers.get("location");
  if (status >= 300 && status < 400 && location) {
    const target = URL.canParse(location, url) ? new URL(location, url).origin : location;
    return problem(
      "api",
      `${host} sends callers on to ${target}; the server follows no redirects`,
      `If that is right, take ${target}.`,
    );
  }
  if (status === 429) return problem("api", `${host} asks to slow down (HTTP 429)`, "Wait a minute and try again.");
  if (status >= 500)
    return problem(
      "api",
      `${host} answers with an error of its own (HTTP ${status})`,
      "Try again; if it stays so, ask Affise's support.",
    );
  const expected = status === 401 || status === 403 || status === 200;
  return expected && isAffise(text)
    ? fine("api", `${host} answers like an Affise API`)
    : problem(
        "api",
        `${host} answers, but not like an Affise API (HTTP ${status})`,
        `${whereUrl} The panel's own host is another.`,
      );
};

const tolerance = 120_000;

const checkClock = (date: string | null): Finding[] => {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return [];
  const ahead = Date.now() - theirs;
  if (Math.abs(ahead) <= tolerance) return [fine("clock", "This machine's clock agrees with the network's")];
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  return [
    problem(
      "clock",
      `This machine's clock is ${minutes} minutes ${ahead > 0 ? "ahead of" : "behind"} the network's`,
      "Set it, best by NTP: certificates and days in queries are judged by it.",
    ),
  ];
};

/** Asks once without a key: does an Affise API answer, and at what time by its clock? */
export const checkApi = async ({ url }: Tenant, waitMs: number): Promise<Finding[]> => {
  const proxy = proxyFor(url);
  const dispatcher = proxy && new ProxyAgent(proxy.href);
  try {
    const response = await fetch(`${url}/3.0/offers?limit=1`, {
      ...(dispatcher ? { dispatcher } : {}),
      redirect: "manual",
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(waitMs),
    });
    const api = judge(url, response, await response.text());
    return [api, ...(api.outcome === "fine" ? checkClock(response.headers.get("date")) : [])];
  } catch (error) {
    return [proxyFault(url, error) ?? unreachable(url, error, waitMs)];
  } finally {
    await dispatcher?.destroy();
  }
};
