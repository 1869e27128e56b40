#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Argument, Command, CommanderError, Option } from "commander";
import { type Shell, shells } from "./completion.js";
import { ConfigError, limitsOf, type Setting, settings } from "./config.js";
import { configWith, configWithoutNetwork, environmentWith, keyIn, withSettings } from "./flag.js";
import { UnreadableText } from "./text-file.js";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

const serverSettings = Object.keys(settings) as Setting[];
const limitSettings: Setting[] = ["MAX_COST", "MAX_VALUES", "MAX_UPSTREAM_CALLS"];
const sandboxSettings = serverSettings.filter((name) => name.startsWith("SANDBOX_"));

const examples = (...lines: string[]) => `
Examples:
${lines.map((line) => `  ${line}`).join("\n")}
`;

const exitCodes = "\nExit codes: 0 fine, 1 a problem found, 2 wrong usage or settings.\n";

const program = new Command("affise-graphql")
  .description("One GraphQL endpoint over a network's whole Affise REST API, with a sandbox of Affise and a playground.")
  .version(version, "-v, --version")
  .showHelpAfterError("(affise-graphql --help tells more)")
  .exitOverride()
  .addHelpText(
    "after",
    examples(
      "affise-graphql                                                     the server over the built-in sandbox",
      "affise-graphql start --affise-api-url https://api-acme.affise.com  the server over your network",
      "affise-graphql sandbox --port 4100                                 the sandbox alone, for any REST client",
      "AFFISE_API_KEY=… affise-graphql doctor                             checks the API URL and a key",
      "affise-graphql query '{ offers { totalCount } }'                    one query, its answer as a table, JSON or CSV",
      "affise-graphql schema > schema.graphql                             the schema, for your code generator",
      "affise-graphql documents check persisted-documents.json            an app's operations: valid, cost, REST calls",
      "affise-graphql start --help                                        the flags of a command",
    ) + exitCodes,
  );

withSettings(program.command("start", { isDefault: true }).description("starts the server (the default)"), serverSettings)
  .addHelpText(
    "after",
    examples(
      "affise-graphql start                                               over the built-in sandbox, at http://127.0.0.1:4000/",
      "affise-graphql start --affise-api-url https://api-acme.affise.com  over your network",
      "affise-graphql start --port 8080 --host 0.0.0.0                    on another port, open to other machines",
      "affise-graphql start --sandbox-offers 50                           a small sandbox, for tests",
    ) + exitCodes,
  )
  .action(async (flags) => {
    const config = configWith(flags);
    const { start } = await import("./start.js");
    await start(config);
  });

withSettings(
  program
    .command("sandbox")
    .description("starts the sandbox of Affise's REST API alone")
    .addOption(new Option("--port <value>", "the port to listen on [4100]").default("4100"))
    .addOption(new Option("--host <value>", "the address to listen on [127.0.0.1]")),
  sandboxSettings,
)
  .addHelpText(
    "after",
    examples(
      "affise-graphql sandbox                                           at http://127.0.0.1:4100",
      "affise-graphql sandbox --port 0 --sandbox-offers 50              a small one on any free port",
      "curl http://127.0.0.1:4100/sandbox                               its keys, its operations, its faults",
      "curl -X POST http://127.0.0.1:4100/sandbox/reset                 puts its data back",
    ) + exitCodes,
  )
  .action(async (flags) => {
    const config = configWithoutNetwork(flags);
    const { startSandbox } = await import("./start.js");
    await startSandbox(config);
  });

