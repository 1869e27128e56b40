import { isJsonObject } from "../../contract/json.js";
import { parseNumber } from "../answer/number.js";

/** A row of statistics as Affise prints it. */
export type StatisticsRow = Readonly<Record<string, unknown>>;

/** Stands on rows that were added up, and says of how many parts: what cannot be added is missing there. */
export const partsColumn = "parts";

const isUnset = (value: unknown) => value === null || value === undefined || value === "";

/** Adds columns up; what is no number stays as it is, for its reader to complain of. Sums of cents lose their crumbs. */
const added = (values: readonly unknown[]): unknown => {
  const printed = values.filter((value) => !isUnset(value));
  const broken = printed.find((value) => parseNumber(value) === undefined);
  if (broken !== undefined) return broken;
  return printed.length
    ? Math.round(printed.reduce<number>((sum, value) => sum + (parseNumber(value) ?? 0), 0) * 1e6) / 1e6
    : null;
};

/** Adds objects up column by column, at any depth. */
const addedObjects = (values: readonly unknown[]): unknown => {
  const objects = values.filter(isJsonObject);
  if (!objects.length) return values.find((value) => !isUnset(value)) ?? null;
  const names = [...new Set(objects.flatMap(Object.keys))];
  return Object.fromEntries(
    names.map((name) => {
      const column = objects.map((one) => one[name]);
      return [name, column.some(isJsonObject) ? addedObjects(column) : added(column)];
    }),
  );
};

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

/** One figure in another; what is no number stays as it is here too. */
const share = (part: unknown, whole: unknown, factor = 1): unknown => {
  if (isUnset(part) || isUnset(whole)) return null;
  const [one, other] = [parseNumber(part), parseNumber(whole)];
  if (one === undefined || other === undefined) return one === undefined ? part : whole;
  return other === 0 ? 0 : rounded((one * factor) / other);
};

interface Whole {
  clicks: unknown;
  views: unknown;
  costs: unknown;
  margin: unknown;
  actions: Record<string, Record<string, unknown>>;
}

const wholeOf = (row: StatisticsRow): Whole => {
  const { traffic, actions, clicks, views, costs, margin } = columnsOf(row);
  return {
    clicks: isJsonObject(traffic) ? traffic.raw : clicks,
    ...{ views, costs, margin },
    actions: isJsonObject(actions) ? (actions as Whole["actions"]) : {},
  };
};

/** What advertisers pay for confirmed conversions; under an affiliate's key, which sees no such amount, its own pay. */
const paid = ({ actions: { confirmed } }: Whole) => confirmed?.charge ?? confirmed?.revenue;

/** Rates and averages, worked out anew from their parts as Affise's help center explains them. */
const rates: Record<string, (whole: Whole) => unknown> = {
  cr: ({ actions, clicks }) =>
    Object.fromEntries(Object.entries(actions).map(([status, { count }]) => [status, share(count, clicks, 100)])),
  epc: (whole) => share(paid(whole), whole.clicks),
  affiliate_epc: ({ actions, clicks }) => share(actions.confirmed?.revenue, clicks),
  ctr: ({ clicks, views }) => share(clicks, views, 100),
  ecpm: (whole) => share(paid(whole), whole.views, 1000),
  roi: ({ margin, costs }) => share(margin, costs, 100),
};

/** Neither sums nor made of sums: unique visitors of two parts may be the same ones, and of the others nobody says how they are made. */
const lost = new Set(["hosts", "ratio", "afprice"]);

const columnsOf = (row: StatisticsRow): Record<string, unknown> => ({ ...row, ...(isJsonObject(row.fields) ? row.fields : {}) });

/** Several rows about the same as one: counts and money are added, rates worked out anew, and what can be neither is null. */
export const mergeRows = (rows: readonly StatisticsRow[]): StatisticsRow => {
  const [only] = rows;
  if (only && rows.length === 1) return only;
  const all = rows.map(columnsOf);
  const sum = (name: string) => added(all.map((row) => row[name]));
  const traffic = addedObjects(all.map(({ traffic }) => traffic));
  const actions = addedObjects(all.map(({ actions }) => actions));
  const whole = wholeOf({
    traffic,
    actions,
    ...Object.fromEntries(["clicks", "views", "costs", "margin"].map((name) => [name, sum(name)])),
  });
  const merged: Record<string, unknown> = {};
  for (const name of new Set(all.flatMap(Object.keys))) {
    if (name === "slice") merged.slice = all.at(-1)?.slice;
    else if (name === "landings_info") merged[name] = Object.assign({}, ...all.map((row) => row[name]));
    else if (lost.has(name)) merged[name] = null;
    else if (name !== "fields") merged[name] = (rates[name] ?? (() => sum(name)))(whole);
  }
  return {
    ...merged,
    traffic: isJsonObject(traffic) ? { ...traffic, uniq: null } : traffic,
    actions,
    [partsColumn]: rows.length,
  };
};

