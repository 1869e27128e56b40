import { readFileSync } from "node:fs";
import { pino } from "pino";
import type { Tenant } from "./affise/http.js";
import { type Config, ConfigError, sandboxTenant } from "./config.js";
import { createSandbox, sampleKeys } from "./sandbox/index.js";
import { createServer } from "./server.js";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

const sandboxOf = (config: Config) =>
  createSandbox({
    offers: config.SANDBOX_OFFERS,
    affiliates: config.SANDBOX_AFFILIATES,
    advertisers: config.SANDBOX_ADVERTISERS,
    conversions: config.SANDBOX_CONVERSIONS,
  });

const listening = async <T>(what: Promise<T>, config: Config): Promise<T> => {
  try {
    return await what;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      throw new ConfigError([`Port ${config.PORT} is in use; choose another with --port, or 0 for any free one.`]);
    if (code === "EACCES")
      throw new ConfigError([`Port ${config.PORT} is not open to this user; choose one above 1023 with --port.`]);
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
      throw new ConfigError([`HOST ${config.HOST} is no address of this machine.`]);
    throw error;
  }
};

const onStop = (stop: () => Promise<void>) => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      void stop().then(() => process.exit(0));
    });
  }
};

const keyLines = sampleKeys.map(({ key, about }) => `    ${key.padEnd(27)} ${about}`).join("\n");

/** Starts the server, with the sandbox beside it where a tenant asks for it, and says where it is. */
export const start = async (config: Config): Promise<void> => {
  const logger = pino({ level: config.LOG_LEVEL });
  const sandbox = config.sandbox ? await sandboxOf(config).listen({ port: 0 }) : undefined;
  const tenants = config.tenants.map((tenant) =>
    tenant === sandboxTenant && sandbox ? { ...tenant, url: sandbox.url } : tenant,
  ) as [Tenant, ...Tenant[]];
  const server = await createServer({
    tenants,
    logger,
    session: { timeoutMs: config.UPSTREAM_TIMEOUT_MS, concurrency: config.UPSTREAM_CONCURRENCY },
    playground: { sandbox: config.sandbox, sampleKeys: config.sandbox ? sampleKeys : [], version },
  });
  const address = await listening(server.http.listen({ port: config.PORT, host: config.HOST }), config);
  onStop(async () => {
    await server.close();
    await sandbox?.close();
  });
  const over = sandbox
    ? `It runs over a SANDBOX: invented data, no network is touched. Its keys:\n\n${keyLines}\n\n  Your own network: npm start -- --affise-api-url https://api-<company>.affise.com`
    : `It runs over ${tenants.map(({ name, url }) => (tenants.length > 1 ? `${name} (${url})` : url)).join(", ")}.\n  Send your API key in the header API-Key.`;
  process.stderr.write(
    `\n  affise-graphql is ready.\n\n  Playground   ${address}/\n  GraphQL      ${address}/graphql\n\n  ${over}\n\n`,
  );
};

/** Starts the sandbox alone. */
export const startSandbox = async (config: Config): Promise<void> => {
  const sandbox = await listening(sandboxOf(config).listen({ port: config.PORT, host: config.HOST }), config);
  onStop(() => sandbox.close());
  process.stderr.write(
    `\n  A sandbox of Affise's REST API listens on ${sandbox.url}\n  Send one of these keys in the header API-Key:\n\n${keyLines}\n\n`,
  );
};
