import type { Cell, List, Scalar } from "./rows.js";

const textOf = (value: Scalar): string => (value === null ? "" : String(value));

// A spreadsheet takes a text that begins so for a formula, and affiliates choose their own names.
const disarmed = (value: Scalar): string =>
  typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : textOf(value);

const fieldOf = (cell: Cell | undefined): string => {
  const text = Array.isArray(cell) ? cell.map(disarmed).join("; ") : disarmed(cell ?? null);
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A list as CSV, headed by the columns' paths. */
export const csvOf = ({ columns, rows }: List): string =>
  [columns.join(","), ...rows.map((row) => columns.map((column) => fieldOf(row[column])).join(","))].join("\r\n");

/** Hands a list to the browser as a file. */
export const downloadCsv = (list: List): void => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\uFEFF", csvOf(list)], { type: "text/csv;charset=utf-8" }));
  link.download = `${list.path.replaceAll(".", "-")}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
};
