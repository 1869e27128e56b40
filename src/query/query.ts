import { existsSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { stringify } from "csv-stringify/sync";
import {
  type DocumentNode,
  type GraphQLError,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  type TypeNode,
} from "graphql";
import { type Config, ConfigError } from "../config.js";
import { isJsonObject } from "../contract/json.js";
import { withProgress } from "../progress.js";
import { sampleKeys } from "../sandbox/sample-key.js";
import { readText, textOf } from "../text-file.js";
import { type AnswerLists, listsAsked } from "./answer-list.js";
import { alignedText, tablesIn } from "./answer-table.js";

export interface QueryOptions {
  /** A file with the query, the query itself, or `-` for standard input. */
  source: string;
  /** Each `name=value`; the variable's type says how the value is read. */
  variables: readonly string[];
  /** A JSON object, or a file that holds one. */
  variablesJson?: string;
  operation?: string;
  key?: string;
  tenant?: string;
  format?: "json" | "table" | "csv";
  /** Which list of the answer becomes the table, such as `offers` or `advertiser.offers`. */
  list?: string;
  dryRun: boolean;
  allowMutations: boolean;
}

interface Answer {
  data?: unknown;
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
  extensions?: unknown;
}

const sourceText = async (source: string): Promise<string> => {
  if (source === "-") return textOf(await buffer(process.stdin), "Standard input");
  if (existsSync(source)) return readText(source);
  if (source.includes("{")) return source;
  throw new ConfigError([
    `There is no file ${source}, and it does not read like a query; give a file, a query or - for standard input.`,
  ]);
};

const parsed = (query: string): DocumentNode => {
  try {
    return parse(query);
  } catch (error) {
    const { message, locations } = error as GraphQLError;
    const [at] = locations ?? [];
    throw new ConfigError([`The query cannot be read: ${message}${at ? ` (line ${at.line}, column ${at.column})` : ""}`]);
  }
};

const operationIn = (document: DocumentNode, name: string | undefined): OperationDefinitionNode => {
  const found = getOperationAST(document, name);
  if (found) return found;
  const names = document.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION && one.name ? [one.name.value] : [],
  );
  if (!document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION))
    throw new ConfigError(["The query has no operation: it needs one that begins with { or the word query or mutation."]);
  throw new ConfigError([
    name === undefined
      ? `The query has several operations; pick one with --operation: ${names.join(", ")}.`
      : `--operation ${name} is none of the query's operations: ${names.join(", ") || "it has none with a name"}.`,
  ]);
};

