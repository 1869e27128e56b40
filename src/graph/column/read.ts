import {
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from "graphql";
import { dayIn, timeIn } from "./scalar.js";

type Row = Readonly<Record<string, unknown>>;
type Reader = (value: unknown) => unknown;

class Unreadable extends Error {}

const shown = (value: unknown) => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
};

const unset = (value: unknown): value is null | undefined | "" => value === null || value === undefined || value === "";
const isEmptyMap = (value: unknown) => Array.isArray(value) && value.length === 0;

/** Whether a column says nothing, in one of Affise's ways of saying so. */
const isNothing = (value: unknown) =>
  unset(value) || (Array.isArray(value) ? value.length === 0 : typeof value === "object" && Object.keys(value).length === 0);

/** Text, also from a number; `""`, null and false (Affise's word for none) are null. */
export const text = (value: unknown): string | null => {
  if (unset(value) || value === false || isEmptyMap(value)) return null;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Unreadable(`${shown(value)} is no text`);
};

/** A number, also from text ("1607530"); `""`, null and `[]` are null. */
export const number = (value: unknown): number | null => {
  if (unset(value) || isEmptyMap(value)) return null;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "boolean") return Number(value);
  const read =
    typeof value === "string" && /^\s*[-+]?[\d\s]*[.,]?\d+(e[-+]?\d+)?%?\s*$/i.test(value)
      ? Number.parseFloat(value.replaceAll(/[\s%]/g, "").replace(",", "."))
      : Number.NaN;
  if (Number.isNaN(read)) throw new Unreadable(`${shown(value)} is no number`);
  return read;
};

/** A whole number, also from text; `""`, null and `[]` are null. */
export const whole = (value: unknown): number | null => {
  const read = number(value);
  if (read !== null && !Number.isInteger(read)) throw new Unreadable(`${shown(value)} is no whole number`);
  return read;
};

/** True or false, from true, 1, "1" or "true"; `""` and null are null. */
export const flag = (value: unknown): boolean | null => {
  if (unset(value) || isEmptyMap(value)) return null;
  if (value === true || value === 1 || value === "1" || value === "true") return true;
  if (value === false || value === 0 || value === "0" || value === "false") return false;
  throw new Unreadable(`${shown(value)} is neither yes nor no`);
};

/** A list of rows or values: PHP prints a list, a map keyed by anything, one value alone, or `""` and `[]` for nothing. */
export const list = <T = unknown>(value: unknown): T[] | null => {
  if (value === null || value === undefined) return null;
  if (value === "") return [];
  if (Array.isArray(value)) return value as T[];
  if (typeof value === "object") return Object.values(value) as T[];
  return [value as T];
};

/** The pairs of a map; PHP prints an empty one as `[]`. */
export const entries = <T = unknown>(value: unknown): [string, T][] => {
  if (unset(value) || isEmptyMap(value)) return [];
  if (typeof value === "object" && !Array.isArray(value)) return Object.entries(value as Record<string, T>);
  throw new Unreadable(`${shown(value)} is no map`);
};

/** A row, or null where PHP prints `[]`, `""` or null for none. */
export const record = (value: unknown): Row | null => {
  if (unset(value) || value === false || isEmptyMap(value)) return null;
  if (typeof value === "object" && !Array.isArray(value)) return value as Row;
  throw new Unreadable(`${shown(value)} is no object`);
};

/** The word that a value stands for, by a table of all that may stand there; `""` and null are null. */
export const word = <W extends string>(value: unknown, table: Readonly<Record<string, W>>): W | null => {
  const found = text(value);
  if (found === null) return null;
  const name = found.toLowerCase();
  const meant = Object.hasOwn(table, name) ? table[name] : undefined;
  if (meant === undefined) throw new Unreadable(`${shown(value)} is a word this server does not know`);
  return meant;
};

