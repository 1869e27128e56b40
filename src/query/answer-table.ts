import { isJsonObject } from "../contract/json.js";
import type { AnswerLists } from "./answer-list.js";

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

const tableOf = (path: string, items: readonly unknown[], asked: readonly string[], total?: unknown): AnswerTable => {
  const rows = items.map((item) => (isJsonObject(item) ? flatten(item, "", {}) : { value: cellOf(item) }));
  return {
    path,
    total: typeof total === "number" ? total : undefined,
    rows,
    columns: withoutBareParents([...new Set([...asked, ...rows.flatMap((row) => Object.keys(row))])]),
  };
};

/**
 * The outermost lists of an answer; where there is none, the whole answer as a table of one row. What was asked for gives the columns their
 * order, and has them there without a row too.
 */
export const tablesIn = (data: unknown, asked: AnswerLists = new Map()): AnswerTable[] => {
  const tables: AnswerTable[] = [];
  const add = (path: string, items: readonly unknown[], total?: unknown) =>
    tables.push(tableOf(path, items, asked.get(path) ?? [], total));
  const visit = (value: Fields, prefix: string): void => {
    for (const [name, inner] of Object.entries(value)) {
      const items = itemsOf(inner);
      if (items) add(`${prefix}${name}`, items, isJsonObject(inner) ? inner.totalCount : undefined);
      else if (isJsonObject(inner)) visit(inner, `${prefix}${name}.`);
    }
  };
  if (!isJsonObject(data)) return [];
  visit(data, "");
  if (!tables.length && (!asked.size || asked.has(""))) add("", [data]);
  const missing = [...asked.keys()].filter((path) => !tables.some((table) => table.path === path));
  for (const path of missing) add(path, []);
  return tables;
};

/** A cell of a terminal's table is cut where it would push the others off the screen. */
const widest = 60;

const letters = new Intl.Segmenter();

/** What takes two places on a terminal: emoji, and the letters of Chinese, Japanese and Korean. */
const isWide =
  /\p{Emoji_Presentation}|\ufe0f|^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3ffff}]/u;

const hasNoWidth = /^[\p{M}\p{Cf}]+$/u;

const isPlain = (text: string) => /^[ -~]*$/.test(text);

const widthOf = (letter: string): number => (hasNoWidth.test(letter) ? 0 : isWide.test(letter) ? 2 : 1);

const widthIn = (text: string): number =>
  isPlain(text)
    ? text.length
    : Array.from(letters.segment(text), ({ segment }) => widthOf(segment)).reduce((sum, one) => sum + one, 0);

const cut = (text: string): string => {
  if (widthIn(text) <= widest) return text;
  let [kept, width] = ["", 0];
  for (const { segment } of letters.segment(text)) {
    width += widthOf(segment);
    if (width >= widest) break;
    kept += segment;
  }
  return `${kept}…`;
};

/** On one line, and without what would give a terminal orders or turn its line round: affiliates choose their own names. */
const shown = (text: string): string =>
  text.replaceAll(/\s+/g, " ").replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "�");

/** The table as lines of text, its columns side by side; numbers stand to the right. */
export const alignedText = ({ columns, rows }: AnswerTable): string => {
  const cells = rows.map((row) => columns.map((column) => cut(shown(String(row[column] ?? "")))));
  const isNumber = columns.map((column) => rows.every((row) => row[column] == null || typeof row[column] === "number"));
  const widths = columns.map((column, at) =>
    cells.reduce((most, row) => Math.max(most, widthIn(row[at] ?? "")), widthIn(column)),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => {
        const space = " ".repeat((widths[at] ?? 0) - widthIn(text));
        return isNumber[at] ? `${space}${text}` : `${text}${space}`;
      })
      .join("  ")
      .trimEnd();
  return [line(columns), line(widths.map((width) => "─".repeat(width))), ...cells.map(line)].join("\n");
};
