import type { FastifyBaseLogger } from "fastify";
import type { LoggerOptions } from "pino";
import { snakeCase } from "../contract/snake-case.js";
import { secretNames } from "../sdl.js";
import type { Exporter } from "./telemetry.js";

/** The headers that carry secrets, as Node and as people write them. */
const headers = ["api-key", "API-Key", "authorization", "Authorization", "cookie"];

/** What the schema marks as a secret, by its names here and on the wire; `token` and `api_password` are columns of Affise's own. */
const secret = () => [
  ...new Set([...headers, "token", "api_password", "hash_password", ...secretNames().flatMap((name) => [name, snakeCase(name)])]),
];

/** How this server logs: JSON lines, an operation each. Nothing logs headers or bodies; should anything ever, their secrets are cut out. */
export const logOptions = (level: string): LoggerOptions => ({
  level,
  redact: {
    paths: secret().flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`, `*.*.*["${name}"]`]),
    censor: "…",
  },
});

/** One line an operation; none at all where the level does not want it. */
export const logExporter = (logger: FastifyBaseLogger): Exporter | undefined => {
  const wanted = (logger as { isLevelEnabled?: (level: string) => boolean }).isLevelEnabled?.("info") ?? true;
  if (!wanted) return undefined;
  return ({ requestId, tenant, caller, client, traceparent, name, type, ms, calls, codes }) => {
    logger.info(
      {
        requestId,
        tenant,
        key: caller.slice(0, 8),
        client: client.name,
        clientVersion: client.version,
        trace: traceparent?.slice(3, 35),
        operation: name,
        type,
        ms,
        restCalls: calls.length,
        outcome: codes.length ? codes : "ok",
      },
      "operation",
    );
  };
};
