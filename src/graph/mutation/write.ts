import { hasComma } from "../../affise/encoding/check.js";
import type { Value } from "../../affise/encoding/encode.js";
import { withFieldNames } from "../../affise/error/caller-words.js";
import { badInput, UpstreamError } from "../../affise/error/error.js";
import { quoted } from "../../affise/error/quoted.js";
import { memoized } from "../../contract/memoized.js";
import { snakeCase } from "../../contract/snake-case.js";
import { isHexId, isNothing, number, type Row, Unreadable, unreadableText } from "../column/decode.js";

/** The number of an offer or affiliate, out of a GraphQL id. Throws BAD_USER_INPUT naming the argument. */
export const int = (id: string | number, argument: string): number => {
  const value = Number(id);
  if (/^\d{1,15}$/.test(String(id)) && value > 0) return value;
  throw badInput(argument, `${argument}: ${quoted(id)} is no id of this kind; it is a number such as 42.`);
};

/** The id of an advertiser, user, category and the like, out of a GraphQL id. Throws BAD_USER_INPUT naming the argument. */
export const hex = (id: string, argument: string): string => {
  if (isHexId(id)) return id.toLowerCase();
  throw badInput(argument, `${argument}: ${quoted(id)} is no id of this kind; it has 24 hex digits.`);
};

/** A list of ids, each read by `int` or `hex`, and each of them once; nothing given stays nothing. */
export const ids = <T>(
  read: (id: string, argument: string) => T,
  given: readonly string[] | undefined,
  argument: string,
): T[] | undefined => (given ? [...new Set(given.map((id) => read(id, argument)))] : undefined);

/** Checks that a period is one: `to` is not before `from`. */
export const period = ({ from, to }: { from: string; to: string }): { date_from: string; date_to: string } => {
  if (to < from) throw badInput("to", `to: ${to} is before from: ${from}.`);
  return { date_from: from, date_to: to };
};

/** As `period`, for the few operations that want the day before the month and the year. */
export const periodDayFirst: typeof period = (days) => {
  const { date_from, date_to } = period(days);
  const dayFirst = (day: string) => day.split("-").reverse().join("-");
  return { date_from: dayFirst(date_from), date_to: dayFirst(date_to) };
};

/** An hour of the day. Throws BAD_USER_INPUT naming the argument. */
export const hourOfDay = (hour: number | undefined, argument: string): number | undefined => {
  if (hour === undefined) return undefined;
  if (hour >= 0 && hour <= 23) return hour;
  throw badInput(argument, `${argument} is ${hour}; an hour of the day is 0 to 23.`);
};

/** 1 for true, 0 for false; nothing stays nothing. */
export const toZeroOne = (value: boolean | undefined): 0 | 1 | undefined => (value === undefined ? undefined : value ? 1 : 0);

/** Values in one text with commas between them. Throws BAD_USER_INPUT for one with a comma of its own, which would come out as two. */
export const withCommas = (values: readonly string[], argument: string): string => {
  const index = values.findIndex((value) => value.includes(","));
  if (index >= 0) throw badInput(`${argument}.${index}`, `${argument}.${index} ${hasComma}.`);
  return values.join(",");
};

const usualColumn = (name: string) => snakeCase(name).replace(/(?<=[a-z])\d+$/, "_$&");

/** A way for one field of an input onto the wire: another column, or columns worked out from its value. */
export type ColumnWriter = string | ((value: never, argument: string) => Record<string, Value>);

/** The columns that a way writes, as far as they can be told without a value. */
export const columnsWritten = (way: ColumnWriter): string[] => {
  if (typeof way === "string") return [way];
  try {
    return Object.keys(way([] as never, ""));
  } catch {
    return [];
  }
};

/** Which columns the fields of an input go to that have other names: what is not sent is missed by Affise under these. */
const writtenBy = memoized((ways: Record<string, ColumnWriter>) =>
  Object.entries(ways).map(([field, way]) => [field, columnsWritten(way)] as const),
);

/**
 * An input as the columns of a body. A field goes to the snake_case column of its name, unless `ways` says otherwise. What is left out
 * is not sent and stays as it is. The contract holds the outcome to its types before anything leaves, and speaks of the columns as the
 * caller does: by the paths of the input's fields, of which `argument` is the beginning.
 */
