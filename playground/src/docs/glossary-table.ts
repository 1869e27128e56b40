/** One idea: the words that people and Affise's panel have for it, and the words that stand for it in examples and schema. */
export interface GlossaryEntry {
  said: readonly string[];
  ours: readonly string[];
  about: string;
  /** The heading that it stands under. */
  section: string;
}

const words = (cell: string): string[] => cell.split(",").map((word) => word.replaceAll("`", "").trim().toLowerCase());

/** Reads the tables of docs/glossary.md: what people say, what it is called here, and what it is. */
export const readGlossary = (text: string): GlossaryEntry[] => {
  let section = "";
  return [...text.matchAll(/^(?:## (.+)|\| ([^|]+) \| ([^|]+) \| ([^|]+) \|)$/gm)].flatMap(
    ([, heading, said = "", ours = "", about = ""]) => {
      if (heading) section = heading;
      return heading || /^(---|You say)/.test(said) ? [] : [{ said: words(said), ours: words(ours), about, section }];
    },
  );
};

const startsWith = (word: string, text: string): boolean => word === text || (text.length >= 3 && word.startsWith(text));

/** What a search looks for in place of one word: the word itself, and everything it may be called here. */
export const meaningsOf = (glossary: readonly GlossaryEntry[], word: string): readonly string[] => {
  const text = word.toLowerCase();
  const found = glossary.filter(({ said }) => said.some((one) => startsWith(one, text)));
  return [text, ...found.flatMap(({ ours }) => ours)];
};