withSettings(
  program
    .command("doctor")
    .description("checks Node, the API URL, the clock and a key, and says whose key it is and what it may do; changes nothing")
    .addOption(new Option("--key <key>", "the API key to look at [AFFISE_API_KEY]"))
    .addOption(new Option("--tenant <name>", "the one network of AFFISE_TENANTS to look at"))
    .addOption(new Option("--json", "prints the findings as JSON, for scripts"))
    .addOption(new Option("--contract", "says where the network's answers differ from what this server expects; only reads"))
    .addOption(new Option("--rows <count>", "with --contract: the most rows of a page, 1 to 500 [100]"))
    .addOption(new Option("--report <file>", "with --contract: writes a report without any value, fit for a bug report")),
  ["AFFISE_API_URL", "AFFISE_TENANTS", "UPSTREAM_TIMEOUT_MS", "REDIS_URL"],
)
  .addHelpText(
    "after",
    examples(
      "affise-graphql doctor --key sandbox-affiliate                                        tries it on the built-in sandbox",
      "AFFISE_API_URL=https://api-acme.affise.com AFFISE_API_KEY=… affise-graphql doctor    your network and your key",
      "affise-graphql doctor --json                                                         { ok, findings }, for scripts",
      "affise-graphql doctor --contract --report report.json                                where Affise differs from the contract",
    ) +
      "\nA key on the command line shows in the list of processes and in the shell's history; AFFISE_API_KEY does not.\n" +
      "\nExit codes: 0 all fine, 1 a problem found, 2 wrong usage or settings.\n",
  )
  .action(async (flags) => {
    const environment = environmentWith(flags);
    const config = configWith(flags, environment);
    const key = keyIn(flags, environment);
    if (flags.contract) {
      const { doctorContract } = await import("./doctor/doctor-contract.js");
      const { tenant, rows = "100", report } = flags;
      process.exitCode = await doctorContract(config, { key, tenant, rows, report, json: flags.json === true });
      return;
    }
    for (const flag of ["rows", "report"]) if (flags[flag]) throw new ConfigError([`--${flag} goes with --contract.`]);
    const { doctor } = await import("./doctor/doctor.js");
    process.exitCode = await doctor(config, { key, tenant: flags.tenant, json: flags.json === true });
  });

withSettings(
  program
    .command("query")
    .description("runs one query and prints its answer; no server need run")
    .argument("<query>", "a file, the query itself, or - for standard input")
    .addOption(
      new Option("--var <name=value>", "a variable; may stand several times")
        .default([], "none")
        .argParser((pair: string, before: string[]) => [...before, pair]),
    )
    .addOption(new Option("--variables <json>", "all variables: a JSON object, or a file that holds one"))
    .addOption(new Option("--operation <name>", "which operation, where the query has several"))
    .addOption(new Option("--key <key>", "the API key [AFFISE_API_KEY; over the sandbox a General manager's]"))
    .addOption(new Option("--tenant <name>", "the one network of AFFISE_TENANTS to ask"))
    .addOption(new Option("--json", "prints the whole answer as JSON, the default where the output is no terminal"))
    .addOption(new Option("--table", "prints the answer's lists as tables, the default on a terminal").conflicts("json"))
    .addOption(new Option("--csv", "prints a list of the answer as CSV").conflicts(["json", "table"]))
    .addOption(new Option("--list <path>", "which list, for --csv and --table: offers, or advertiser.offers"))
    .addOption(new Option("--dry-run", "for a mutation: sends no change and shows what it would send"))
    .addOption(new Option("--allow-mutations", "lets a mutation change a real network")),
  ["AFFISE_API_URL", "AFFISE_TENANTS", "UPSTREAM_TIMEOUT_MS", "UPSTREAM_CONCURRENCY", "SANDBOX_OFFERS"],
)
  .addHelpText(
    "after",
    `${examples(
      "affise-graphql query '{ offers(first: 5) { nodes { id title } } }'                    tries it on the built-in sandbox",
      "affise-graphql query report.graphql --var from=2026-11-01 --var to=2026-11-30 --csv > report.csv",
      "echo '{ viewer { __typename } }' | affise-graphql query - --json",
      "AFFISE_API_URL=https://api-acme.affise.com AFFISE_API_KEY=… affise-graphql query offers.graphql",
    )}\nExit codes: 0 fine, 1 the answer has errors, 2 wrong usage or settings.\n`,
  )
  .action(async (source, flags) => {
    const environment = environmentWith(flags);
    const config = configWith(flags, environment);
    const { runQuery } = await import("./query/query.js");
    process.exitCode = await runQuery(config, {
      source,
      variables: flags.var,
      variablesJson: flags.variables,
      operation: flags.operation,
      key: keyIn(flags, environment),
      tenant: flags.tenant,
      format: flags.json ? "json" : flags.csv ? "csv" : flags.table ? "table" : undefined,
      list: flags.list,
      dryRun: flags.dryRun === true,
      allowMutations: flags.allowMutations === true,
    });
  });

