import { headingOf, type List, numberIn } from "./rows.js";

/** A column of numbers, one for each row. */
export interface Series {
  column: string;
  name: string;
  values: (number | undefined)[];
}

/** A list that can be drawn: along time as lines, else as bars. */
export interface Plot {
  kind: "line" | "bar";
  /** What each row is called. */
  labels: string[];
  series: Series[];
}

const isDay = (value: unknown): boolean => typeof value === "string" && /^\d{4}-\d{2}-\d{2}/.test(value);

const lastPart = (column: string): string => column.slice(column.lastIndexOf(".") + 1);

const isCount = (list: List, column: string): boolean =>
  !/^(id|.*Id|year|quarter|month|day|hour)$/.test(lastPart(column)) &&
  list.rows.some((row) => typeof row[column] === "number") &&
  list.rows.every((row) => row[column] === null || row[column] === undefined || typeof row[column] === "number");

const timeParts = ["year", "quarter", "month", "day", "hour"];

const timeLabels = (list: List): string[] | undefined => {
  const date = list.columns.find((column) => list.rows.every((row) => isDay(row[column])) && /slice|date$/i.test(column));
  const hour = list.columns.find((column) => column === "slice.hour");
  if (date && !hour) return list.rows.map((row) => String(row[date]).slice(0, 10));
  const parts = timeParts
    .map((part) => list.columns.find((column) => column === `slice.${part}`))
    .filter((part) => part !== undefined);
  return parts.length ? list.rows.map((row) => parts.map((part) => String(row[part] ?? "")).join("-")) : undefined;
};

const nameLabels = (list: List): string[] | undefined => {
  const texts = list.columns.filter((column) => list.rows.some((row) => typeof row[column] === "string"));
  const column =
    texts.find((one) => one.startsWith("slice.") && !/(^|\.)id$/.test(one)) ??
    texts.find((one) => /(title|login|name)$/i.test(one)) ??
    texts.find((one) => !/(^|\.)id$/.test(one));
  return column === undefined ? undefined : list.rows.map((row) => String(row[column] ?? "none"));
};

/** What there is to draw in a list; undefined where looking would not beat reading. */
export const plotOf = (list: List): Plot | undefined => {
  if (list.rows.length < 2) return undefined;
  const series = list.columns
    .filter((column) => isCount(list, column))
    .map((column) => ({
      column,
      name: headingOf(column, list.columns),
      values: list.rows.map((row) => numberIn(row[column])),
    }));
  if (!series.length) return undefined;
  const time = timeLabels(list);
  if (time) return { kind: "line", labels: time, series };
  const names = nameLabels(list);
  return names && { kind: "bar", labels: names, series };
};

/** A scale's upper end and its steps, in round numbers. */
export const roundScale = (largest: number, steps = 3): number[] => {
  if (largest <= 0) return [0, 1];
  const rough = largest / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.ceil(largest / step) + 1 }, (_, index) => index * step);
};

const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const numberText = (value: number | undefined): string => (value === undefined ? "–" : plain.format(value));
export const shortNumber = (value: number): string => (Math.abs(value) < 10_000 ? plain.format(value) : compact.format(value));
