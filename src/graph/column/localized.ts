import type { LocalizedTextInput } from "../../generated/schema.js";
import { keyed } from "../mutation/keyed.js";
import { entries, text } from "./decode.js";

/** Texts by language, as the wire's map has them, in the form of LocalizedText. */
export const localized = (map: unknown): { language: string; text: string | null }[] =>
  entries(map).map(([language, value]) => ({ language, text: text(value) }));

/** The text in one language; null where it has none. */
export const inLanguage = (map: unknown, language: string): string | null =>
  localized(map).find((one) => one.language === language)?.text ?? null;

/** Texts by language on their way out: the wire's map. */
export const byLanguage = (texts: readonly LocalizedTextInput[], argument: string): Record<string, string> =>
  keyed(texts, argument, "language", ({ text: words }) => words ?? "");
