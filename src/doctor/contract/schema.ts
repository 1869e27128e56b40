import { memoized } from "../../contract/memoized.js";
import { contract, type FlatSchema, flatten, resolve, type Schema } from "../../contract/schema.js";

/** One form that a value may have: a schema laid flat. Choices are several of these. */
export interface Form extends FlatSchema {
  /** Whether names that are not declared may stand beside the declared ones, whatever they hold. */
  isOpen: boolean;
  /** The words it may be. */
  words: readonly unknown[] | undefined;
}

const asForm = (schema: Schema): Form => {
  const { enum: listed, "x-known-values": known, const: only, additionalProperties } = resolve(schema);
  const words = listed ?? known ?? (only === undefined ? undefined : [only]);
  return { ...flatten(schema), isOpen: additionalProperties === true, words };
};

/** A form of which the contract says nothing. */
export const anything = asForm({});

/** All forms that a schema lets a value have. */
export const formsOf: (schema: Schema) => readonly Form[] = memoized((schema) => {
  const { anyOf } = flatten(schema);
  return anyOf.length ? anyOf.flatMap(formsOf) : [asForm(schema)];
});

/** The words of the contract's own columns, parameters and enums: public, so that they cannot give anything away. */
const collected = (): ReadonlySet<string> => {
  const words = new Set<string>();
  const add = (value: unknown) => {
    if (typeof value === "string") for (const word of wordsIn(value)) words.add(word);
  };
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (value && typeof value === "object")
      for (const [name, item] of Object.entries(value)) {
        if (name === "properties" && item) Object.keys(item).forEach(add);
        if ((name === "enum" || name === "x-known-values") && Array.isArray(item)) item.forEach(add);
        if (name === "name") add(item);
        look(item);
      }
  };
  look(contract);
  return words;
};

/** The words of a name: `conversionStatus` and `conversion_status_2` are conversion and status. */
const wordsIn = (name: string): string[] =>
  name
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);

let vocabulary: ReadonlySet<string> | undefined;

/** Whether a name is made of the contract's own words alone, with at most three digits. */
export const isOfContract = (name: string): boolean => {
  vocabulary ??= collected();
  const words = wordsIn(name);
  return (
    words.length > 0 &&
    name.replaceAll(/\D/g, "").length <= 3 &&
    /^[\w$-]+$/.test(name) &&
    words.every((word) => vocabulary?.has(word))
  );
};
