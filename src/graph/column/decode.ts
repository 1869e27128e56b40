import { GraphQLError, type GraphQLOutputType, isEnumType, isListType, isNonNullType, isScalarType } from "graphql";
import { parseNumber } from "../../affise/answer/number.js";
import { quoted } from "../../affise/error/quoted.js";
import { dayIn, timeIn } from "./scalar.js";

export type Row = Readonly<Record<string, unknown>>;
type Reader = (value: unknown) => unknown;

/** What a column holds cannot be read as what the contract says: an error of the field that reads it alone. */
export class Unreadable extends Error {
  readonly extensions = { code: "UPSTREAM_FAILED" };
}

const unset = (value: unknown): value is null | undefined | "" => value === null || value === undefined || value === "";
const isEmptyMap = (value: unknown) => Array.isArray(value) && value.length === 0;

/** Whether a column says nothing, in one of Affise's ways of saying so. */
export const isNothing = (value: unknown) =>
  unset(value) || (Array.isArray(value) ? value.length === 0 : typeof value === "object" && Object.keys(value).length === 0);

/** The first of several columns' values that says something, else the first that is there: Affise prints `[]` and `""` beside what it means. */
export const firstSaid = (...values: readonly unknown[]): unknown =>
  values.find((value) => !isNothing(value)) ?? values.find((value) => value !== undefined);

/** Whether a text is an id of 24 hex digits, as advertisers, users, categories and the like have. */
export const isHexId = (text: string): boolean => /^[0-9a-f]{24}$/i.test(text);

/** Text, also from a number that has all its digits; `""`, null and false (Affise's word for none) are null. */
export const text = (value: unknown): string | null => {
  if (unset(value) || value === false || isEmptyMap(value)) return null;
  if (typeof value === "string") return value;
  if (typeof value === "boolean" || (typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER))
    return String(value);
  throw new Unreadable(`${quoted(value, 40)} is no text`);
};

/** A number, also from text ("1607530"); `""`, null and `[]` are null. */
export const number = (value: unknown): number | null => {
  if (unset(value) || isEmptyMap(value)) return null;
  if (typeof value === "boolean") return Number(value);
  const read = parseNumber(value);
  if (read === undefined) throw new Unreadable(`${quoted(value, 40)} is no number`);
  return read;
};

const wholeUpTo =
  (most: number) =>
  (value: unknown): number | null => {
    const read = number(value);
    if (read !== null && !Number.isInteger(read)) throw new Unreadable(`${quoted(value, 40)} is no whole number`);
    if (read !== null && Math.abs(read) > most) throw new Unreadable(`${quoted(value, 40)} is too large a number`);
    return read;
  };

/** A whole number of an Int, which has 32 bits; also from text; `""`, null and `[]` are null. */
export const whole = wholeUpTo(2 ** 31 - 1);

/** As `whole`, of a Count. */
export const wholeCount = wholeUpTo(Number.MAX_SAFE_INTEGER);

/** True or false, from true, 1, "1" or "true"; `""` and null are null. */
export const flag = (value: unknown): boolean | null => {
  if (unset(value) || isEmptyMap(value)) return null;
  if (value === true || value === 1 || value === "1" || value === "true") return true;
  if (value === false || value === 0 || value === "0" || value === "false") return false;
  throw new Unreadable(`${quoted(value, 40)} is neither yes nor no`);
};

/** A list of rows or values: PHP prints a list, a map keyed by anything, one value alone, or `""` and `[]` for nothing. */
export const list = <T = unknown>(value: unknown): T[] | null => {
  if (value === null || value === undefined) return null;
  if (value === "") return [];
  if (Array.isArray(value)) return value as T[];
  if (typeof value === "object") return Object.values(value) as T[];
  return [value as T];
};

/** A code, such as a country's, which Affise prints in capitals or not. */
export const code = (value: unknown): string | null => text(value)?.toUpperCase() ?? null;

/** What is printed as a text; an object or a list as its JSON. */
export const textOrJson = (value: unknown): string | null =>
  value !== null && typeof value === "object" ? JSON.stringify(value) : text(value);

/** The codes of a list. */
export const codes = (value: unknown): string[] | null => list(value)?.map((one) => code(one) ?? "") ?? null;

/** The texts of a list; what says nothing is left out. */
export const texts = (value: unknown): string[] | null =>
  list(value)
    ?.map(text)
    .filter((one) => one !== null) ?? null;

