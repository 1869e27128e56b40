import type { GraphQLResolveInfo } from "graphql";
import type { StatisticsColumns } from "../../loaders.js";
import { selectedFields } from "../column/selected-fields.js";

/** Figures that Affise works out only when they are asked for by name. */
const extras: Record<string, StatisticsColumns[number]> = {
  impressions: "views",
  trafficback: "trafficback",
  conversionRate: "cr",
  conversionRates: "cr",
  epc: "epc",
  affiliateEpc: "affiliate_epc",
  clickThroughRate: "ctr",
  ecpm: "ecpm",
  ratio: "ratio",
  noIncome: "noincome",
  affiliatePrice: "afprice",
  costs: "costs",
  margin: "margin",
  roi: "roi",
  clickIncome: "clicks",
  clickEarnings: "clicks",
};

const usual: StatisticsColumns = ["clicks", "hosts", "conversions", "income", "payouts", "earnings"];

/**
 * The columns that the selected figures need. Nothing is named where the usual ones do; some of the others want a permission or a feature
 * of the network, so they are named only when somebody looks at them.
 */
export const fieldsFor = (figures: Set<string>): StatisticsColumns | undefined => {
  const more = Object.entries(extras).flatMap(([field, column]) => (figures.has(field) ? [column] : []));
  return more.length ? [...new Set([...usual, ...more])] : undefined;
};

/** The columns that some selected figures need. */
export const columnsFor = (info: GraphQLResolveInfo, ...paths: string[][]): StatisticsColumns | undefined =>
  fieldsFor(selectedFields(info, ...paths));
