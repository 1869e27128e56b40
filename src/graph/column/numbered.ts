import type { Value } from "../../affise/encoding/encode.js";
import { badInput } from "../../affise/error/error.js";
import { isNothing, type Row, text, Unreadable, unreadableColumn } from "./decode.js";

/** Columns of one kind that Affise tells apart by a number from 1 on. */
export interface Numbered {
  /** The highest number. */
  most: number;
  /** The names that the column of a number may have, first that which is written. */
  columns: (number: number) => readonly [string, ...string[]];
}

const named =
  (name: string) =>
  (most: number): Numbered => ({ most, columns: (number) => [`${name}${number}`] });

/** sub1, sub2 and so on. */
export const subs = named("sub");

/** custom_field_1, custom_field_2 and so on. */
export const customFields = named("custom_field_");

/** All numbers that there are, each with its columns. */
export const eachNumber = ({ most, columns }: Numbered) =>
  Array.from({ length: most }, (_, index) => ({ number: index + 1, columns: columns(index + 1) }));

const printed = (row: Row, columns: readonly string[]) => columns.map((column) => row[column]).find((value) => !isNothing(value));

/** What a row has under each number, as Affise prints it; numbers without anything are left out. */
export const numberedIn = (numbered: Numbered) => {
  const all = eachNumber(numbered);
  return (row: Row): { number: number; value: unknown }[] =>
    all.flatMap(({ number, columns }) => {
      const value = printed(row, columns);
      return value === undefined || value === false ? [] : [{ number, value }];
    });
};

/** What a row has under one number; null where there is nothing, or no such number. */
export const oneNumberedIn =
  ({ most, columns }: Numbered) =>
  (row: Row, { number }: { number: number }): string | null => {
    if (number < 1 || number > most) return null;
    try {
      return text(printed(row, columns(number)));
    } catch (error) {
      throw error instanceof Unreadable ? unreadableColumn(columns(number)[0], error) : error;
    }
  };

type NumberedFields<N extends string> = Record<`${N}s`, ReturnType<typeof numberedIn>> &
  Record<N, ReturnType<typeof oneNumberedIn>>;

/** Two fields of what a row has by number: of all that there is, and of one number. */
export const numberedFields = <N extends string>(name: N, numbered: Numbered): NumberedFields<N> =>
  ({ [`${name}s`]: numberedIn(numbered), [name]: oneNumberedIn(numbered) }) as NumberedFields<N>;

/**
 * What was given, by column. Throws BAD_USER_INPUT naming the argument for a number that there is none of, and for one that stands there
 * twice.
 */
export const numberedColumns = <T extends { number: number }, V extends Value>(
  { most, columns }: Numbered,
  given: readonly T[] | undefined,
  argument: string,
  write: (item: T, argument: string) => V,
): Record<string, V> => {
  const written: Record<string, V> = {};
  for (const [index, item] of (given ?? []).entries()) {
    const at = `${argument}.${index}`;
    const { number } = item;
    if (number < 1 || number > most) throw badInput(`${at}.number`, `${at}.number is ${number}; it goes from 1 to ${most}.`);
    const [column] = columns(number);
    if (column in written) throw badInput(`${at}.number`, `${at}.number: ${number} stands there twice.`);
    written[column] = write(item, at);
  }
  return written;
};

/** A way for values by number: each goes to its own column. */
export const toNumbered =
  (numbered: Numbered) =>
  (given: readonly { number: number; value: string }[], argument: string): Record<string, string> =>
    numberedColumns(numbered, given, argument, ({ value }) => value);

/** The one value to look for. Throws BAD_USER_INPUT naming the argument where there are several. */
export const onlyValue = ({ values }: { values: readonly string[] }, argument: string): string => {
  const [value = "", ...others] = values;
  if (!others.length) return value;
  const at = `${argument}.values`;
  throw badInput(at, `${at}: Affise looks for one of them at a time; ask once for each, by aliases.`);
};
