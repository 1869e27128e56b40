import type { Column } from "./list.js";

const moneyNames = new Set([
  ...["payout", "income", "earnings", "amount", "referralAmount", "balance", "hold", "available", "sum", "revenue"],
]);
const countNames = new Set([
  ...["clicks", "uniqueClicks", "impressions", "trafficback", "preinstalls", "count", "unpaidCount", "conversionsCount"],
  ...["actions", "conversions"],
]);
// Prices and rates: two of them added up mean nothing.
const prices = /(^|\.)(payouts|lines|conversionRates|commissionTiers)\./;

const nameOf = ({ parts }: Column): string => parts.at(-1) ?? "";

/** Whether a column holds sums of money. */
export const isMoney = (column: Column): boolean => moneyNames.has(nameOf(column)) && !prices.test(column.path);

/** Whether the numbers of a column may be added up. */
export const addsUp = (column: Column): boolean =>
  isMoney(column) || (countNames.has(nameOf(column)) && !prices.test(column.path));

/** The column with the currency of a money column: beside it, or further out in the same row. */
export const currencyOf = (column: Column, columns: readonly Column[]): Column | undefined => {
  if (!isMoney(column)) return undefined;
  for (let depth = column.parts.length - 1; depth >= 0; depth -= 1) {
    const outer = column.parts.slice(0, depth).join(".");
    const found = columns.find(({ path }) => path === (outer ? `${outer}.currency` : "currency"));
    if (found) return found;
  }
  return columns.find(({ path }) => path === "slice.currency");
};

/** Sums by currency; the empty name is for what has none. */
export type Sums = ReadonlyMap<string, number>;
