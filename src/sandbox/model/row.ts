import type { components } from "../../generated/affise.js";

type Schemas = components["schemas"];

/** A row of the contract's, every column there: those that the sandbox keeps in a form of its own are `Own`, those that it does not keep `Gone`. */
export type RowOf<Name extends keyof Schemas, Own = unknown, Gone = never> = Required<
  Omit<Schemas[Name], keyof Own | (Gone & string)>
> &
  Own;

/** The times of a row's making and of its last change. */
export interface Timed {
  created_at: number;
  updated_at: number;
}

/** A JSON object on its way out. */
export type Row = Record<string, unknown>;

/** Takes over those of the fields that a body has; what it leaves out stays. */
export const take = <T, K extends keyof T>(
  one: T,
  body: { readonly [P in K]?: T[P] | undefined },
  fields: readonly K[],
): void => {
  for (const field of fields) if (body[field] !== undefined) one[field] = body[field];
};

/** Some fields of a row, in the order in which they are named. */
export const pick = <T, K extends keyof T>(row: T, ...fields: readonly K[]): Pick<T, K> =>
  Object.fromEntries(fields.map((field) => [field, row[field]])) as Pick<T, K>;

/** Values under a name and their places, from 1: sub1, sub2 and so on. */
export const numbered = (name: string, values: readonly unknown[]): Row =>
  Object.fromEntries(values.map((value, index) => [`${name}${index + 1}`, value]));

/** A row without some of its fields. */
export const omit = (row: Row, ...fields: readonly string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([field]) => !fields.includes(field)));

/** A row with the times of its making and its last change as an operation prints them. */
export const withTimes = (row: Timed, print: (time: number) => string): Row => ({
  ...row,
  created_at: print(row.created_at),
  updated_at: print(row.updated_at),
});
