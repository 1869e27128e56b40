import { isText, localNotes, onNoteElsewhere } from "../browser-storage.js";
import { isJsonObject } from "../json-object.js";
import { keysInHand } from "../key/session.js";
import { createStore } from "../store.js";

/** A query that somebody keeps: its text, its variables, a name and a note. */
export interface SavedQuery {
  name: string;
  note: string;
  query: string;
  variables: string;
}

/** A network with values for variables: they fill in what a query leaves open. The key stays where it is and is never part of it. */
export interface Environment {
  name: string;
  network: string;
  variables: Record<string, unknown>;
}

export interface Saved {
  queries: readonly SavedQuery[];
  environments: readonly Environment[];
}

const name = "affise-graphql:saved";

const queryFrom = (row: unknown): SavedQuery[] => {
  if (!isJsonObject(row) || !isText(row.name) || !isText(row.query)) return [];
  const { note, variables } = row;
  return [{ name: row.name, query: row.query, note: isText(note) ? note : "", variables: isText(variables) ? variables : "" }];
};

const environmentFrom = (row: unknown): Environment[] =>
  isJsonObject(row) && isText(row.name) && isText(row.network) && isJsonObject(row.variables)
    ? [{ name: row.name, network: row.network, variables: row.variables }]
    : [];

const listIn = (file: Record<string, unknown>, name: string): unknown[] => (Array.isArray(file[name]) ? file[name] : []);

/** What is saved in a note or a file; what is none of it is left out. */
const savedIn = (file: Record<string, unknown>): Saved => ({
  queries: listIn(file, "queries").flatMap(queryFrom),
  environments: listIn(file, "environments").flatMap(environmentFrom),
});

const noted = (): Saved => savedIn(localNotes.read(name, isJsonObject) ?? {});

export const saved = createStore<Saved>(noted());

/** Whether what was saved last outlives the page. */
export const keeping = createStore<{ works: boolean }>({ works: true });

// All that is saved is one note: a tab that did not know what another has saved would write over it.
onNoteElsewhere(name, () => saved.set(noted()));

const put = (change: Partial<Saved>): void => {
  saved.set(change);
  keeping.set({ works: localNotes.write(name, saved.get()) });
};

const byName = <T extends { name: string }>(all: readonly T[], now: T): T[] =>
  [...all.filter((one) => one.name !== now.name), now].sort((left, right) => left.name.localeCompare(right.name));

const withoutKeys = (text: string): string => keysInHand().reduce((rest, key) => rest.replaceAll(key, ""), text);

/** Keeps a query; one of the same name is replaced. */
export const saveQuery = (query: SavedQuery): void =>
  put({ queries: byName(saved.get().queries, JSON.parse(withoutKeys(JSON.stringify(query))) as SavedQuery) });

export const dropQuery = (name: string): void => put({ queries: saved.get().queries.filter((one) => one.name !== name) });

export const saveEnvironment = (environment: Environment): void =>
  put({ environments: byName(saved.get().environments, environment) });

export const dropEnvironment = (name: string): void =>
  put({ environments: saved.get().environments.filter((one) => one.name !== name) });

const format = "affise-graphql playground";

/** Everything saved as one file's text. No key is in it. */
export const exported = (): string => `${JSON.stringify({ format, version: 1, ...saved.get() }, null, 2)}\n`;

/** Takes in such a file; what has a name already is replaced. Answers how much came, or throws what is wrong with the file. */
export const importFile = (text: string): number => {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Error("This file holds no JSON.");
  }
  if (!isJsonObject(file) || file.format !== format) throw new Error("This file was not exported from this page.");
  const { queries, environments } = savedIn(file);
  put({
    queries: queries.reduce<readonly SavedQuery[]>(byName, saved.get().queries),
    environments: environments.reduce<readonly Environment[]>(byName, saved.get().environments),
  });
  return queries.length + environments.length;
};