const jsonObject = (given: string): Record<string, unknown> => {
  const isFile = existsSync(given);
  const source = isFile ? readText(given) : given;
  try {
    const value: unknown = JSON.parse(source);
    if (isJsonObject(value)) return value;
  } catch {
    // Told below, as for what is JSON but no object.
  }
  const next = isFile || /^\s*[[{]/.test(given) ? "" : `; there is no file ${given}`;
  throw new ConfigError([`--variables must be a JSON object, or a file that holds one${next}.`]);
};

const asWritten = new Set(["ID", "String", "Date", "LocalDateTime"]);

/** Texts, ids and dates as they are written; numbers, flags, lists and objects as JSON; enum values by their bare names. */
const valueFor = (type: TypeNode, given: string): unknown => {
  if (type.kind === Kind.NON_NULL_TYPE) return valueFor(type.type, given);
  if (type.kind === Kind.LIST_TYPE && !given.trim().startsWith("["))
    return given.split(",").map((one) => valueFor(type.type, one.trim()));
  if (type.kind === Kind.NAMED_TYPE && asWritten.has(type.name.value)) return given;
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
};

const variablesFor = (
  operation: OperationDefinitionNode,
  { variables, variablesJson }: QueryOptions,
): Record<string, unknown> => {
  const declared = new Map((operation.variableDefinitions ?? []).map((one) => [one.variable.name.value, one.type]));
  const single = variables.map((pair) => {
    const [, name = "", value = ""] = /^\$?(\w+)=(.*)$/s.exec(pair) ?? [];
    const type = declared.get(name);
    if (!name) throw new ConfigError([`--var ${pair} must read like name=value.`]);
    if (type) return [name, valueFor(type, value)] as const;
    const names = [...declared.keys()].map((one) => `$${one}`).join(", ");
    throw new ConfigError([`--var ${name} is no variable of the query; ${names ? `it has ${names}` : "it has none"}.`]);
  });
  return { ...(variablesJson === undefined ? {} : jsonObject(variablesJson)), ...Object.fromEntries(single) };
};

const chosenTenant = ({ tenants }: Config, name: string | undefined) => {
  const found = name === undefined ? (tenants.length === 1 ? tenants[0] : undefined) : tenants.find((one) => one.name === name);
  if (found) return found;
  const names = tenants.map((one) => one.name).join(", ");
  throw new ConfigError([
    name === undefined ? `Say which network with --tenant: ${names}.` : `--tenant ${name} is none of: ${names}.`,
  ]);
};

/** Asks in this process: the server over the network, without a port. Server and sandbox take a second to load: first what was typed is read. */
const ask = async (config: Config, operation: OperationDefinitionNode, query: string, options: QueryOptions): Promise<Answer> => {
  const tenant = chosenTenant(config, options.tenant);
  const isSandbox = tenant.url === "";
  const key = options.key ?? (isSandbox ? sampleKeys[0]?.key : undefined);
  if (key === undefined) throw new ConfigError(["Give your API key with AFFISE_API_KEY, or with --key."]);
  const variables = variablesFor(operation, options);
  const { createServer } = await import("../server.js");
  const sandbox = isSandbox
    ? await (await import("../sandbox/index.js")).createSandbox({ offers: config.SANDBOX_OFFERS }).listen()
    : undefined;
  const url = sandbox?.url ?? tenant.url;
  const server = await createServer({
    tenants: [{ name: tenant.name, url }],
    playground: false,
    session: { timeoutMs: config.UPSTREAM_TIMEOUT_MS, concurrency: config.UPSTREAM_CONCURRENCY },
  });
  try {
    const asked = server.http.inject({
      method: "POST",
      url: "/graphql",
      headers: { "content-type": "application/json", "api-key": key, ...(options.dryRun ? { "x-affise-dry-run": "1" } : {}) },
      payload: JSON.stringify({ query, operationName: operation.name?.value, variables }),
    });
    return (await withProgress(
      `Asking ${new URL(url).host}`,
      asked.then((response) => response.json()),
    )) as Answer;
  } finally {
    await server.close();
    await sandbox?.close();
  }
};

/** Which lists are printed; told before anything is sent, so that no change is made whose answer cannot be shown. */
const checkList = (lists: AnswerLists, { list, format }: QueryOptions): void => {
  const paths = [...lists.keys()].filter(Boolean).join(", ") || "it has none";
  if (list !== undefined && !lists.has(list)) throw new ConfigError([`--list ${list} is none of the answer's lists: ${paths}.`]);
  if (list === undefined && format === "csv" && lists.size > 1)
    throw new ConfigError([`The answer has several lists; pick one with --list: ${paths}.`]);
};

/** A spreadsheet takes a text that begins so for a formula, and affiliates choose their own names. */
const disarmed = (value: string) => (/^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value);

const print = (answer: Answer, { list, format }: QueryOptions, lists: AnswerLists | undefined): void => {
  if (format === "json") {
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return;
  }
  for (const table of tablesIn(answer.data, lists)) {
    if (list !== undefined && table.path !== list) continue;
    if (format === "csv") {
      process.stdout.write(stringify(table.rows, { header: true, columns: table.columns, cast: { string: disarmed } }));
    } else {
      const count = table.total === undefined ? table.rows.length : `${table.rows.length} of ${table.total}`;
      const rows = `${count} ${table.rows.length === 1 ? "row" : "rows"}`;
      process.stdout.write(`${table.path ? `${table.path}: ${rows}\n` : ""}${alignedText(table)}\n\n`);
    }
  }
};

/** Runs one operation and prints its answer. Gives the exit code: 0 fine, 1 the answer has errors. Throws ConfigError for wrong usage. */
export const runQuery = async (config: Config, given: QueryOptions): Promise<number> => {
  const options = { ...given, format: given.format ?? (process.stdout.isTTY ? "table" : "json") };
  const query = await sourceText(options.source);
  const document = parsed(query);
  const operation = operationIn(document, options.operation);
  if (operation.operation === "mutation" && !config.sandbox && !options.allowMutations && !options.dryRun) {
    throw new ConfigError([
      "This is a mutation, and it would change a real network: --dry-run shows what it would send, --allow-mutations carries it out.",
    ]);
  }
  if (options.list !== undefined && options.format === "json")
    throw new ConfigError(["--list goes with --csv or --table; JSON has the whole answer."]);
  let lists: AnswerLists | undefined;
  if (options.format !== "json") {
    const { buildSchema } = await import("../graph/index.js");
    lists = listsAsked(buildSchema(), document, operation);
    if (lists) checkList(lists, options);
  }
  const answer = await ask(config, operation, query, options);
  if (options.dryRun && options.format !== "json") {
    // A file of rows stays one.
    const output = options.format === "csv" ? process.stderr : process.stdout;
    output.write(`${JSON.stringify(answer.extensions ?? {}, null, 2)}\n`);
  }
  if (answer.data || options.format === "json") print(answer, options, lists);
  for (const { message, path, extensions } of answer.errors ?? []) {
    process.stderr.write(`${path ? `${path.join(".")}: ` : ""}${message}${extensions?.code ? ` (${extensions.code})` : ""}\n`);
  }
  return answer.errors?.length ? 1 : 0;
};
