import { writeFile } from "node:fs/promises";
import type { Tenant } from "../affise/transport/tenant.js";
import { type Config, ConfigError, tenantsNamed } from "../config.js";
import { createSandbox, sampleKeys } from "../sandbox/index.js";
import { compareNetwork } from "./contract/contract.js";
import { countOf, reportInWords, summaryOf } from "./contract/print.js";

export interface ContractDoctorOptions {
  key?: string;
  tenant?: string;
  /** The most rows of a page. */
  rows: string;
  json: boolean;
  /** Where the report is written. */
  report?: string;
}

const usage = (sentence: string) => new ConfigError([sentence]);

const wanted = (config: Config, name: string | undefined): Tenant => {
  const [one, another] = tenantsNamed(config, name);
  if (one && !another) return one;
  const names = config.tenants.map((tenant) => tenant.name).join(", ");
  throw usage(`--contract looks at one network: name it with --tenant, one of ${names}.`);
};

const rowsIn = (text: string): number => {
  const rows = Number(text);
  if (Number.isInteger(rows) && rows >= 1 && rows <= 500) return rows;
  throw usage(`--rows must be a whole number from 1 to 500, not ${JSON.stringify(text)}.`);
};

const save = async (file: string, text: string): Promise<void> => {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw usage(`--report ${file} cannot be written: ${(error as Error).message}`);
  }
};

const showProgress = (done: number, all: number): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2KAsking, read-only: ${done} of ${all} …`);
};

const clearProgress = (): void => {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[2K");
};

/**
 * Holds a network's own answers against the contract: prints where they differ, writes a report without any value, and gives the exit code:
 * 0 none, 1 some or no answer. Throws ConfigError for wrong usage. Only reads.
 */
export const doctorContract = async (config: Config, options: ContractDoctorOptions): Promise<number> => {
  const tenant = wanted(config, options.tenant);
  const rows = rowsIn(options.rows);
  const { key } = options;
  if (!key)
    throw usage(
      config.sandbox
        ? `--contract needs a key; the sandbox's: ${sampleKeys.map((sample) => sample.key).join(", ")}.`
        : "--contract needs a key: pass it with --key, or set AFFISE_API_KEY.",
    );
  const sandbox =
    config.sandbox && tenant.url === ""
      ? await createSandbox({
          ...{ offers: 70, affiliates: 30, advertisers: 8, conversions: 300 },
          ugly: config.SANDBOX_UGLY ? "all" : [],
        }).listen()
      : undefined;
  const url = sandbox?.url ?? tenant.url;
  const waitMs = Math.min(config.UPSTREAM_TIMEOUT_MS, 30_000);
  try {
    if (!options.json)
      process.stdout.write(
        `Reads up to ${rows} rows of each list that this key may see, at ${sandbox ? "the built-in sandbox" : new URL(url).host}: about a hundred calls at the most, none of which changes anything.\n\n`,
      );
    const found = await compareNetwork({ tenant: { ...tenant, url }, key, rows, waitMs, progress: showProgress });
    clearProgress();
    if (!found) {
      process.stderr.write("The network does not take this key, or cannot be reached: affise-graphql doctor says why.\n");
      return 1;
    }
    const { report, calls } = found;
    const text = `${JSON.stringify(report, null, 1)}\n`;
    if (options.report) await save(options.report, text);
    if (options.json) process.stdout.write(text);
    else {
      process.stdout.write(`${reportInWords(report)}${summaryOf(report, calls)}\n`);
      if (options.report)
        process.stdout.write(
          `${options.report} holds names of columns, types and lengths, and no value: it can be pasted into a bug report.\n`,
        );
    }
    return countOf(report) ? 1 : 0;
  } finally {
    await sandbox?.close();
  }
};
