import { type Cell, type Column, joined, type List, type Scalar } from "../answer/list.js";
import { cellAt, type TableRow } from "./table-rows.js";

/** What a spreadsheet is given: the rows and columns as they are seen. */
export interface Extract {
  list: List;
  columns: readonly Column[];
  rows: readonly TableRow[];
}

/** What parts the fields of a line. Excel reads `;` where the decimal sign is a comma; a tab is for pasting. */
export type Separator = "," | ";" | "\t";

// A spreadsheet takes a text that begins so for a formula, and affiliates choose their own names.
const disarmed = (value: string): string => (/^\s*[=+\-@\t\r\n|%]/.test(value) ? `'${value}` : value);

// Where `;` parts the fields, Excel reads numbers with a comma too.
const numeral = (value: number, separator: Separator): string =>
  separator === ";" ? String(value).replace(".", ",") : String(value);

const textOf = (value: Scalar, separator: Separator): string => {
  if (value === null) return "";
  if (typeof value === "number") return numeral(value, separator);
  return typeof value === "boolean" ? (value ? "yes" : "no") : value;
};

const fieldOf = (cell: Cell, separator: Separator): string => {
  const text = Array.isArray(cell) ? joined(cell, (one) => textOf(one, separator)) : textOf(cell, separator);
  const safe = typeof cell === "number" ? text : disarmed(text);
  const line = separator === "\t" ? safe.replaceAll(/[\t\r\n]+/g, " ") : safe;
  // Of a pasted text, too, a quotation mark in front would take in all up to the next one.
  const isQuoted = separator === "\t" ? line.startsWith('"') : line.includes(separator) || /["\r\n\t]/.test(line);
  return isQuoted ? `"${line.replaceAll('"', '""')}"` : line;
};

/** The rows as text, a line each, headed by the columns' paths. */
export const extractText = ({ list, columns, rows }: Extract, separator: Separator): string => {
  const lines = rows.map((row) => columns.map((column) => fieldOf(cellAt(list, row, column), separator)));
  return [columns.map(({ path }) => path), ...lines].map((line) => line.join(separator)).join("\r\n");
};

/** Hands the rows to the browser as a file. Excel knows UTF-8 by the mark in front. */
export const downloadExtract = (extract: Extract, separator: Separator): void => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\uFEFF", extractText(extract, separator)], { type: "text/csv;charset=utf-8" }));
  link.download = `${extract.list.path.join("-")}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
};
