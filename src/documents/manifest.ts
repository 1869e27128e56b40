import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject } from "../contract/json.js";
import { readText, UnreadableText } from "../text-file.js";
import type { ManifestEntry } from "./entry.js";
import { plainDocuments } from "./plain-document.js";

/** What is wrong with manifests, a sentence for each; each names its file. */
export class ManifestError extends Error {
  override readonly name = "ManifestError";
  constructor(readonly faults: readonly string[]) {
    super(faults.join("\n"));
  }
}

const apollo = "apollo-persisted-query-manifest";

const fromApollo = (file: string, { version, operations }: Record<string, unknown>): ManifestEntry[] => {
  if (version !== 1) throw new ManifestError([`${file}: version is ${JSON.stringify(version)}; this server reads version 1.`]);
  if (!Array.isArray(operations)) throw new ManifestError([`${file}: operations is no list.`]);
  return operations.map((one: unknown, index) => {
    const { id, body, name, clientName } = isJsonObject(one) ? one : {};
    const isGood = typeof id === "string" && id && typeof body === "string" && (clientName ?? undefined) !== "";
    if (!isGood) throw new ManifestError([`${file}: operations.${index} has no id and body that are texts.`]);
    return {
      id,
      text: body,
      file,
      name: typeof name === "string" ? name : undefined,
      client: typeof clientName === "string" ? clientName : undefined,
    };
  });
};

/** Client preset and Relay both write a map of ids and texts. */
const fromMap = (file: string, map: Record<string, unknown>): ManifestEntry[] =>
  Object.entries(map).map(([id, text]) => {
    if (typeof text === "string" && id) return { id, text, file };
    throw new ManifestError([`${file}: ${JSON.stringify(id)} has no text of a document.`]);
  });

const readJson = (file: string, text: string): ManifestEntry[] => {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch (error) {
    throw new ManifestError([`${file} is not JSON: ${(error as Error).message}.`]);
  }
  if (!isJsonObject(manifest)) {
    throw new ManifestError([`${file} is no manifest: neither a map of ids and documents, nor Apollo's form.`]);
  }
  if (!("operations" in manifest) || typeof manifest.operations === "string") return fromMap(file, manifest);
  if (manifest.format === apollo) return fromApollo(file, manifest);
  throw new ManifestError([`${file}: format is ${JSON.stringify(manifest.format)}; Apollo's is ${JSON.stringify(apollo)}.`]);
};

const isDocument = (file: string) => /\.(graphql|gql)$/.test(file);

const filesOf = (path: string): string[] => {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
    const found = names
      .filter((name) => name.endsWith(".json") || isDocument(name))
      .map((name) => join(path, name))
      .filter((file) => !statSync(file).isDirectory());
    if (found.length) return found;
  } catch (error) {
    throw new ManifestError([`${path} cannot be read: ${(error as Error).message}.`]);
  }
  throw new ManifestError([`${path} has no manifest: no .json and no .graphql file.`]);
};

/** Two documents of one id: nobody could tell which is meant. */
const doubles = (entries: readonly ManifestEntry[]): string[] => {
  const first = new Map<string, ManifestEntry>();
  return entries.flatMap((entry) => {
    const key = JSON.stringify([entry.client, entry.id]);
    const before = first.get(key);
    if (!before) first.set(key, entry);
    return before && before.text !== entry.text
      ? [`${entry.file}: ${JSON.stringify(entry.id)} is another document in ${before.file}.`]
      : [];
  });
};

/**
 * Reads the documents of files and of all files below folders: JSON as graphql-codegen's client preset, Relay's compiler and Apollo write it,
 * and plain .graphql files, whose id is their SHA-256 and whose fragments may stand in another of them. Throws ManifestError.
 */
export const readManifests = (paths: readonly string[]): ManifestEntry[] => {
  const faults: string[] = [];
  const tried = <T>(read: () => T[]): T[] => {
    try {
      return read();
    } catch (error) {
      if (error instanceof ManifestError) faults.push(...error.faults);
      else if (error instanceof UnreadableText) faults.push(error.message);
      else throw error;
      return [];
    }
  };
  const files = [...new Set(paths.flatMap((path) => tried(() => filesOf(path))))];
  const manifests = files.filter((file) => !isDocument(file)).flatMap((file) => tried(() => readJson(file, readText(file))));
  const plain = plainDocuments(files.filter(isDocument).flatMap((file) => tried(() => [[file, readText(file)] as const])));
  const entries = [...manifests, ...plain];
  faults.push(...doubles(entries));
  if (faults.length) throw new ManifestError(faults);
  return entries;
};
