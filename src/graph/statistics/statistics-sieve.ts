import { badInput, InputError } from "../../affise/error/error.js";
import { figureIn, type StatisticsRow } from "../../affise/list/statistics-merge.js";
import type { ReportSieve } from "../../affise/list/statistics-parts.js";
import { operationInfo } from "../../contract/operation.js";
import { resolve } from "../../contract/schema.js";
import type { NumberBounds, StatisticsHaving, StatisticsOrder } from "../../generated/schema.js";
import { number } from "../column/decode.js";

/** Each figure by its name in a row. */
const figures: Record<keyof StatisticsHaving, string> = {
  clicks: "raw",
  totalCount: "total_count",
  totalPayout: "total_revenue",
  totalIncome: "total_charge",
  totalEarnings: "total_earning",
  confirmedCount: "confirmed_count",
  confirmedPayout: "confirmed_revenue",
  confirmedIncome: "confirmed_charge",
  confirmedEarnings: "confirmed_earning",
  pendingCount: "pending_count",
  holdCount: "hold_count",
  declinedCount: "declined_count",
  conversionRate: "cr",
  epc: "epc",
  affiliateEpc: "affiliate_epc",
};

interface Condition extends NumberBounds {
  argument: string;
  figure: string;
}

const conditionsOf = (having: StatisticsHaving): Condition[] =>
  Object.entries(having).flatMap(([name, bounds]: [string, NumberBounds | null]) => {
    if (!bounds) return [];
    const argument = `having.${name}`;
    const { atLeast, atMost } = bounds;
    if (typeof atLeast !== "number" && typeof atMost !== "number")
      throw badInput(argument, `${argument} says neither atLeast nor atMost.`);
    if (typeof atLeast === "number" && typeof atMost === "number" && atLeast > atMost)
      throw badInput(argument, `${argument}: atLeast is more than atMost, so that no row fits.`);
    return [{ argument, figure: figures[name as keyof StatisticsHaving], atLeast, atMost }];
  });

/** A figure as a number. Throws FORBIDDEN where the key does not see it. */
const seen = (row: StatisticsRow, figure: string, argument: string): number => {
  const value = number(figureIn(row, figure));
  if (value !== null) return value;
  throw new InputError("FORBIDDEN", `${argument}: Affise does not show that figure to this key, or not by these slices.`, {
    arguments: [argument],
  });
};

const holds = (row: StatisticsRow, { argument, figure, atLeast, atMost }: Condition): boolean => {
  const value = seen(row, figure, argument);
  return value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY);
};

const sortable = new Set(
  resolve(
    resolve(operationInfo("GET /3.0/stats/custom").parameters.find(({ name }) => name === "order")?.schema).items,
  ).enum?.map(String),
);

/** Whether Affise can sort a report so. */
export const isSortable = (order: string): boolean => sortable.has(order);

/** What is done with a report because Affise has no way to; undefined where it can do all. Throws BAD_USER_INPUT for bounds that bound nothing. */
export const reportSieve = (
  having: StatisticsHaving | undefined,
  orderBy: StatisticsOrder | undefined,
): ReportSieve | undefined => {
  const conditions = conditionsOf(having ?? {});
  const order = orderBy && !isSortable(orderBy.field) ? orderBy.field : undefined;
  if (!conditions.length && !order) return undefined;
  return {
    argument: order ? "orderBy" : "having",
    order,
    keep: (row) => {
      // A slice such as sub7 is no figure.
      if (order && !order.startsWith("sub")) seen(row, order, "orderBy");
      return conditions.every((condition) => holds(row, condition));
    },
  };
};
