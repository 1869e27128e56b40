import { memoized } from "../../contract/memoized.js";
import { contract, resolve, type Schema } from "../../contract/schema.js";

/** One form that a value may have, without references and choices; choices are several of these. */
export interface Form {
  /** JSON's types; undefined for any. */
  types: ReadonlySet<string> | undefined;
  properties: Readonly<Record<string, Schema>>;
  required: ReadonlySet<string>;
  items: Schema | undefined;
  /** What stands under names that are not declared: a schema where it is a map, true for anything, undefined for nothing known. */
  additional: true | Schema | undefined;
  /** The words it may be. */
  words: readonly unknown[] | undefined;
}

/** A form of which the contract says nothing. */
export const anything: Form = {
  types: undefined,
  properties: {},
  required: new Set(),
  items: undefined,
  additional: undefined,
  words: undefined,
};

const both = (one: Form, other: Form): Form => ({
  types: one.types && other.types ? new Set([...one.types].filter((type) => other.types?.has(type))) : (one.types ?? other.types),
  properties: { ...one.properties, ...other.properties },
  required: new Set([...one.required, ...other.required]),
  items: one.items ?? other.items,
  additional:
    other.additional === undefined || other.additional === true ? (one.additional ?? other.additional) : other.additional,
  words: one.words ?? other.words,
});

const own = (schema: Schema): Form => ({
  types: schema.type === undefined ? undefined : new Set([schema.type].flat()),
  properties: schema.properties ?? {},
  required: new Set(schema.required ?? []),
  items: schema.items,
  additional: schema.additionalProperties === false ? undefined : schema.additionalProperties,
  words: schema.enum ?? schema["x-known-values"] ?? (schema.const === undefined ? undefined : [schema.const]),
});

/** All forms that a schema lets a value have. */
export const formsOf: (schema: Schema) => readonly Form[] = memoized((schema) => {
  let forms: readonly Form[] = schema.$ref ? formsOf(resolve(schema)) : [own(schema)];
  for (const part of schema.allOf ?? []) forms = forms.flatMap((form) => formsOf(part).map((other) => both(form, other)));
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((one) => formsOf(one));
  if (choices.length) forms = forms.flatMap((form) => choices.map((choice) => both(choice, form)));
  return forms;
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
