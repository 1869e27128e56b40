import { isJsonObject } from "../contract/json.js";

/** A value of a table: what JSON has for leaves. */
type Cell = string | number | boolean | null;

/** The list of an answer as a table; `path` says where in the answer it stands, such as `advertiser.offers`. */
export interface AnswerTable {
  path: string;
  /** How many rows there are altogether, where the query asked a connection for its totalCount. */
  total?: number;
  columns: string[];
  rows: Record<string, Cell>[];
}

type Fields = Readonly<Record<string, unknown>>;

/** The items of a list, or of a connection by its nodes or edges. */
const itemsOf = (value: unknown): readonly unknown[] | undefined => {
  if (Array.isArray(value)) return value;
  if (!isJsonObject(value)) return undefined;
  if (Array.isArray(value.nodes)) return value.nodes;
  return Array.isArray(value.edges) ? value.edges.map((edge) => (isJsonObject(edge) ? edge.node : edge)) : undefined;
};

const cellOf = (value: unknown): Cell =>
  value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : JSON.stringify(value ?? null);

const flatten = (value: Fields, prefix: string, row: Record<string, Cell>): Record<string, Cell> => {
  for (const [name, inner] of Object.entries(value)) {
    const path = `${prefix}${name}`;
    const items = itemsOf(inner);
    if (items) row[path] = items.some(isJsonObject) ? JSON.stringify(items) : items.map(cellOf).join("; ");
    else if (isJsonObject(inner)) flatten(inner, `${path}.`, row);
    else row[path] = cellOf(inner);
  }
  return row;
};

/** An object that is null in some row leaves its bare name beside the columns of its fields. */
const withoutBareParents = (columns: readonly string[]): string[] =>
  columns.filter((column) => !columns.some((other) => other.startsWith(`${column}.`)));

const tableOf = (path: string, items: readonly unknown[], total?: unknown): AnswerTable => {
  const rows = items.map((item) => (isJsonObject(item) ? flatten(item, "", {}) : { value: cellOf(item) }));
  return {
    path,
    total: typeof total === "number" ? total : undefined,
    rows,
    columns: withoutBareParents([...new Set(rows.flatMap((row) => Object.keys(row)))]),
  };
};

/** The outermost lists of an answer; where there is none, the whole answer as a table of one row. */
export const tablesIn = (data: unknown): AnswerTable[] => {
  const tables: AnswerTable[] = [];
  const visit = (value: Fields, prefix: string): void => {
    for (const [name, inner] of Object.entries(value)) {
      const items = itemsOf(inner);
      if (items) tables.push(tableOf(`${prefix}${name}`, items, isJsonObject(inner) ? inner.totalCount : undefined));
      else if (isJsonObject(inner)) visit(inner, `${prefix}${name}.`);
    }
  };
  if (!isJsonObject(data)) return [];
  visit(data, "");
  return tables.length ? tables : [tableOf("", [data])];
};

/** A cell of a terminal's table is cut where it would push the others off the screen. */
const widest = 60;

const cut = (text: string) => (text.length > widest ? `${text.slice(0, widest - 1)}…` : text);

/** The table as lines of text, its columns side by side; numbers stand to the right. */
export const alignedText = ({ columns, rows }: AnswerTable): string => {
  const cells = rows.map((row) => columns.map((column) => cut(String(row[column] ?? "").replaceAll(/\s+/g, " "))));
  const isNumber = columns.map((column) => rows.every((row) => row[column] == null || typeof row[column] === "number"));
  const widths = columns.map((column, at) => cells.reduce((most, row) => Math.max(most, row[at]?.length ?? 0), column.length));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => (isNumber[at] ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0)))
      .join("  ")
      .trimEnd();
  return [line(columns), line(widths.map((width) => "─".repeat(width))), ...cells.map(line)].join("\n");
};
