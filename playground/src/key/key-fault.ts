const invisible: Record<string, string> = {
  "\u00a0": "a no-break space",
  "\u00ad": "a soft hyphen",
  "\u200b": "a zero-width space",
  "\u200c": "a zero-width non-joiner",
  "\u200d": "a zero-width joiner",
  "\u200e": "a left-to-right mark",
  "\u2060": "a word joiner",
  "\ufeff": "a byte order mark",
  "\t": "a tab",
  "\n": "a line break",
  "\r": "a line break",
  " ": "a space",
};

const scripts: readonly [RegExp, string][] = [
  [/\p{Script=Cyrillic}/u, "a Cyrillic letter"],
  [/\p{Script=Greek}/u, "a Greek letter"],
  [/[\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb]/u, "a typographic quotation mark"],
  [/[\u2010-\u2015\u2212]/u, "a typographic dash"],
  [/["'`]/, "a quotation mark"],
  [/,/, "a comma"],
];

const nameOf = (character: string): string =>
  invisible[character] ?? scripts.find(([pattern]) => pattern.test(character))?.[1] ?? "a character that no header can carry";

const codeOf = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** What is wrong with a text as an API key: undefined where it may be one. The key itself is never repeated, only where to look in it. */
export const keyFault = (key: string): string | undefined => {
  const characters = [...key];
  const at = characters.findIndex((one) => !/^[\x21\x23-\x26\x28-\x2b\x2d-\x5f\x61-\x7e]$/.test(one));
  const odd = characters[at];
  if (odd !== undefined) {
    const looks = invisible[odd] && odd !== " " ? ", which cannot be seen" : "";
    const place = characters.length === 1 ? "The key is" : `Character ${at + 1} of ${characters.length} is`;
    return `${place} ${nameOf(odd)} (${codeOf(odd)})${looks}. Affise's keys have Latin letters and digits only: copy it again from the panel, or type that character anew.`;
  }
  if (characters.length > 512) return `This is ${characters.length} characters long; no key is.`;
  return undefined;
};
