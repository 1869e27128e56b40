import type { FastifyBaseLogger } from "fastify";
import type { LoggerOptions } from "pino";
import type { Exporter } from "./telemetry.js";

/** Nothing here logs headers or bodies; should anything ever do so, the secrets in them are cut out. */
const secret = ["api-key", "API-Key", "authorization", "cookie", "password", "api_key", "apiKey", "token", "api_password"];

/** How this server logs: JSON lines, an operation each. */
export const logOptions = (level: string): LoggerOptions => ({
  level,
  redact: {
    paths: secret.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`, `*.*.*["${name}"]`]),
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
