import text from "../../docs/glossary.md?raw";
import { type GlossaryEntry, meaningsOf, readGlossary } from "./docs/glossary-table.js";

/** Affise's own words and other people's, as the glossary of the docs has them. It feeds the search; a word not in it is looked for as it is. */
const glossary: readonly GlossaryEntry[] = readGlossary(text);

/** What a search looks for in place of one word: the word itself, and everything it may be called here. */
export const wordsFor = (word: string): readonly string[] => meaningsOf(glossary, word);
