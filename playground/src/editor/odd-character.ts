import { GraphQLError, parse } from "graphql";
import { characterName, codeOf } from "../character.js";

const double = "\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02";
const single = "\u2018\u2019\u201a\u201b\u2039\u203a\uff07";

/** What word processors and chats put in place of what is meant, and what to write. */
const meant: readonly [RegExp, string][] = [
  [new RegExp(`[${double}${single}]`), '"'],
  [/[\u2010-\u2015\u2212]/, "-"],
  [/[\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]/, " "],
  [/\u2026/, "..."],
];

const meantBy = (character: string): string | undefined => meant.find(([pattern]) => pattern.test(character))?.[1];

const keptAsIs = /#[^\n]*|"""(?:\\"""|[\s\S])*?"""|"(?:\\.|[^"\\\n])*"/y;

/** Texts in typographic quotation marks, or with one that is. */
const misquoted = [
  new RegExp(`[${double}]([^"${double}\\n]*)["${double}]`, "y"),
  new RegExp(`[${single}]([^"${single}\\n]*)["${single}]`, "y"),
  new RegExp(`"([^"${double}\\n]*)[${double}]`, "y"),
];

/** A text with what was meant in the place of typographic characters; what stands in texts and comments stays. */
const withMeant = (text: string): string => {
  let mended = "";
  for (let at = 0; at < text.length; ) {
    const [found, ...parts] = [keptAsIs, ...misquoted].reduce<RegExpExecArray | null>((before, pattern) => {
      pattern.lastIndex = at;
      return before ?? pattern.exec(text);
    }, null) ?? [text.charAt(at)];
    mended += parts.length ? `"${parts[0]}"` : ((found.length === 1 ? meantBy(found) : undefined) ?? found);
    at += found.length;
  }
  return mended;
};

/** What is said of a character that a text cannot be read for, and the text with what was meant, where that is known. */
export interface OddCharacter {
  said: string;
  mended: string | undefined;
}

/** Where a text first has something else than what was meant; -1 where it has not. */
const firstOdd = (text: string, mended: string): number => {
  if (text === mended) return -1;
  let at = 0;
  while (text[at] === mended[at]) at += 1;
  return at;
};

const tellOf = (text: string, at: number, mended: string): OddCharacter => {
  const above = text.slice(0, at).split(/\r\n|[\n\r]/);
  const odd = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const instead = meantBy(odd);
  const looks = /[\p{L}\p{P}\p{S}]/u.test(odd) ? `${odd} (${codeOf(odd)})` : codeOf(odd);
  const name = characterName(odd) ?? "a character that has no meaning here";
  const advice = instead === " " ? "; write a space" : instead ? `; write ${instead}` : "";
  return {
    said: `Line ${above.length}, column ${(above.at(-1)?.length ?? 0) + 1}: ${looks} is ${name}${advice}.`,
    mended: text === mended ? undefined : mended,
  };
};

/** The character that a query cannot be read for, where that is why. */
export const oddInQuery = (query: string): OddCharacter | undefined => {
  try {
    parse(query, { noLocation: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof GraphQLError)) return undefined;
    const mended = withMeant(query);
    const refused = /(Unexpected|Invalid) character: /.test(error.message) ? (error.positions?.[0] ?? -1) : -1;
    const at = mended === query ? refused : firstOdd(query, mended);
    return at < 0 || at >= query.length ? undefined : tellOf(query, at, mended);
  }
};

/** The first typographic character of variables that stands where JSON has none. */
export const oddInVariables = (variables: string): OddCharacter | undefined => {
  const mended = withMeant(variables);
  const at = firstOdd(variables, mended);
  return at < 0 ? undefined : tellOf(variables, at, mended);
};
