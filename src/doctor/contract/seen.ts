/** JSON's types, `integer` apart from `number`. */
export const typeOf = (value: unknown): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
};

const textForms: readonly [string, RegExp][] = [
  ["empty", /^$/],
  ["zero time", /^0000-00-00/],
  ["date-time", /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/],
  ["date", /^\d{4}-\d\d-\d\d$/],
  ["day-first date", /^\d\d[.-]\d\d[.-]\d{4}/],
  ["hex", /^(?=.*[a-f])(?=.*\d)[0-9a-f]{16,}$/i],
  ["uuid", /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ["number", /^-?\d+(\.\d+)?$/],
  ["url", /^(https?:)?\/\//i],
  ["email", /^[^\s@]+@[^\s@]+$/],
];

/** What kind of text it is, which says nothing of what it says. */
export const textForm = (text: string): string => textForms.find(([, pattern]) => pattern.test(text))?.[0] ?? "text";

/** Short lengths as they are, others up to the next power of two. */
const rounded = (length: number): number => (length <= 24 ? length : 2 ** Math.ceil(Math.log2(length)));

const sizeOf = (value: unknown): [form: string, size: number] => {
  if (typeof value === "string") return [textForm(value), rounded(value.length)];
  if (typeof value === "number") return ["digits", String(Math.trunc(Math.abs(value))).length];
  if (Array.isArray(value)) return ["items", rounded(value.length)];
  if (value && typeof value === "object") return ["names", rounded(Object.keys(value).length)];
  return ["", 0];
};

/** The types of a column, by type the forms, by form the least and the greatest length. */
export type Types = Record<string, Record<string, [least: number, most: number]>>;

/** What is remembered of a column: no value of it. */
export class Seen {
  /** In how many rows the column stood. */
  count = 0;
  readonly types: Types = {};

  add(value: unknown): void {
    this.count += 1;
    this.types[typeOf(value)] ??= {};
    const forms = this.types[typeOf(value)] ?? {};
    const [form, size] = sizeOf(value);
    if (!form) return;
    const [least, most] = forms[form] ?? [size, size];
    forms[form] = [Math.min(least, size), Math.max(most, size)];
  }

  /** How many of these were objects with names. */
  objects = 0;
}

const keyForms: readonly [string, RegExp][] = [
  ["number", /^\d+$/],
  ["date", /^\d{4}-\d\d(-\d\d)?/],
  ["hex", /^(?=.*[a-f])(?=.*\d)[0-9a-f]{16,}$/i],
  ["uuid", /^[0-9a-f]{8}-/i],
  ["code", /^[a-z]{2,3}$/i],
];

/** What stands in a path for a name that is data, such as an id or a language: `{number}`. */
export const keyForm = (name: string): string => `{${keyForms.find(([, pattern]) => pattern.test(name))?.[0] ?? "name"}}`;
