import { badInput } from "../../affise/error/error.js";
import { mergeRows, partsColumn } from "../../affise/list/statistics-merge.js";
import { mostMonths } from "../../affise/list/statistics-parts.js";
import type { Resolvers } from "../../generated/schema.js";
import type { Load, ReportArgs } from "../../loaders.js";
import { column } from "../column/column.js";
import { number, record, rows, text, wholeCount } from "../column/decode.js";
import type { FiguresRow } from "../column/row.js";

/** A row of figures that says in which currency its amounts are, where its report is asked for in one. The row itself is not copied. */
export const inCurrency = <Row extends object>(row: Row, { filter: { currency } }: ReportArgs): Row =>
  Array.isArray(currency) && currency.length === 1
    ? Object.create(row, { currency: { value: currency[0], enumerable: true } })
    : row;

/** The figures of what had no traffic. */
export const noTraffic: FiguresRow = { traffic: { raw: 0, uniq: 0 }, actions: {} };

/** The figures of a report's row; what had no traffic has no row there and gets zeros. */
export const figures = (row: unknown, asked: ReportArgs): FiguresRow => inCurrency(record(row) ?? noTraffic, asked);

/** The figures of what a report is asked about by its id. */
export const figuresOf = async <Id>(
  loader: { load(id: Id, asked: ReportArgs): Promise<unknown> },
  id: Id,
  asked: ReportArgs,
): Promise<FiguresRow> => figures(await loader.load(id, asked), asked);

/** Rows as a single one, added up; zeros where there are none. */
export const together = (found: unknown, asked: ReportArgs): FiguresRow => {
  const all = rows(found);
  return inCurrency(all.length ? mergeRows(all) : noTraffic, asked);
};

/** The figures over all pages of a report. */
export const wholeFigures = async (load: Load, asked: ReportArgs): Promise<FiguresRow> =>
  together(await load.wholeFigures.load(0, asked), asked);

const figure = (row: FiguresRow, ...names: (keyof FiguresRow)[]): unknown => {
  const more: Record<string, unknown> = row.fields !== null && typeof row.fields === "object" ? { ...row.fields } : {};
  return names.map((name) => row[name] ?? more[name]).find((value) => value !== undefined);
};

/** Affise prints the rates of conversion as one number, or as a map by status. */
const rates = (row: FiguresRow): Record<string, unknown> | null => {
  const printed = figure(row, "cr");
  if (printed !== null && typeof printed === "object") return record(printed);
  const total = number(printed);
  return total === null ? null : { total };
};

/** All conversions for each hundred clicks; for reports that print both and no rate. */
const rateOf = (row: FiguresRow): number | null => {
  const clicks = number(record(row.traffic)?.raw);
  const conversions = number(record(record(row.actions)?.total)?.count);
  return clicks && conversions !== null ? Math.round((conversions * 10_000) / clicks) / 100 : null;
};

/** Of how many parts a row was added up. */
const partsIn = (row: FiguresRow): number => Number(row[partsColumn] ?? 1);

const notAdded = () =>
  badInput(
    "uniqueClicks",
    "uniqueClicks cannot be added up: one visitor may have come in two of the parts or rows that this is the sum of. Ask for days of one year, " +
      `at most ${mostMonths} months of them, with fewer ids at once and without having; or group by DAY too, where each row has its own.`,
  );

export const StatisticsFigures = {
  clicks: (row) => wholeCount(record(row.traffic)?.raw ?? figure(row, "clicks")),
  uniqueClicks: (row) => {
    if (partsIn(row) > 1) throw notAdded();
    return wholeCount(record(row.traffic)?.uniq ?? figure(row, "hosts"));
  },
  impressions: (row) => wholeCount(figure(row, "views")),
  trafficback: (row) => wholeCount(figure(row, "trafficback")),
  conversions: (row) => record(row.actions) ?? {},
  conversionRate: (row) => number(rates(row)?.total) ?? rateOf(row),
  conversionRates: rates,
  epc: (row) => number(figure(row, "epc")),
  affiliateEpc: (row) => number(figure(row, "affiliate_epc")),
  clickThroughRate: (row) => number(figure(row, "ctr")),
  ecpm: (row) => number(figure(row, "ecpm")),
  ratio: (row) => text(figure(row, "ratio")),
  affiliatePrice: (row) => number(figure(row, "afprice")),
  costs: (row) => number(figure(row, "costs")),
  margin: (row) => number(figure(row, "margin")),
  roi: (row) => number(figure(row, "roi")),
  clickIncome: (row) => number(figure(row, "clicks_income")),
  clickEarnings: (row) => number(figure(row, "clicks_earnings")),
  noIncome: (row) => number(figure(row, "noincome")),
} satisfies Resolvers["StatisticsFigures"];

const none = { count: 0, revenue: 0, charge: 0, earning: 0, null: 0 };

/** A status that Affise does not print had no conversions; of the amounts that this key does not see nothing is said. */
const ofStatus = (actions: Readonly<Record<string, unknown>>, status: string) => {
  const printed = record(actions[status]);
  if (printed) return printed;
  const other = Object.values(actions).find((one) => one !== null && typeof one === "object" && !Array.isArray(one));
  return other ? Object.fromEntries(Object.keys(other).map((name) => [name, 0])) : none;
};

export const ConversionFigures = {
  total: (actions) => ofStatus(actions, "total"),
  confirmed: (actions) => ofStatus(actions, "confirmed"),
  pending: (actions) => ofStatus(actions, "pending"),
  hold: (actions) => ofStatus(actions, "hold"),
  declined: (actions) => ofStatus(actions, "declined"),
} satisfies Resolvers["ConversionFigures"];

export const ConversionCount = {
  payout: column("revenue"),
  income: column("charge"),
  earnings: column("earning"),
  unpaidCount: column("null"),
};