/** The values of a text with commas between them. */
export const splitByCommas = (text: string): string[] =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

/** Values that are printed as a list, or as a map of them to their titles, such as goals. */
export const valuesIn = (value: unknown): string[] | null => {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value.map((one) => text(one) ?? "") : Object.keys(record(value) ?? {});
};

/** The pairs of a map; PHP prints an empty one as `[]`. */
export const entries = <T = unknown>(value: unknown): [string, T][] => {
  if (unset(value) || value === false || isEmptyMap(value)) return [];
  if (typeof value === "object" && !Array.isArray(value)) return Object.entries(value as Record<string, T>);
  throw new Unreadable(`${quoted(value, 40)} is no map`);
};

/** As `entries`, of a map by number, which PHP prints as a list where its numbers go up from 0: `{"0": …}` alone is one. */
export const numberedEntries = <T = unknown>(value: unknown): [string, T][] =>
  entries<T>(Array.isArray(value) ? { ...(value as T[]) } : value);

/** A row, or null where PHP prints `[]`, `""` or null for none. */
export const record = (value: unknown): Row | null => {
  if (unset(value) || value === false || isEmptyMap(value)) return null;
  if (typeof value === "object" && !Array.isArray(value)) return value as Row;
  throw new Unreadable(`${quoted(value, 40)} is no object`);
};

/** The rows of a list; one that says nothing has no columns. */
export const rows = (value: unknown): Row[] => (list(value) ?? []).map((one) => record(one) ?? {});

/** The word that a value stands for, by a table of all that may stand there; `""` and null are null. */
export const word = <W extends string>(value: unknown, table: Readonly<Record<string, W>>): W | null => {
  const found = text(value);
  if (found === null) return null;
  const name = found.toLowerCase();
  const meant = Object.hasOwn(table, name) ? table[name] : undefined;
  if (meant === undefined) throw new Unreadable(`${quoted(value, 40)} is a word this server does not know`);
  return meant;
};

/** Affise prints 0000-00-00 where there is no date; a scalar's own serialize may not answer null. */
const dated =
  (name: string, read: (value: unknown) => string | null | undefined) =>
  (value: unknown): string | null => {
    const found = isEmptyMap(value) ? null : read(value);
    if (found === undefined) throw new Unreadable(`${quoted(value, 40)} is no ${name}`);
    return found;
  };

/** A date and time as it goes out; null where Affise prints none. */
export const time = dated("date and time", timeIn);

const enumReader = (inner: readonly string[]): Reader => {
  const known = new Map(inner.map((word) => [word.toLowerCase(), word]));
  return (value) => {
    const word = text(value);
    if (word === null) return null;
    const found = known.get(word) ?? known.get(word.toLowerCase());
    if (found === undefined) throw new Unreadable(`${quoted(value, 40)} is a word this server does not know`);
    return found;
  };
};

/** An id; the older parts of Affise print those of the database as `{ "$id": "…" }`. */
const identity: Reader = (value) => text(value !== null && typeof value === "object" && "$id" in value ? value.$id : value);

const scalars: Record<string, Reader> = {
  String: text,
  ID: identity,
  Int: whole,
  Count: wholeCount,
  Float: number,
  Boolean: flag,
  Date: dated("date", dayIn),
  LocalDateTime: time,
};

/** How a column of this type is read. */
export const readerFor = (type: GraphQLOutputType): Reader => {
  if (isNonNullType(type)) return readerFor(type.ofType);
  if (isListType(type)) {
    const item = readerFor(type.ofType);
    if (!isNonNullType(type.ofType)) return (value) => list(value)?.map(item) ?? null;
    return (value) =>
      list(value)
        ?.map(item)
        .filter((one) => one !== null) ?? null;
  }
  if (isEnumType(type)) return enumReader(type.getValues().map(({ value }) => value as string));
  if (isScalarType(type)) return scalars[type.name] ?? ((value) => (unset(value) ? null : value));
  return record;
};

/** The sentence for a field or column that cannot be read. */
export const unreadableText = (name: string, { message }: Unreadable): string =>
  `Affise printed ${name} in a way this server cannot read: ${message}.`;

/** What the column holds is not what the contract says: an error of this field alone, which names the column. */
export const unreadableColumn = (column: string, error: unknown): unknown =>
  error instanceof Unreadable ? new GraphQLError(unreadableText(column, error), { extensions: { ...error.extensions } }) : error;