/** Affise prints 0000-00-00 where there is no date; a scalar's own serialize may not answer null. */
const dated =
  (name: string, read: (value: unknown) => string | null | undefined) =>
  (value: unknown): string | null => {
    const found = isEmptyMap(value) ? null : read(value);
    if (found === undefined) throw new Unreadable(`${shown(value)} is no ${name}`);
    return found;
  };

/** A date and time as it goes out; null where Affise prints none. */
export const time = dated("date and time", timeIn);

const words = (inner: readonly string[]): Reader => {
  const known = new Map(inner.map((word) => [word.toLowerCase(), word]));
  return (value) => {
    const word = text(value);
    if (word === null) return null;
    const found = known.get(word) ?? known.get(word.toLowerCase());
    if (found === undefined) throw new Unreadable(`${shown(value)} is a word this server does not know`);
    return found;
  };
};

/** An id; the older parts of Affise print those of the database as `{ "$id": "…" }`. */
const identity: Reader = (value) => text(value !== null && typeof value === "object" && "$id" in value ? value.$id : value);

const scalars: Record<string, Reader> = {
  String: text,
  ID: identity,
  Int: whole,
  Count: whole,
  Float: number,
  Boolean: flag,
  Date: dated("date", dayIn),
  LocalDateTime: time,
};

const readerFor = (type: GraphQLOutputType): Reader => {
  if (isNonNullType(type)) return readerFor(type.ofType);
  if (isListType(type)) {
    const item = readerFor(type.ofType);
    if (!isNonNullType(type.ofType)) return (value) => list(value)?.map(item) ?? null;
    return (value) =>
      list(value)
        ?.map(item)
        .filter((one) => one !== null) ?? null;
  }
  if (isEnumType(type)) return words(type.getValues().map(({ value }) => value as string));
  if (isScalarType(type)) return scalars[type.name] ?? ((value) => (unset(value) ? null : value));
  return record;
};

interface Source {
  columns: readonly string[];
  /** Where the columns stand when the row at hand lacks them: one more REST call. */
  single?: (row: never, context: never) => Promise<unknown>;
}

const sources = new WeakMap<object, Source>();

const unbound = (columns: readonly string[]) => (): never => {
  throw new Error(`The schema was not bound: ${columns.join(", ")}`);
};

/** The field is read off this column, or off the first of several that has something. Its type decides how. */
export const from = <K extends string>(...columns: K[]): ((row: { readonly [C in K]?: unknown }) => never) => {
  const resolve = unbound(columns);
  sources.set(resolve, { columns });
  return resolve;
};

/** As `from`, for columns that only the single row has: where the row at hand lacks them, `single` reads it, one REST call a row. */
export const fromSingle =
  <Row, Context>(single: (row: Row, context: Context) => Promise<unknown>) =>
  <K extends keyof Row & string>(...columns: K[]): ((row: Row) => never) => {
    const resolve = unbound(columns);
    sources.set(resolve, { columns, single });
    return resolve;
  };

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** address1 reads address_1, customField1 reads custom_field_1 or custom_field1, customFields reads customFields where Affise spells it so. */
const usualColumns = (name: string): string[] => [...new Set([snake(name).replace(/_?(\d+)$/, "_$1"), snake(name), name])];

/** What the column holds is not what the contract says: an error of this field alone, in words. */
export const unreadable = (column: string, error: unknown): unknown =>
  error instanceof Unreadable
    ? new GraphQLError(`Affise printed ${column} in a way this server cannot read: ${error.message}.`, {
        extensions: { code: "UPSTREAM_FAILED" },
      })
    : error;

