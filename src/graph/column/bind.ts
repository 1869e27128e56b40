import {
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLID,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { quoted } from "../../affise/error/quoted.js";
import { noteColumns, type Source, sourceOf, usualColumns } from "./column.js";
import { isNothing, type Row, readerFor, record, Unreadable, unreadableColumn } from "./decode.js";
import { orReason } from "./stand-in.js";

/** The types of a schema that are objects, but for those of introspection. */
export const objectTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith("__"),
  );

const readColumn = (type: GraphQLOutputType, { columns, single }: Source): GraphQLFieldResolver<Row, unknown> => {
  const reader = readerFor(type);
  const isNeeded = isNonNullType(type);
  const read = (column: string, value: unknown) => {
    try {
      const found = reader(value);
      if (found === null && isNeeded) throw new Unreadable(`${quoted(value, 40)} says nothing`);
      return found;
    } catch (error) {
      throw unreadableColumn(column, error);
    }
  };
  const [only = ""] = columns;
  const first =
    columns.length === 1
      ? (row: Row) => (only in row ? only : undefined)
      : (row: Row) => columns.find((column) => !isNothing(row[column])) ?? columns.find((column) => column in row);
  return (row, args, context, info) => {
    if (typeof row !== "object") throw unreadableColumn(columns[0] ?? "", new Unreadable(`${quoted(row, 40)} is no row`));
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

/** A row that stands in fails in every field that it does not tell. */
const orReasonOf =
  (resolve: GraphQLFieldResolver<Row, unknown>): GraphQLFieldResolver<Row, unknown> =>
  (row, args, context, info) =>
    orReason(row, resolve(row, args, context, info));

const idColumns = (type: GraphQLObjectType): readonly string[] | undefined => {
  const { id, code, ...others } = type.getFields();
  const isId = (field: GraphQLField<unknown, unknown>) => isNonNullType(field.type) && field.type.ofType === GraphQLID;
  const own = id ?? Object.values(others).find(isId);
  if (own && isId(own)) return own.resolve ? sourceOf(own.resolve)?.columns : usualColumns(own.name);
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
  const inner = getNullableType(type);
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
  const fields = objectTypes(schema).flatMap((type) => Object.values(type.getFields()));
  const bound = fields.map((field) => {
    const source = field.resolve ? sourceOf(field.resolve) : { columns: usualColumns(field.name) };
    if (source) noteColumns(field, source.columns);
    const resolve = orReasonOf(source || !field.resolve ? readColumn(field.type, source ?? { columns: [] }) : field.resolve);
    const keep = keeping(field.type);
    return { field, resolve: keep ? after(resolve, keep) : resolve };
  });
  for (const { field, resolve } of bound) field.resolve = resolve;
  return schema;
};
