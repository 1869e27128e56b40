import type { Caller } from "../../model/caller.js";
import type { Query, Routes } from "../../model/route.js";
import { denied, rejected } from "../../rule/failure.js";
import { page } from "../../rule/paging.js";
import { requireMonths } from "../../rule/period.js";
import type { StatisticsQuery } from "../../rule/statistics-filter.js";
import { reportOnce } from "../../rule/statistics-memo.js";
import { orderSums } from "../../rule/statistics-order.js";
import { permittedSlices, type Slice } from "../../rule/statistics-slice.js";
import { actionTypes, sumUp } from "../../rule/statistics-sum.js";
import { printSum } from "../../view/statistics.js";
import { statisticsReport } from "./statistics-report.js";

const adminOrders = ["advertiser", "affiliate", "manager"];

/** What Affise's own form class refuses beyond the names of slices and columns. */
const refuseCombination = ({ filter, slice, fields = [] }: Query<"GET /3.0/stats/custom">, slices: readonly Slice[]): void => {
  requireMonths(filter.date_from, filter.date_to, 6);
  if (slice.includes("trafficback_reason") && (fields.length !== 1 || fields[0] !== "trafficback")) {
    throw rejected("bad request: rule trafficback_reason only work with fields: trafficback");
  }
  const ofCosts = fields.filter((name) => ["costs", "margin", "roi"].includes(name));
  if (ofCosts.length && !slices.every(({ hasCosts }) => hasCosts)) {
    throw rejected(`bad request: ${ofCosts.join(", ")} cannot be used with these slices`);
  }
};

/** SmartLink categories narrow only where they are a slice. */
const heard = (query: StatisticsQuery, names: readonly string[]): StatisticsQuery =>
  names.includes("smart_id") ? query : { ...query, filter: { ...query.filter, smart_id: undefined } };

const customReport = (caller: Caller, orders: readonly string[]): void => {
  if (caller.kind !== "admin" && orders.some((order) => adminOrders.includes(order))) throw denied();
};

export const statistics: Routes = {
  "GET /3.0/stats/custom": ({ state, caller, query }) => {
    const names: readonly string[] = [...new Set(query.slice)];
    const orders: readonly string[] = query.order ?? [];
    customReport(caller, orders);
    const slices = permittedSlices(caller, names);
    refuseCombination(query, slices);
    const ordered = reportOnce(state, caller, query, () => {
      const sums = sumUp(state, caller, heard(query as StatisticsQuery, names), slices, names.includes("goal"));
      return orderSums(sums, names, orders, query.orderType ?? "asc");
    });
    const { rows, pagination } = page(ordered, { ...query, page: query.page || undefined });
    const types = query.conversionTypes?.length
      ? actionTypes.filter((type) => query.conversionTypes?.includes(type))
      : actionTypes;
    return { status: 1, stats: rows.map((sum) => printSum(caller, sum, types, query.fields)), pagination };
  },
  ...statisticsReport,
};
