#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";
import { ConfigError, readConfig, type Setting, settings } from "./config.js";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

const flagOf = (setting: string) => `--${setting.toLowerCase().replaceAll("_", "-")}`;

const withSettings = (command: Command, names: readonly Setting[]): Command => {
  for (const name of names) {
    const { about, shown } = settings[name];
    command.addOption(new Option(`${flagOf(name)} <value>`, `${about} [${name}, ${shown}]`));
  }
  return command;
};

const camel = (name: string) => name.toLowerCase().replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** Flags go before the environment, the environment before a .env file. */
const environmentWith = (flags: Record<string, string | undefined>): Record<string, string | undefined> => {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT")
      throw new ConfigError([`.env cannot be read: ${(error as Error).message}`]);
  }
  const set = Object.keys(settings).flatMap((name) =>
    flags[camel(name)] === undefined ? [] : [[name, flags[camel(name)]] as const],
  );
  return { ...process.env, ...Object.fromEntries(set) };
};

const serverSettings = Object.keys(settings) as Setting[];
const sandboxSettings = serverSettings.filter((name) => name.startsWith("SANDBOX_"));

const program = new Command("affise-graphql")
  .description("One GraphQL endpoint over a network's whole Affise REST API, with a sandbox of Affise and a playground.")
  .version(version, "-v, --version")
  .showHelpAfterError("(affise-graphql --help tells more)")
  .exitOverride()
  .addHelpText(
    "after",
    `
Examples:
  affise-graphql                                                    the server over the built-in sandbox
  affise-graphql start --affise-api-url https://api-acme.affise.com the server over your network
  affise-graphql sandbox --port 4100                                the sandbox alone, for any REST client
  AFFISE_API_KEY=… affise-graphql doctor                            checks URL and key
  affise-graphql schema > schema.graphql                            the schema, for your code generator

Exit codes: 0 fine, 1 a problem found, 2 wrong usage or settings.`,
  );

withSettings(program.command("start", { isDefault: true }).description("starts the server (the default)"), serverSettings).action(
  async (flags) => {
    const { start } = await import("./start.js");
    await start(readConfig(environmentWith(flags)));
  },
);

withSettings(
  program
    .command("sandbox")
    .description("starts the sandbox of Affise's REST API alone")
    .addOption(new Option("--port <value>", "the port to listen on [4100]").default("4100"))
    .addOption(new Option("--host <value>", "the address to listen on [127.0.0.1]")),
  sandboxSettings,
).action(async (flags) => {
  const { startSandbox } = await import("./start.js");
  await startSandbox(readConfig({ ...environmentWith(flags), AFFISE_API_URL: "sandbox", AFFISE_TENANTS: undefined }));
});

withSettings(
  program
    .command("doctor")
    .description("checks the API URL and a key, and says who the key belongs to and what it may do; changes nothing")
    .addOption(new Option("--key <key>", "the API key to look at [AFFISE_API_KEY]"))
    .addOption(new Option("--json", "prints the findings as JSON, for scripts")),
  ["AFFISE_API_URL", "AFFISE_TENANTS", "UPSTREAM_TIMEOUT_MS"],
).action(async (flags) => {
  const { doctor } = await import("./doctor.js");
  const environment = environmentWith(flags);
  process.exitCode = await doctor(readConfig(environment), {
    key: flags.key ?? environment.AFFISE_API_KEY,
    json: flags.json === true,
  });
});

program
  .command("schema")
  .description("prints the GraphQL schema (SDL)")
  .action(async () => {
    const { printedSchema } = await import("./sdl.js");
    process.stdout.write(`${printedSchema()}\n`);
  });

const [first = ""] = process.argv.slice(2);
const known = program.commands.map((command) => command.name());

try {
  if (first && !first.startsWith("-") && first !== "help" && !known.includes(first)) {
    program.error(`error: there is no command ${first}; the commands are ${known.join(", ")}`);
  }
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof ConfigError) {
    process.stderr.write(`${error.faults.map((fault) => `affise-graphql: ${fault}`).join("\n")}\n`);
    process.exitCode = 2;
  } else throw error;
}
