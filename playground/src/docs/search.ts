import MiniSearch from "minisearch";
import { wordsFor } from "../glossary.js";

/** A place in the docs that a search found. */
export interface Hit {
  id: number;
  title: string;
  /** From the root of the docs. */
  url: string;
  kind: string;
  text: string;
}

/** `capsTimezone` is found by caps, by timezone and by the whole. */
const tokensOf = (text: string): string[] =>
  text
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .flatMap((word) => {
      const parts = word.split(/(?<=[a-z\d])(?=[A-Z])/);
      return parts.length > 1 ? [word, ...parts] : [word];
    });

const weights: Readonly<Record<string, number>> = {
  glossary: 3,
  guide: 3,
  query: 2,
  mutation: 1.8,
  type: 1.4,
  field: 1,
  enum: 1,
  input: 0.9,
};

const open = async (docs: string): Promise<MiniSearch<Hit>> => {
  const response = await fetch(`${docs}search.json`);
  if (!response.ok) throw new Error(`The index of the docs could not be read: ${response.status}`);
  const rows = (await response.json()) as [string, string, string, string][];
  const index = new MiniSearch<Hit>({
    fields: ["title", "text"],
    storeFields: ["title", "url", "kind", "text"],
    tokenize: tokensOf,
    searchOptions: {
      boost: { title: 4 },
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      boostDocument: (_id, _term, stored) => weights[String(stored?.kind)] ?? 0.8,
    },
  });
  // In slices, so that typing never waits for it.
  await index.addAllAsync(
    rows.map(([title, url, kind, text], id) => ({ id, title, url, kind, text })),
    { chunkSize: 200 },
  );
  return index;
};

let opened: Promise<MiniSearch<Hit>> | undefined;

/** Searches guides, glossary and schema together; `docs` is where the docs are. The index is read at the first search. */
export const searchDocs = async (docs: string, text: string, most: number): Promise<Hit[]> => {
  opened ??= open(docs);
  const index = await opened;
  const words = text.trim().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const found = index.search({
    combineWith: "AND",
    queries: words.map((word) => ({
      combineWith: "OR",
      // The word itself counts for more than what it may be called here.
      queries: wordsFor(word).map((meaning, at) => (at ? { queries: [meaning], boost: { title: 2, text: 0.5 } } : meaning)),
    })),
  });
  return found.slice(0, most).map(({ id, title, url, kind, text: about }) => ({ id: Number(id), title, url, kind, text: about }));
};
