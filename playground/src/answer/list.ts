import { isJsonObject } from "../json-object.js";
import { pageOf } from "./page-info.js";

export type Scalar = string | number | boolean | null;
/** What stands at one column of a row: a value, or one for each item of a nested list. */
export type Cell = Scalar | Scalar[];

export interface Column {
  /** Where it stands in a row, such as `caps.usage.percent`. */
  path: string;
  parts: readonly string[];
  /** The nested list that it belongs to, such as `caps`. */
  nest: string | undefined;
}

/** A list found in an answer. */
export interface FoundList {
  /** Where it stands in the answer, such as `["advertiser", "offers"]`. */
  path: readonly string[];
  items: readonly unknown[];
  /** The connection that it is the page of; undefined for a plain list. */
  connection: object | undefined;
}

/** A list, and what there is to see of its rows. */
export interface List extends FoundList {
  columns: readonly Column[];
  /** The columns that are lists of objects: their fields are columns with a value for each item. */
  nests: readonly string[];
  /** How many rows have a nested list that goes on behind what was read, by the list. */
  cut: ReadonlyMap<string, number>;
}

/** The items of a list or of a connection; undefined for anything else. */
export const itemsOf = (value: unknown): readonly unknown[] | undefined => {
  if (Array.isArray(value)) return value;
  if (!isJsonObject(value)) return undefined;
  if (Array.isArray(value.nodes)) return value.nodes;
  if (Array.isArray(value.edges)) return value.edges.map((edge) => (isJsonObject(edge) && "node" in edge ? edge.node : edge));
  return undefined;
};

/** The outermost lists of objects in an answer, the longest first. */
export const listsIn = (data: unknown): FoundList[] => {
  const found: FoundList[] = [];
  const look = (value: Record<string, unknown>, path: readonly string[]) => {
    for (const [name, inner] of Object.entries(value)) {
      const items = itemsOf(inner);
      const here = [...path, name];
      if (items?.some(isJsonObject)) found.push({ path: here, items, connection: isJsonObject(inner) ? inner : undefined });
      else if (isJsonObject(inner) && !items) look(inner, here);
    }
  };
  if (isJsonObject(data)) look(data, []);
  return found.sort((left, right) => right.items.length - left.items.length);
};

/** The names of an answer's lists in pages that have no rows. */
export const emptyIn = (data: unknown): string[] =>
  isJsonObject(data)
    ? Object.entries(data).flatMap(([name, inner]) => {
        const items = itemsOf(inner);
        if (items) return isJsonObject(inner) && !items.length ? [name] : [];
        return emptyIn(inner);
      })
    : [];

interface Shape {
  fields: Map<string, Shape>;
  isList: boolean;
  cut: number;
}

const emptyShape = (): Shape => ({ fields: new Map(), isList: false, cut: 0 });

const grow = (shape: Shape, value: unknown): void => {
  const items = itemsOf(value);
  if (items) {
    shape.isList = true;
    if (isJsonObject(value) && pageOf(value)?.hasNextPage) shape.cut += 1;
    for (const item of items) if (typeof item === "object") grow(shape, item);
    return;
  }
  if (!isJsonObject(value)) return;
  for (const name in value) {
    if (name === "__typename") continue;
    const inner = value[name];
    let field = shape.fields.get(name);
    if (!field) {
      field = emptyShape();
      shape.fields.set(name, field);
    }
    if (typeof inner === "object" && inner !== null) grow(field, inner);
  }
};

const columnsIn = (shape: Shape, parts: readonly string[], nest: string | undefined): Column[] => {
  if (!shape.fields.size) return parts.length ? [{ path: parts.join("."), parts, nest }] : [];
  const own = nest ?? (shape.isList && parts.length ? parts.join(".") : undefined);
  return [...shape.fields].flatMap(([name, inner]) => columnsIn(inner, [...parts, name], own));
};

const cutIn = (shape: Shape, path: string): [string, number][] => [
  ...(shape.cut ? [[path, shape.cut] as [string, number]] : []),
  ...[...shape.fields].flatMap(([name, inner]) => cutIn(inner, path ? `${path}.${name}` : name)),
];

/** Finds a list's columns by looking at every row. */
export function* withColumns(list: FoundList): Generator<undefined, List> {
  const shape = emptyShape();
  for (const [index, item] of list.items.entries()) {
    grow(shape, item);
    if (index % 200 === 199) yield;
  }
  const columns = columnsIn(shape, [], undefined);
  const nests = [...new Set(columns.flatMap(({ nest }) => nest ?? []))];
  return { ...list, columns, nests, cut: new Map(cutIn(shape, "")) };
}

const asScalar = (value: unknown): Scalar =>
  value === null || value === undefined ? null : typeof value === "object" ? JSON.stringify(value) : (value as Scalar);

/** A cell in one line, for people: several values stand side by side. */
export const joined = (cell: Cell, show: (one: Scalar) => string, between = " | "): string =>
  Array.isArray(cell) ? cell.map(show).join(between) : show(cell);

const plainText = (one: Scalar): string => (one === null ? "" : String(one));

/** What stands at a path in a value; a list on the way gives one value for each item. */
export const read = (value: unknown, parts: readonly string[]): Cell => {
  let inner = value;
  for (let at = 0; at <= parts.length; at += 1) {
    const items = itemsOf(inner);
    if (items && (at < parts.length || !items.some(isJsonObject))) {
      const rest = parts.slice(at);
      if (!rest.length) return items.map(asScalar).map(plainText).join(", ") || null;
      return items.map((item) => {
        const cell = read(item, rest);
        return Array.isArray(cell) ? joined(cell, plainText, ", ") : cell;
      });
    }
    if (at === parts.length) break;
    if (!isJsonObject(inner)) return null;
    inner = inner[parts[at] ?? ""];
  }
  return asScalar(inner);
};

/** The value that a path leads to, whole. */
export const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (isJsonObject(inner) ? inner[name] : undefined), value);

/** The same value with another one at a path. */
export const withValueAt = (value: unknown, path: readonly string[], inner: unknown): unknown => {
  const [name, ...rest] = path;
  if (name === undefined) return inner;
  return isJsonObject(value) ? { ...value, [name]: withValueAt(value[name], rest, inner) } : value;
};

const wrappers = new Set(["slice", "figures", "statistics", "conversions"]);

const meaningful = (parts: readonly string[]): string[] =>
  parts.filter((part, index) => index === parts.length - 1 || !wrappers.has(part)).slice(-2);

/** The shortest heading that tells a column from the others. */
export const headingOf = ({ path, parts }: Column, columns: readonly Column[]): string => {
  const short = meaningful(parts);
  const clash = columns.some((other) => other.path !== path && meaningful(other.parts).join(".") === short.join("."));
  const spoken = (clash ? parts : short).join(" ");
  return spoken.replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
};
