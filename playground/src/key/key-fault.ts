import { characterName, codeOf, isInvisible } from "../character.js";

/** What is wrong with a text as an API key: undefined where it may be one. The key itself is never repeated, only where to look in it. */
export const keyFault = (key: string): string | undefined => {
  const characters = [...key];
  const at = characters.findIndex((one) => !/^[\x21\x23-\x26\x28-\x2b\x2d-\x5f\x61-\x7e]$/.test(one));
  const odd = characters[at];
  if (odd !== undefined) {
    const looks = isInvisible(odd) ? ", which cannot be seen" : "";
    const place = characters.length === 1 ? "The key is" : `Character ${at + 1} of ${characters.length} is`;
    return `${place} ${characterName(odd) ?? "a character that no header can carry"} (${codeOf(odd)})${looks}. Affise's keys have Latin letters and digits only: copy it again from the panel, or type that character anew.`;
  }
  if (characters.length > 512) return `This is ${characters.length} characters long; no key is.`;
  return undefined;
};