const readColumn = (type: GraphQLOutputType, { columns, single }: Source): GraphQLFieldResolver<Row, unknown> => {
  const reader = readerFor(type);
  const isNeeded = isNonNullType(type);
  const read = (column: string, value: unknown) => {
    try {
      const found = reader(value);
      if (found === null && isNeeded) throw new Unreadable(`${shown(value)} says nothing`);
      return found;
    } catch (error) {
      throw unreadable(column, error);
    }
  };
  const [only = ""] = columns;
  const first =
    columns.length === 1
      ? (row: Row) => (only in row ? only : undefined)
      : (row: Row) => columns.find((column) => !isNothing(row[column])) ?? columns.find((column) => column in row);
  return (row, args, context, info) => {
    const column = first(row);
    if (column !== undefined) {
      const value = row[column];
      if (typeof value === "function") return value.call(row, args, context, info);
      return value instanceof Promise ? value : read(column, value);
    }
    if (!single) return isNeeded ? read(columns[0] ?? "", undefined) : null;
    return single(row as never, context as never).then((found) => {
      const whole = record(found) ?? {};
      const there = first(whole);
      return there === undefined ? null : read(there, whole[there]);
    });
  };
};

const guarded =
  (name: string, resolve: GraphQLFieldResolver<Row, unknown>): GraphQLFieldResolver<Row, unknown> =>
  (row, args, context, info) => {
    try {
      const found = resolve(row, args, context, info);
      if (!(found instanceof Promise)) return found;
      return found.catch((error: unknown) => {
        throw unreadable(name, error);
      });
    } catch (error) {
      throw unreadable(name, error);
    }
  };

const idColumns = (type: GraphQLObjectType): readonly string[] | undefined => {
  const { id, code } = type.getFields();
  if (id && isNonNullType(id.type)) return id.resolve ? sources.get(id.resolve)?.columns : usualColumns("id");
  return !id && code && isNonNullType(code.type) ? usualColumns("code") : undefined;
};

const hasOne = (row: unknown, columns: readonly string[]) =>
  row !== null &&
  typeof row === "object" &&
  columns.some((column) => {
    const printed = (row as Row)[column];
    const id = printed !== null && typeof printed === "object" && "$id" in printed ? printed.$id : printed;
    return (typeof id === "string" && id !== "") || typeof id === "number";
  });

/**
 * A row that has lost its id can be neither addressed nor shown; in a list whose items are never null it would take the whole list with it.
 * So lists leave such rows out.
 */
const keeping = (type: GraphQLOutputType): ((value: unknown) => unknown) | undefined => {
  const inner = isNonNullType(type) ? type.ofType : type;
  const item = isListType(inner) && isNonNullType(inner.ofType) ? inner.ofType.ofType : undefined;
  if (!isObjectType(item)) return undefined;
  const own = idColumns(item);
  if (own) return (value) => (Array.isArray(value) ? value.filter((row) => row instanceof Promise || hasOne(row, own)) : value);
  const node = item.getFields().node?.type;
  const nodes = isNonNullType(node) && isObjectType(node.ofType) ? idColumns(node.ofType) : undefined;
  return nodes && ((value) => (Array.isArray(value) ? value.filter((edge) => hasOne((edge as Row).node, nodes)) : value));
};

const after =
  (resolve: GraphQLFieldResolver<Row, unknown>, keep: (value: unknown) => unknown): GraphQLFieldResolver<Row, unknown> =>
  (row, args, context, info) => {
    const found = resolve(row, args, context, info);
    return found instanceof Promise ? found.then(keep) : keep(found);
  };

/**
 * Gives every field its way to its column: the snake_case column of the same name, unless its resolver says `from(...)` or does the work
 * itself. Fields are read one by one, when asked, so that a broken column costs its own field and nothing else.
 */
export const bindColumns = (schema: GraphQLSchema): GraphQLSchema => {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith("__"));
  const fields = types.flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()) : []));
  const bound = fields.map((field) => {
    const source = field.resolve ? sources.get(field.resolve) : { columns: usualColumns(field.name) };
    const resolve = guarded(
      field.name,
      source || !field.resolve ? readColumn(field.type, source ?? { columns: [] }) : field.resolve,
    );
    const keep = keeping(field.type);
    return { field, resolve: keep ? after(resolve, keep) : resolve };
  });
  for (const { field, resolve } of bound) field.resolve = resolve;
  return schema;
};
