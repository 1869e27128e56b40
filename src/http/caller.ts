import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import { quoted } from "../affise/error/quoted.js";
import { isKey, noKey } from "../affise/transport/key.js";
import type { Tenant } from "../affise/transport/tenant.js";
import type { Caller } from "../context.js";
import { costAsked } from "../execution/cost-report.js";
import { refusal } from "../execution/refusal.js";
import { cut } from "../telemetry/telemetry.js";

const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value)?.trim() || undefined;
};

/** The caller's key: Affise's own header, or a bearer token. Never from the URL. */
const keyOf = (request: FastifyRequest): string | undefined =>
  header(request, "api-key") ?? header(request, "authorization")?.match(/^Bearer\s+(\S.*)$/i)?.[1];

/** Who names the host of the API is sent nowhere else, whatever this server was started over meanwhile. */
const checkHost = (tenant: Tenant, request: FastifyRequest): void => {
  const expected = header(request, "x-affise-host");
  if (expected === undefined) return;
  const { host } = new URL(tenant.url);
  if (expected === host) return;
  const message = `X-Affise-Host: ${quoted(expected)} is not the network of this request; ${tenant.name} is at ${host}. Nothing was sent. Load the page anew if it was opened before this server was started.`;
  throw refusal("BAD_USER_INPUT", message, {}, 409);
};

const tenantOf = (tenants: readonly [Tenant, ...Tenant[]], request: FastifyRequest): Tenant => {
  const name = header(request, "x-affise-tenant");
  const tenant = name === undefined && tenants.length === 1 ? tenants[0] : tenants.find((one) => one.name === name);
  if (tenant) return tenant;
  const names = tenants.map((one) => one.name).join(", ");
  throw refusal(
    "BAD_USER_INPUT",
    name === undefined
      ? `Say which network in the header X-Affise-Tenant: ${names}.`
      : `X-Affise-Tenant: ${quoted(name)} is none of the networks of this server.`,
  );
};

/** A program's name for itself, fit for logs and labels: one printable line, cut. */
const shown = (name: string | undefined): string | undefined => name && cut(name.replaceAll(/[^\x20-\x7e]/g, "?"), 64);

const trace = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

const traceOf = (request: FastifyRequest): string | undefined => {
  const given = header(request, "traceparent");
  return given && trace.test(given) ? given : undefined;
};

/** Reads who asks off a request's headers. Throws GraphQLError for an unknown network, an unknown wish, and a key that no header may carry on. */
export const callerReader = (tenants: readonly [Tenant, ...Tenant[]]) => {
  const hashes = new LRUCache<string, string>({ max: 10_000 });
  return (request: FastifyRequest): Caller => {
    const tenant = tenantOf(tenants, request);
    checkHost(tenant, request);
    costAsked(request.headers);
    const key = keyOf(request);
    if (key !== undefined && !isKey(key)) {
      throw refusal("UNAUTHENTICATED", `The API key in the header API-Key (or Authorization) ${noKey}`);
    }
    const id = `${tenant.name}\n${key ?? ""}`;
    let hash = hashes.get(id);
    if (hash === undefined) {
      hash = createHash("sha256").update(id).digest("base64url").slice(0, 22);
      hashes.set(id, hash);
    }
    const client = {
      name: shown(header(request, "apollographql-client-name")),
      version: shown(header(request, "apollographql-client-version")),
    };
    return { tenant, key, hash, client, traceparent: traceOf(request) };
  };
};