export const columns = (input: object, ways: Record<string, ColumnWriter> = {}, argument = "input"): Record<string, Value> => {
  const body: Record<string, Value> = {};
  const fields: Record<string, string> = {};
  for (const [field, others] of writtenBy(ways)) {
    // Its usual column is another's, if anybody's.
    fields[usualColumn(field)] ??= "";
    for (const column of others) fields[column] = `${argument}.${field}`;
  }
  for (const [name, value] of Object.entries(input) as [string, Value][]) {
    if (value === undefined) continue;
    const way = ways[name];
    const path = `${argument}.${name}`;
    const sent = typeof way === "function" ? way(value as never, path) : { [way ?? usualColumn(name)]: value };
    for (const column of Object.keys(sent)) fields[column] = path;
    Object.assign(body, sent);
  }
  return withFieldNames(body, fields);
};

/** A way for a list: each item is written, its argument named by place. */
export const each =
  <T>(column: string, write: (item: T, argument: string) => Value) =>
  (items: readonly T[], argument: string): Record<string, Value> => ({
    [column]: items.map((item, index) => write(item, `${argument}.${index}`)),
  });

/** A way for one id, which `int` or `hex` reads. */
export const idTo =
  (column: string, read: (id: string, argument: string) => string | number) =>
  (id: string, argument: string): Record<string, Value> => ({ [column]: read(id, argument) });

/** A way for true and false, which the wire writes 1 and 0. */
export const zeroOne = (column: string) => (value: boolean) => ({ [column]: value ? 1 : 0 });

/**
 * What a row has of a column that is written back whole. Throws UPSTREAM_FAILED where the row lacks it, or it cannot be read: what stands there
 * would be lost.
 */
export const present = <T>(row: Row, column: string, read: (value: unknown) => T): T => {
  const fail = (why: string) => new UpstreamError("UPSTREAM_FAILED", `${why} Nothing was sent.`, { outcome: "NOT_SENT" });
  if (row[column] === undefined) {
    const why = `Affise's answer has no ${column}, so that what stands there would be lost.`;
    throw fail(
      `${why} It may be that this key is not shown it: an affiliate's or an advertiser's sees less than a network user's.`,
    );
  }
  try {
    return read(row[column]);
  } catch (error) {
    throw error instanceof Unreadable ? fail(unreadableText(column, error)) : error;
  }
};

/** A reader of what cannot be written back where it says nothing. */
export const said =
  <T>(read: (value: unknown) => T | null) =>
  (value: unknown): T => {
    const found = read(value);
    if (found === null) throw new Unreadable(`${quoted(value, 40)} says nothing`);
    return found;
  };

/** A number with all its digits: one that this server cannot hold is not written back as another. */
export const exact = (value: unknown): number | null => {
  const found = number(value);
  const digits = String(value).replaceAll(/\D/g, "").replace(/^0+/, "").length;
  const isHeld = typeof value === "string" ? digits <= 15 || String(found) === value : Number(found) <= Number.MAX_SAFE_INTEGER;
  if (isHeld) return found;
  throw new Unreadable(`${quoted(value, 40)} has more digits than this server can hold`);
};

/** What is read off a column that is written back; nothing is not sent. */
type ReadBack = Readonly<Record<string, (value: unknown) => Value>>;

const asPrinted = (value: unknown): Value => (isNothing(value) ? undefined : (value as Value));

/**
 * A part of a row, such as a cap, as it is written back where its list is replaced whole: `needed` are the columns without which it would be another,
 * `others` those that may be lacking. A column that nobody here knows goes along as it is printed. Throws as `present`.
 */
export const writtenBack = (row: Row, needed: ReadBack, others: ReadBack): Record<string, Value> => {
  const there = Object.keys(row).filter((column) => !Object.hasOwn(needed, column));
  return Object.fromEntries([
    ...Object.entries(needed).map(([column, read]) => [column, present(row, column, read)] as const),
    ...there.map((column) => [column, (Object.hasOwn(others, column) ? others[column] : asPrinted)?.(row[column])] as const),
  ]);
};
