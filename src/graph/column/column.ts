import { snakeCase } from "../../contract/snake-case.js";

/** Which columns a field is read off. */
export interface Source {
  columns: readonly string[];
  /** Where the columns stand when the row at hand lacks them: one more REST call. */
  single?: (row: never, context: never) => Promise<unknown>;
}

const sources = new WeakMap<object, Source>();

const unbound = (columns: readonly string[]) => (): never => {
  throw new Error(`The schema was not bound: ${columns.join(", ")}`);
};

/** The field is read off this column, or off the first of several that has something. Its type decides how. */
export const column = <K extends string>(...columns: K[]): ((row: { readonly [C in K]?: unknown }) => never) => {
  const resolve = unbound(columns);
  sources.set(resolve, { columns });
  return resolve;
};

/** As `from`, for columns that only the single row has: where the row at hand lacks them, `single` reads it, one REST call a row. */
export const detailColumn =
  <Row, Context>(single: (row: Row, context: Context) => Promise<unknown>) =>
  <K extends keyof Row & string>(...columns: K[]): ((row: Row) => never) => {
    const resolve = unbound(columns);
    sources.set(resolve, { columns, single });
    return resolve;
  };

/** The columns that a resolver made by `column` or `detailColumn` names; undefined for any other. */
export const sourceOf = (resolve: object): Source | undefined => sources.get(resolve);

/** address1 reads address_1 or address1, customFields reads customFields where Affise spells it so. */
export const usualColumns = (name: string): string[] => [
  ...new Set([snakeCase(name).replace(/_?(\d+)$/, "_$1"), snakeCase(name), name]),
];

const bound = new WeakMap<object, readonly string[]>();

/** Notes the columns of a field of the schema, whose resolver does not tell them once it is bound. */
export const noteColumns = (field: object, columns: readonly string[]): void => {
  bound.set(field, columns);
};

/** The columns that a field of a bound schema is read off; none for one that is worked out. */
export const columnsOf = (field: object): readonly string[] => bound.get(field) ?? [];
