import type { Caller } from "../../model/caller.js";
import type { Routes } from "../../model/route.js";
import { denied } from "../../rule/failure.js";
import { page } from "../../rule/paging.js";
import type { StatisticsQuery } from "../../rule/statistics-filter.js";
import { orderSums } from "../../rule/statistics-order.js";
import { permittedSlices } from "../../rule/statistics-slice.js";
import { type ActionType, actionTypes, sumUp } from "../../rule/statistics-sum.js";
import { printSum } from "../../view/statistics.js";
import { statisticsReport } from "./statistics-report.js";

const adminOrders = ["advertiser", "affiliate", "manager"];

const customReport = (caller: Caller, orders: readonly string[]): void => {
  if (caller.kind !== "admin" && orders.some((order) => adminOrders.includes(order))) throw denied();
};

export const statistics: Routes = {
  "GET /3.0/stats/custom": ({ state, caller, query }) => {
    const names: readonly string[] = [...new Set(query.slice)];
    const orders: readonly string[] = query.order ?? [];
    customReport(caller, orders);
    const slices = permittedSlices(caller, names);
    const sums = sumUp(state, caller, query as StatisticsQuery, slices, names.includes("goal"));
    const ordered = orderSums(sums, names, orders, query.orderType ?? "asc");
    const { rows, pagination } = page(ordered, { page: query.page ?? 1, limit: query.limit ?? 100 });
    const types: readonly ActionType[] = query.conversionTypes?.length ? query.conversionTypes : actionTypes;
    return { status: 1, stats: rows.map((sum) => printSum(caller, sum, types, query.fields)), pagination };
  },
  ...statisticsReport,
};
