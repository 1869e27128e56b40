/** What the search knows of one place in the docs. It travels as a tuple, thousands of them. */
export interface Entry {
  title: string;
  /** From the root of the docs. */
  url: string;
  /** What it is: a guide, a type, a field, or the page that a heading stands on. */
  kind: string;
  text: string;
}

/** The index as the page loads it. */
export const indexOf = (entries: readonly Entry[]): string =>
  JSON.stringify(
    entries.map(({ title, url, kind, text }) => [title, url, kind, text.replaceAll(/\s+/g, " ").replaceAll("`", "")]),
  );
