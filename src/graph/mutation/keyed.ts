import type { Value } from "../../affise/encoding/encode.js";
import { badInput } from "../../affise/error/error.js";
import { quoted } from "../../affise/error/quoted.js";

/** What ends a name on the wire, or would be another character there. */
const notInNames = /[[\]"\p{Cc}]/u;

/**
 * A list of things that the wire has as a map, by a field of each, such as texts by language. Throws BAD_USER_INPUT for a key that stands
 * twice, of which one value would be lost, and for one that cannot be a part of a name on the wire. `read` gives the key in the wire's form.
 */
export const keyed = <K extends string, T extends Readonly<Record<K, string>>, V extends Value>(
  items: readonly T[],
  argument: string,
  key: K,
  write: (item: T, argument: string) => V,
  read: (key: string, argument: string) => string | number = (text) => text,
): Record<string, V> => {
  const written = new Map<string, V>();
  for (const [index, item] of items.entries()) {
    const at = `${argument}.${index}`;
    const named = `${at}.${key}`;
    const name = String(read(item[key], named));
    if (notInNames.test(name))
      throw badInput(named, `${named}: ${quoted(name)} has brackets, quotes or line ends; it can have none.`);
    if (written.has(name)) throw badInput(named, `${named}: ${quoted(name)} stands there twice.`);
    written.set(name, write(item, at));
  }
  return Object.fromEntries(written);
};
