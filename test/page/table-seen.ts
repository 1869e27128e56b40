import type { Page } from "playwright-core";
import type { Node } from "./full-data.js";

/** A list of an answer, by where it stands in it. */
export interface AnswerList {
  path: string[];
  rows: Node[];
  isConnection: boolean;
}

/** What a table on the page shows. */
export interface TableSeen {
  extent: string;
  rowCount: number;
  /** The paths of the columns. */
  columns: string[];
  firstRow: string[];
  sums: string[][];
}

const isObject = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

const itemsOf = (value: unknown): unknown[] | undefined =>
  Array.isArray(value) ? value : isObject(value) && Array.isArray(value.nodes) ? value.nodes : undefined;

/** The outermost lists of an answer, the longest first. */
export const listsIn = (value: unknown, path: string[] = []): AnswerList[] => {
  const rows = itemsOf(value)?.filter(isObject);
  if (rows) return rows.length ? [{ path, rows, isConnection: !Array.isArray(value) }] : [];
  const found = isObject(value) ? Object.entries(value).flatMap(([name, inner]) => listsIn(inner, [...path, name])) : [];
  return found.sort((one, other) => other.rows.length - one.rows.length);
};

/** Reads the table that is shown. */
export const tableIn = (page: Page): Promise<TableSeen> =>
  page.evaluate(() => {
    const texts = (selector: string, within: ParentNode = document) =>
      [...within.querySelectorAll(selector)].map((one) => one.textContent?.trim() ?? "");
    const table = document.querySelector(".table-view table");
    return {
      extent: texts(".completeness strong")[0] ?? "",
      rowCount: Number(table?.getAttribute("aria-rowcount")) - 2,
      columns: [...(table?.querySelectorAll("thead th button") ?? [])].map(
        (one) => one.getAttribute("title")?.replace(/: click to sort.*/, "") ?? "",
      ),
      firstRow: texts("tbody tr[aria-rowindex='3'] td", table ?? document),
      sums: [...(table?.querySelectorAll("tfoot td") ?? [])].map((cell) => texts("div", cell)),
    };
  });

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const money = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const counts = /(clicks|impressions|trafficback|preinstalls|count|actions|conversions)$/i;
const collator = new Intl.Collator("en", { numeric: true });

type Leaf = [value: unknown, currency: string];

/** What stands at a path of a row, a list on the way gives all of it; with the currency that stands nearest. */
const leavesAt = (value: unknown, parts: readonly string[], currency = ""): Leaf[] => {
  const items = itemsOf(value);
  if (items) return items.flatMap((item) => leavesAt(item, parts, currency));
  const [name, ...rest] = parts;
  if (name === undefined) return [[value, currency]];
  if (!isObject(value)) return [];
  return leavesAt(value[name], rest, typeof value.currency === "string" ? value.currency : currency);
};

const rowLeaves = (row: Node, path: string): Leaf[] => {
  const { slice } = row;
  return leavesAt(row, path.split("."), isObject(slice) && typeof slice.currency === "string" ? slice.currency : "");
};

/** Texts of a cell, however it joins them: without signs for nothing, numbers rounded. */
const pieces = (text: string): string[] =>
  text
    .replace(/^[▸▾]/, "")
    .split(/ \| |, /)
    .map((piece) => piece.trim())
    .filter((piece) => piece && piece !== "–")
    .map((piece) => (/^-?[\d,]+(\.\d+)?$/.test(piece) ? number.format(Number(piece.replaceAll(",", ""))) : piece));

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

/** The rows as a table shows them that is sorted by a column: one of a nested list has a row for each item of it. */
const unfolded = (rows: readonly Node[], sort: string): Node[] => {
  const [name = "", ...rest] = sort.split(".");
  return rows.flatMap((row) => {
    const items = itemsOf(row[name]);
    if (items) return items.length ? items.map((item) => ({ ...row, [name]: item })) : [row];
    const inner = row[name];
    return rest.length && isObject(inner) ? unfolded([inner], rest.join(".")).map((one) => ({ ...row, [name]: one })) : [row];
  });
};

const sorted = (rows: readonly Node[], sort: string): Node[] => {
  const keyOf = (row: Node) => rowLeaves(row, sort)[0]?.[0] ?? undefined;
  return unfolded(rows, sort).sort((left, right) => {
    const [one, other] = [keyOf(left), keyOf(right)];
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
    return typeof one === "number" && typeof other === "number" ? other - one : collator.compare(String(other), String(one));
  });
};

const sumsAt = (rows: readonly Node[], path: string, isByCurrency: boolean): string[] => {
  const sums = new Map<string, number>();
  for (const [value, currency] of rows.flatMap((row) => rowLeaves(row, path))) {
    const name = isByCurrency ? currency.toUpperCase() : "";
    if (typeof value === "number") sums.set(name, (sums.get(name) ?? 0) + value);
  }
  const format = counts.test(path) ? number : money;
  return [...sums].map(([currency, sum]) => `${format.format(sum)} ${currency}`.trim()).sort();
};

/** Columns under which a sum has to stand, wherever a table has them. */
const addedUp = ["balances.balance", "amount", "payout", "statistics.clicks", "figures.clicks"];

/** How a table differs from the list that it should show, as pairs of what is seen and what should be. */
export const differences = (
  seen: TableSeen,
  { path, rows, total, sort }: AnswerList & { total: number | undefined; sort: string | undefined },
): [what: string, seen: unknown, wanted: unknown][] => {
  const noun = path.at(-1);
  const count = number.format(rows.length);
  const extent =
    total === undefined
      ? `${count} ${noun}`
      : total === rows.length
        ? `All ${count} ${noun}`
        : `${count} of ${number.format(total)} ${noun}`;
  const inOrder = sort && seen.columns.includes(sort) ? sorted(rows, sort) : rows;
  const cells = seen.columns.map((column, index): [string, unknown, unknown] => [
    column,
    pieces(seen.firstRow[index] ?? ""),
    pieces(
      rowLeaves(inOrder[0] ?? {}, column)
        .map(([value]) => textOf(value))
        .join(" | "),
    ),
  ]);
  const sums = seen.columns.flatMap((column, index): [string, unknown, unknown][] => {
    const lines = [...(seen.sums[index] ?? [])].sort();
    const isByCurrency = lines.some((line) => /[A-Z]{3}$/.test(line)) || !lines.length;
    return lines.length || addedUp.includes(column) ? [[`sum of ${column}`, lines, sumsAt(rows, column, isByCurrency)]] : [];
  });
  const pairs: [string, unknown, unknown][] = [
    ["extent", seen.extent, extent],
    ["rows", seen.rowCount, inOrder.length],
    ...(rows.length && !seen.columns.length ? [["columns", [], Object.keys(rows[0] ?? {})] as [string, unknown, unknown]] : []),
    ...cells,
    ...sums,
  ];
  return pairs.filter(([, one, other]) => JSON.stringify(one) !== JSON.stringify(other));
};
