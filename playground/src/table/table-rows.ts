import { type Cell, type Column, itemsOf, joined, type List, read, type Scalar, valueAt } from "../answer/list.js";
import { addsUp, currencyOf, isMoney, type Sums } from "../answer/money.js";
import { moneyText, numberText } from "../number.js";
import { sorted } from "../slices.js";

/** A row of a table: an item of the list, or one item of a nested list of it. */
export interface TableRow {
  item: number;
  nest?: string;
  at?: number;
}

export interface Sorting {
  column: string;
  descending: boolean;
}

/** How somebody looks at a list. */
export interface Look {
  sorting: Sorting | undefined;
  /** What to look for, by column. */
  filters: Readonly<Record<string, string>>;
  /** The nested list that has a row for each item, in every row. */
  openAll: string | undefined;
  /** The nested list that has a row for each item, by the item that was opened. */
  open: Readonly<Record<number, string>>;
}

/** The rows that are to be seen, and the sums under them by column. */
export interface Seen {
  list: List;
  filters: Look["filters"];
  rows: readonly TableRow[];
  sums: ReadonlyMap<string, Sums>;
}

const valueText = (value: Scalar): string => {
  if (value === null || value === "") return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? numberText(value) : value;
};

/** How many items a nested list has in an item of the list. */
export const nestedCount = (list: List, item: number, nest: string): number =>
  itemsOf(valueAt(list.items[item], nest.split(".")))?.length ?? 0;

/** What stands in a table at a row and a column. */
export const cellAt = (list: List, { item, nest, at }: TableRow, column: Column): Cell => {
  const cell = read(list.items[item], column.parts);
  return nest !== undefined && nest === column.nest && Array.isArray(cell) ? (cell[at ?? 0] ?? null) : cell;
};

const moneyValue = (value: Scalar): string => (typeof value === "number" ? moneyText(value) : valueText(value));

/** A cell of a column as it is shown. */
export const cellText = (cell: Cell, column: Column): string =>
  joined(cell, isMoney(column) ? moneyValue : valueText) || valueText(null);

/** The number to compare by: the largest where there are several. */
export const numberIn = (cell: Cell): number | undefined => {
  if (typeof cell === "number") return cell;
  if (!Array.isArray(cell)) return undefined;
  const numbers = cell.filter((one): one is number => typeof one === "number");
  return numbers.length ? Math.max(...numbers) : undefined;
};

const isThere = (cell: Cell): boolean => (Array.isArray(cell) ? cell.length > 0 : cell !== null && cell !== "");

type Test = (cell: Cell) => boolean;

// Ids are texts of digits.
const isNumeral = (value: Scalar): boolean =>
  typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value));

/** What a filter's text asks for: `> 80`, `<= 5`, `= 3`, or a text that is in the cell. */
const testOf = (filter: string, column: Column): Test => {
  const [, sign, bound = ""] = /^\s*(<=|>=|<|>|=)\s*(.+?)\s*$/.exec(filter) ?? [];
  // Commas part thousands, as the table writes them; any other is a decimal one.
  const limit = Number(/^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(bound) ? bound.replaceAll(",", "") : bound.replace(",", "."));
  if (sign && !Number.isNaN(limit)) {
    const holds = { "<": (n: number) => n < limit, ">": (n: number) => n > limit, "=": (n: number) => n === limit };
    const either = (n: number) => n === limit || (sign === "<=" ? n < limit : n > limit);
    const one = holds[sign as "<" | ">" | "="] ?? either;
    return (cell) => (Array.isArray(cell) ? cell : [cell]).some((value) => isNumeral(value) && one(Number(value)));
  }
  const text = (sign === "=" ? bound : filter).trim().toLowerCase();
  if (sign === "=") return (cell) => cellText(cell, column).toLowerCase() === text;
  return (cell) => cellText(cell, column).toLowerCase().includes(text) || joined(cell, String).toLowerCase().includes(text);
};

