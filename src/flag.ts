import { existsSync } from "node:fs";
import { parseEnv } from "node:util";
import { type Command, Option } from "commander";
import { isKey, noKey } from "./affise/transport/key.js";
import { ConfigError, readConfig, type Setting, settings } from "./config.js";
import { readText } from "./text-file.js";

const flagOf = (setting: string) => `--${setting.toLowerCase().replaceAll("_", "-")}`;

/** Gives a command the flags of settings. */
export const withSettings = (command: Command, names: readonly Setting[]): Command => {
  for (const name of names) {
    const { about, shown, schema } = settings[name];
    // A flag of what may be true is that without a value.
    const value = schema.safeParse("true").data === true ? "[value]" : "<value>";
    command.addOption(new Option(`${flagOf(name)} ${value}`, `${about} [${name}, ${shown}]`));
  }
  return command;
};

const camel = (name: string) => name.toLowerCase().replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** What was typed, by its name in the program. */
type Flags = Readonly<Record<string, unknown>>;

/** Flags go before the environment, the environment before a .env file. */
export const environmentWith = (flags: Flags): Record<string, string | undefined> => {
  if (existsSync(".env")) for (const [name, value] of Object.entries(parseEnv(readText(".env")))) process.env[name] ??= value;
  const set = Object.keys(settings).flatMap((name) =>
    flags[camel(name)] === undefined ? [] : [[name, String(flags[camel(name)])] as const],
  );
  return { ...process.env, ...Object.fromEntries(set) };
};

/** The caller's own key; an empty one counts as none. */
export const keyIn = (flags: Flags, environment: Record<string, string | undefined>): string | undefined => {
  const [name, key] = flags.key === undefined ? ["AFFISE_API_KEY", environment.AFFISE_API_KEY] : ["--key", String(flags.key)];
  const trimmed = key?.trim() || undefined;
  if (trimmed && !isKey(trimmed)) throw new ConfigError([`The API key in ${name} ${noKey}`]);
  return trimmed;
};

/** A setting by the name it was given under: its flag where one was typed, else its variable. */
const asTyped = (flags: Flags) => (setting: string) => (flags[camel(setting)] === undefined ? setting : flagOf(setting));

/** The settings as flags, environment and .env have them. Throws ConfigError. */
export const configWith = (flags: Flags, environment = environmentWith(flags)) => readConfig(environment, asTyped(flags));

/** What a command reads that knows no network. */
export const configWithoutNetwork = (flags: Flags) =>
  configWith(flags, { ...environmentWith(flags), AFFISE_API_URL: "sandbox", AFFISE_TENANTS: undefined });