/** A slice's value is an object with an id, or plain. */
const plain = (value: unknown): unknown => (isJsonObject(value) ? (value.id ?? value.name ?? JSON.stringify(value)) : value);

/** What a row is about, as a text; undefined where it cannot be told. */
const keyOf = ({ slice }: StatisticsRow): string | undefined =>
  isJsonObject(slice)
    ? JSON.stringify(
        Object.keys(slice)
          .sort()
          .map((name) => [name, String(plain(slice[name]) ?? "")]),
      )
    : undefined;

/** The rows of several parts as one report: rows about the same are one, and what cannot be told apart stays apart. */
export const mergeParts = (parts: readonly (readonly StatisticsRow[])[]): StatisticsRow[] => {
  const groups = new Map<string, StatisticsRow[]>();
  for (const [place, row] of parts.flat().entries()) {
    const key = keyOf(row) ?? String(place);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map(mergeRows);
};

const timeColumns: Record<string, readonly string[]> = {
  year: ["year"],
  quarter: ["year", "quarter"],
  month: ["year", "month"],
  week: ["year", "week"],
  day: ["year", "month", "day"],
  hour: ["year", "month", "day", "hour"],
};

/**
 * A figure of a row by its name as an order: raw, uniq, cr, epc, affiliate_epc, or a status and a column such as confirmed_count. Undefined
 * where the key sees no such amount.
 */
export const figureIn = (row: StatisticsRow, name: string): unknown => {
  const whole = wholeOf(row);
  if (name === "raw") return whole.clicks;
  if (name === "uniq") return isJsonObject(row.traffic) ? row.traffic.uniq : columnsOf(row).hosts;
  if (name === "cr") return share(whole.actions.total?.count ?? 0, whole.clicks, 100);
  if (name in rates) {
    const { confirmed } = whole.actions;
    return confirmed ? (rates[name]?.(whole) ?? undefined) : 0;
  }
  const [, status = "", figure = ""] = /^(\w+)_(\w+)$/.exec(name) ?? [];
  const figures = whole.actions[status];
  return isJsonObject(figures) ? figures[figure] : 0;
};

/** What rows are sorted by, most important first: columns of time, a slice's id or word, traffic, or a figure such as confirmed_count. */
const sortKey = (row: StatisticsRow, order: string): readonly unknown[] => {
  const slice = isJsonObject(row.slice) ? row.slice : {};
  const time = timeColumns[order];
  if (time) return time.map((name) => slice[name]);
  if (order in slice) return [plain(slice[order])];
  return [figureIn(row, order)];
};

const compared = (left: unknown, right: unknown): number => {
  if (isUnset(left) || isUnset(right)) return Number(isUnset(right)) - Number(isUnset(left));
  const [one, other] = [parseNumber(left), parseNumber(right)];
  if (one !== undefined && other !== undefined) return one - other;
  return String(left) < String(right) ? -1 : Number(String(left) > String(right));
};

/** Sorts merged rows as Affise sorts a report: by one column or slice, or by the slices in the order they were asked for. */
export const sortRows = (
  rows: readonly StatisticsRow[],
  orders: readonly string[],
  direction: "asc" | "desc" = "asc",
): StatisticsRow[] => {
  const keyed = rows.map((row) => ({ row, key: orders.flatMap((order) => sortKey(row, order)) }));
  const sign = direction === "desc" ? -1 : 1;
  const order = (one: readonly unknown[], other: readonly unknown[]): number => {
    for (const [place, value] of one.entries()) {
      const difference = compared(value, other[place]);
      if (difference !== 0) return sign * difference;
    }
    return 0;
  };
  return keyed.sort((one, other) => order(one.key, other.key)).map(({ row }) => row);
};
