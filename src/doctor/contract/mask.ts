import { isOfContract } from "./schema.js";
import { keyForm } from "./seen.js";

/** What is known of a name or a word that the contract does not have, when it is decided whether it may be told. */
export interface Stranger {
  /** How many rows have it, of how many that could. */
  rows: number;
  of: number;
  /** How many other strangers stand in the same place. */
  others: number;
  /** Whether names or words of the contract stand in the same place: else the place is of another kind than the contract says. */
  isAmongKnown: boolean;
}

const mostInOnePlace = 8;

/** The texts of the answers outside enums, and the names that are data: nothing of these may be told. */
export class Secrets {
  private readonly texts = new Set<string>();

  add(text: string): void {
    if (text.length < 3 || text.length > 200) return;
    this.texts.add(text.toLowerCase());
    for (const token of text.toLowerCase().split(/[^\p{L}\p{N}_-]+/u)) if (token.length > 2) this.texts.add(token);
    for (const token of text.toLowerCase().split(/[^\p{L}]+/u)) if (token.length > 2) this.texts.add(token);
  }

  has(text: string): boolean {
    const said = text.toLowerCase();
    return this.texts.has(said) || said.split(/[^\p{L}\p{N}]+/u).some((word) => !isOfContract(word) && this.texts.has(word));
  }
}

const isPlain = (text: string, most: number): boolean =>
  text.length >= 3 &&
  text.length <= most &&
  /^([a-z][a-z_-]*|[A-Z][A-Z_-]*|[a-z]+([A-Z][a-z]*)+)\d{0,3}$/.test(text) &&
  !/^[a-f\d]{8,}$/i.test(text);

/**
 * The name of a column that the contract does not have, or a pattern in its place. A name is told where it is made of the contract's own
 * words; or where every one of several rows has it beside columns that the contract knows, and it reads like a column and like no value.
 */
export const columnName = (name: string, stranger: Stranger, secrets: Secrets): string => {
  const { rows, of, others, isAmongKnown } = stranger;
  if (name === "id" ? rows === of : name.length > 2 && name.length <= 40 && isOfContract(name)) return name;
  const isColumn = others < mostInOnePlace && isAmongKnown && of > 1 && rows === of && isPlain(name, 40) && !secrets.has(name);
  return isColumn ? name : keyForm(name);
};

/** A word that the contract's list does not have, or undefined where it may be somebody's text. */
export const enumWord = (word: unknown, { others, isAmongKnown }: Stranger, secrets: Secrets): string | undefined => {
  if (typeof word === "number") return Number.isInteger(word) && Math.abs(word) < 100 ? String(word) : undefined;
  if (typeof word !== "string" || others >= mostInOnePlace) return undefined;
  if (/^\d{1,2}$/.test(word)) return word;
  if (word.length > 2 && word.length <= 24 && isOfContract(word)) return word;
  return isAmongKnown && isPlain(word, 24) && !secrets.has(word) ? word : undefined;
};
