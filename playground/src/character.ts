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

/** What people call a character that does not belong where it stands; undefined for one that has no name here. */
export const characterName = (character: string): string | undefined =>
  invisible[character] ?? scripts.find(([pattern]) => pattern.test(character))?.[1];

/** Whether a character leaves no mark on the screen. */
export const isInvisible = (character: string): boolean => character in invisible && character !== " ";

/** A character's number in Unicode, as people look it up. */
export const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