const collator = new Intl.Collator("en", { numeric: true });

interface Keyed {
  row: TableRow;
  key: number | string | undefined;
}

// What is missing stands last, whichever way the others go.
const comparing = (descending: boolean) => (left: Keyed, right: Keyed) => {
  const [a, b] = [left.key, right.key];
  if (a === undefined || b === undefined) return (a === undefined ? 1 : 0) - (b === undefined ? 1 : 0);
  const order =
    typeof a === "number" && typeof b === "number"
      ? a - b
      : typeof a === "string" && typeof b === "string"
        ? collator.compare(a, b)
        : typeof a === "number"
          ? 1
          : -1;
  return descending ? -order : order;
};

function* unfolded(list: List, { openAll, open }: Look): Generator<undefined, TableRow[]> {
  const rows: TableRow[] = [];
  for (let item = 0; item < list.items.length; item += 1) {
    if (item % 500 === 499) yield;
    const nest = openAll ?? open[item];
    const count = nest === undefined ? 0 : nestedCount(list, item, nest);
    if (!count) rows.push({ item });
    for (let at = 0; at < count; at += 1) rows.push({ item, nest, at });
  }
  return rows;
}

function* filtered(list: List, rows: TableRow[], { filters }: Look): Generator<undefined, TableRow[]> {
  const tests = list.columns.flatMap((column) => {
    const filter = filters[column.path];
    return filter?.trim() ? [{ column, test: testOf(filter, column) }] : [];
  });
  if (!tests.length) return rows;
  const kept: TableRow[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % 200 === 199) yield;
    if (tests.every(({ column, test }) => test(cellAt(list, row, column)))) kept.push(row);
  }
  return kept;
}

function* inOrder(list: List, rows: TableRow[], sorting: Sorting | undefined): Generator<undefined, TableRow[]> {
  const column = list.columns.find(({ path }) => path === sorting?.column);
  if (!sorting || !column) return rows;
  const keyed: Keyed[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % 200 === 199) yield;
    const cell = cellAt(list, row, column);
    keyed.push({ row, key: numberIn(cell) ?? (isThere(cell) ? cellText(cell, column) : undefined) });
  }
  return (yield* sorted(keyed, comparing(sorting.descending))).map(({ row }) => row);
}

const add = (sums: Map<string, number>, cell: Cell, currencies: Cell): void => {
  const several = Array.isArray(cell);
  for (const [index, value] of (several ? cell : [cell]).entries()) {
    if (typeof value !== "number") continue;
    const currency = Array.isArray(currencies) ? currencies[several ? index : 0] : currencies;
    const name = typeof currency === "string" ? currency.toUpperCase() : "";
    sums.set(name, (sums.get(name) ?? 0) + value);
  }
};

// Rows of one item stand together here: they are not sorted yet.
function* summed(list: List, rows: readonly TableRow[]): Generator<undefined, Seen["sums"]> {
  const found = new Map<string, Map<string, number>>();
  for (const column of list.columns.filter(addsUp)) {
    const currency = currencyOf(column, list.columns);
    const sums = new Map<string, number>();
    const nested = column.nest;
    let last = -1;
    for (const [index, row] of rows.entries()) {
      if (index % 200 === 199) yield;
      // An item that stands in several rows is added once, but for what each of them has of its own.
      const repeated = row.nest !== undefined && row.nest !== nested && row.item === last;
      last = row.item;
      if (!repeated) add(sums, cellAt(list, row, column), currency ? cellAt(list, row, currency) : null);
    }
    if (sums.size) found.set(column.path, sums);
  }
  return found;
}

/** What is to be seen of a list: its rows, unfolded, filtered and sorted, and their sums. */
export function* seenOf(list: List, look: Look): Generator<undefined, Seen> {
  const rows = yield* filtered(list, yield* unfolded(list, look), look);
  const sums = yield* summed(list, rows);
  return { list, filters: look.filters, rows: yield* inOrder(list, rows, look.sorting), sums };
}
