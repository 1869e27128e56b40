import { type Cell, type Column, headingOf, type List } from "../answer/list.js";
import { addsUp, currencyOf, isMoney } from "../answer/money.js";
import { cellAt, cellText, numberIn, type Seen, type TableRow } from "../table/table-rows.js";

/** Numbers of one column in one currency, one for each label; where there is none, nothing is known. */
export interface Series {
  id: string;
  name: string;
  /** The currency, or a word on what is known of it; undefined for what is no money. */
  unit: string | undefined;
  values: readonly (number | undefined)[];
  /** Whether the values may be added up. */
  adds: boolean;
}

/** A list that can be drawn: along time as lines, else as bars. */
export interface Plot {
  kind: "line" | "bar";
  /** The columns that the rows can be grouped by, and the one they are. */
  groups: readonly Column[];
  by: Column;
  /** Whether several rows went into one label. */
  isGrouped: boolean;
  labels: readonly string[];
  series: readonly Series[];
}

/** Whether a text begins with a day that a calendar has. */
export const isDay = (text: string): boolean => {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${day}T`);
};

const timeParts = ["year", "quarter", "week", "month", "day", "hour"];
const lastPart = ({ parts }: Column): string => parts.at(-1) ?? "";
const isIdentity = (column: Column): boolean =>
  /^(id|.*Id|nodeId|year|quarter|week|month|day|hour|index|key)$/.test(lastPart(column));

/** Columns by what stands in them, as a sample of the rows says. */
const sorts = ({ list, rows }: Seen) => {
  const step = Math.max(1, Math.floor(rows.length / 200));
  const sample = rows.filter((_, index) => index % step === 0);
  const every = (column: Column, holds: (cell: Cell) => boolean): boolean => {
    const cells = sample.map((row) => cellAt(list, row, column)).filter((cell) => cell !== null);
    return cells.length > 0 && cells.every(holds);
  };
  const numbers = list.columns.filter(
    (column) =>
      !isIdentity(column) &&
      every(column, (cell) => typeof cell === "number" || (Array.isArray(cell) && numberIn(cell) !== undefined)),
  );
  const days = list.columns.filter((column) => every(column, (cell) => typeof cell === "string" && isDay(cell)));
  const words = list.columns.filter((column) => every(column, (cell) => typeof cell === "string" || typeof cell === "boolean"));
  const parts = list.columns.filter((column) => column.parts[0] === "slice" && timeParts.includes(lastPart(column)));
  return { numbers, days, words, parts };
};

const firstGroup = (groups: readonly Column[], days: readonly Column[]): Column | undefined =>
  groups.find((column) => days.includes(column) && /slice|date$/i.test(column.path)) ??
  groups.find(({ path }) => path.startsWith("slice.") && !/(^|\.)id$/.test(path)) ??
  groups.find(({ path }) => /(title|name)$/i.test(path)) ??
  groups.find((column) => !isIdentity(column)) ??
  groups[0];

/** What is known of a money column's currency where its rows name none. */
const unnamedCurrency = ({ path }: Column): string =>
  /(^|\.)(figures|statistics)\./.test(path) ? "all currencies, as Affise adds them" : "currency not asked for";

interface Label {
  text: string;
  order: string;
}

/**
 * Labels along time. Where the year is not told, the days over the turn of a month, or the months over that of a year, go up and begin again
 * with the first: they stand as they came.
 */
const alongTime = (labels: ReadonlyMap<string, string>, items: ReadonlyMap<string, number>): string[] => {
  const came = [...labels.keys()].sort((left, right) => (items.get(left) ?? 0) - (items.get(right) ?? 0));
  const orderOf = (text: string | undefined) => labels.get(text ?? "") ?? "";
  const falls = came.filter((text, index) => index > 0 && orderOf(came[index - 1]) > orderOf(text));
  const isTurn = falls.length === 1 && /^0*1(-|$)/.test(orderOf(falls[0]));
  return isTurn ? came : came.sort((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1));
};

const labelling =
  ({ list }: Seen, by: Column, isDay: boolean, parts: readonly Column[]) =>
  (row: TableRow): Label => {
    if (isDay) {
      const day = cellText(cellAt(list, row, by), by).slice(0, 10);
      return { text: day, order: day };
    }
    if (parts.includes(by)) {
      const ordered = timeParts.flatMap((part) => parts.find((column) => lastPart(column) === part) ?? []);
      const texts = ordered.map((column) => String(cellAt(list, row, column) ?? ""));
      return { text: texts.join("-"), order: texts.map((one) => one.padStart(4, "0")).join("-") };
    }
    const text = cellText(cellAt(list, row, by), by);
    return { text, order: text };
  };

interface Drawn {
  column: Column;
  unit: string | undefined;
  values: Map<string, number>;
}

const gather = (drawn: Map<string, Drawn>, list: List, row: TableRow, label: string, column: Column): void => {
  const cell = cellAt(list, row, column);
  const currencyColumn = currencyOf(column, list.columns);
  const currencies = currencyColumn ? cellAt(list, row, currencyColumn) : null;
  for (const [index, value] of (Array.isArray(cell) ? cell : [cell]).entries()) {
    if (typeof value !== "number") continue;
    const named = Array.isArray(currencies) ? currencies[index] : currencies;
    const unit = typeof named === "string" ? named.toUpperCase() : isMoney(column) ? unnamedCurrency(column) : undefined;
    const id = `${column.path} ${unit ?? ""}`;
    const series = drawn.get(id) ?? { column, unit, values: new Map() };
    series.values.set(label, (series.values.get(label) ?? 0) + value);
    drawn.set(id, series);
  }
};

/** What there is to draw in rows; undefined where looking would not beat reading. */
export function* plotOf(seen: Seen, wanted: string | undefined): Generator<undefined, Plot | undefined> {
  const { list, rows } = seen;
  if (rows.length < 2) return undefined;
  const { numbers, days, words, parts } = sorts(seen);
  const groups = [...new Set([...days, ...parts.slice(0, 1), ...words])];
  const by = groups.find(({ path }) => path === wanted) ?? firstGroup(groups, days);
  if (!by) return undefined;
  const labelOf = labelling(seen, by, days.includes(by), parts);
  const labels = new Map<string, string>();
  const items = new Map<string, number>();
  const drawn = new Map<string, Drawn>();
  const counts: Drawn = { column: by, unit: undefined, values: new Map() };
  for (const [index, row] of rows.entries()) {
    if (index % 200 === 199) yield;
    const { text, order } = labelOf(row);
    labels.set(text, order);
    items.set(text, Math.min(row.item, items.get(text) ?? row.item));
    counts.values.set(text, (counts.values.get(text) ?? 0) + 1);
    for (const column of numbers) gather(drawn, list, row, text, column);
  }
  const kind = days.includes(by) || parts.includes(by) ? "line" : "bar";
  const isGrouped = labels.size < rows.length;
  const names = kind === "line" ? alongTime(labels, items) : [...labels.keys()];
  const series = [...drawn.entries()]
    // What several rows have in rates and percents cannot be added up.
    .filter(([, { column }]) => !isGrouped || addsUp(column))
    .map(([id, { column, unit, values }]) => ({
      id,
      name: headingOf(column, list.columns),
      unit,
      values: names.map((name) => values.get(name)),
      adds: addsUp(column),
    }));
  const rowCount = {
    id: "rows",
    name: "rows",
    unit: undefined,
    values: names.map((name) => counts.values.get(name)),
    adds: true,
  };
  if (isGrouped) series.push(rowCount);
  return series.length ? { kind, groups, by, isGrouped, labels: names, series } : undefined;
}

/** The steps of a scale in round numbers, from zero or what is below it to what is above. */
export const roundScale = (values: readonly number[], steps = 3): number[] => {
  const [smallest, largest] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [0, 0]);
  if (smallest === largest) return [0, 1];
  const rough = (largest - smallest) / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  const first = Math.floor(smallest / step);
  return Array.from({ length: Math.ceil(largest / step) - first + 1 }, (_, index) => (first + index) * step);
};

/** The places of a line's numbers in runs: where nothing is known, one ends. What may be added up came to nothing there. */
export const runsOf = ({ values, adds }: Series): number[][] => {
  const runs: number[][] = [];
  for (const [index, value] of values.entries()) {
    if (value === undefined && !adds) continue;
    const last = runs.at(-1);
    if (last?.at(-1) === index - 1) last.push(index);
    else runs.push([index]);
  }
  return runs;
};