withSettings(
  program
    .command("documents")
    .description("checks the documents of an app's manifest before it is released: valid, their cost, their REST calls")
    .addArgument(new Argument("<action>", "what to do").choices(["check"]))
    .argument("<manifest...>", "files or folders, as graphql-codegen, Apollo or Relay writes them; .graphql files too")
    .addOption(new Option("--json", "prints what was found as JSON, for scripts")),
  limitSettings,
)
  .addHelpText(
    "after",
    `${examples(
      "affise-graphql documents check persisted-documents.json            the operations of an app, a line each",
      "affise-graphql documents check manifests/ --json                   all manifests of a folder, for scripts",
      "affise-graphql documents check src/ --max-cost 20000               .graphql files, under limits of your own",
    )}\nExit codes: 0 fine, 1 an operation is not valid or over the limits, 2 wrong usage or settings.\n`,
  )
  .action(async (_action, paths: string[], flags) => {
    const limits = limitsOf(configWithoutNetwork(flags));
    const { checkDocuments } = await import("./documents/check.js");
    process.exitCode = checkDocuments({ paths, limits, json: flags.json === true });
  });

program
  .command("completion")
  .description("prints a completion script for your shell")
  .addArgument(new Argument("<shell>", "the shell").choices(shells))
  .addHelpText(
    "after",
    examples(
      'eval "$(affise-graphql completion bash)"          in ~/.bashrc; zsh likewise in ~/.zshrc',
      "affise-graphql completion fish | source           in ~/.config/fish/config.fish",
    ),
  )
  .action(async (shell: Shell) => {
    const { completionFor } = await import("./completion.js");
    process.stdout.write(completionFor(shell, program));
  });

program
  .command("schema")
  .description("prints the GraphQL schema (SDL)")
  .option("--federation", "as composition of a federated graph reads it, with keys")
  .addHelpText(
    "after",
    examples(
      "affise-graphql schema > schema.graphql            for graphql-codegen, gql.tada and editors",
      "curl http://127.0.0.1:4000/schema.graphql         the same text from a running server",
      "affise-graphql schema --federation > affise.graphql   for rover and other composition",
    ),
  )
  .action(async ({ federation }: { federation?: boolean }) => {
    const { subgraphSdl } = await import("./subgraph-sdl.js");
    const { printedSchema } = await import("./sdl.js");
    process.stdout.write(federation ? subgraphSdl() : `${printedSchema()}\n`);
  });

const [first = "", second = ""] = process.argv.slice(2);
const named = first === "help" ? second : first;
const known = program.commands.map((command) => command.name());

/** A port that is taken is told by whoever wanted to listen on it, each in its own wrapping. */
const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && ((error as NodeJS.ErrnoException).code === "EADDRINUSE" || isPortTaken(error.cause));

const complain = (...sentences: readonly string[]) => {
  process.stderr.write(sentences.map((sentence) => `affise-graphql: ${sentence}\n`).join(""));
  process.exitCode = 2;
  // A worker would wait for its parent's next word.
  if (process.connected) process.exit();
};

// Who reads the output may have seen enough, as `head` has.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  process.stderr.write(`affise-graphql: the output cannot be written: ${error.message}.\n`);
  process.exit(1);
});
// Nobody is left to be told, and a server goes on.
process.stderr.on("error", () => undefined);

try {
  if (named && !named.startsWith("-") && named !== "help" && !known.includes(named)) {
    program.error(`error: there is no command ${named}; the commands are ${known.join(", ")}`);
  }
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof ConfigError) complain(...error.faults);
  else if (error instanceof UnreadableText) complain(error.message);
  else if (isPortTaken(error)) complain(`${(error as Error).message}; choose another with --port, or 0 for any free one.`);
  else throw error;
}
