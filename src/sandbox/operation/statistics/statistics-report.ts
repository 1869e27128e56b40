import type { Call, Routes } from "../../model/route.js";
import type { Row } from "../../model/row.js";
import type { State } from "../../model/state.js";
import { page, pageWithNext, type Window } from "../../rule/paging.js";
import type { StatisticsQuery } from "../../rule/statistics-filter.js";
import { orderSums } from "../../rule/statistics-order.js";
import { permittedSlices } from "../../rule/statistics-slice.js";
import { actionTypes, sumUp } from "../../rule/statistics-sum.js";
import { printSum } from "../../view/statistics.js";

/** The fixed reports: what each is cut by. */
const reports = {
  getbydate: ["day"],
  getbyhour: ["day", "hour"],
  getbyprogram: ["offer"],
  getbyadvertiser: ["advertiser"],
  getbyaccountmanager: ["advertiser_manager_id"],
  getbyaffiliatemanager: ["affiliate_manager_id"],
  getbypartner: ["affiliate"],
  getbypartnerbydate: ["affiliate", "day"],
  getbycountries: ["country3"],
  getbycities: ["city"],
  getbybrowsers: ["browser"],
  getbybrowsersversion: ["browser_version"],
  getbyos: ["os"],
  getbyversions: ["os", "os_version"],
  getbydevices: ["device"],
  getbydevicemodels: ["device_model"],
  getbymobilecarrier: ["isp"],
  getbyconnectiontype: ["conn_type"],
  getbylanding: ["landing"],
  getbyprelanding: ["prelanding"],
  getbygoal: ["goal"],
  getbysub: ["sub1"],
  getbytrafficback: ["trafficback_reason"],
} as const;

type Report = keyof typeof reports;

const withNextPage: readonly Report[] = ["getbydate", "getbyhour"];

/** A conversion status that is gone, which older reports still print. */
const notFound = { revenue: 0, charge: 0, earning: 0, null: 0, count: 0 };

/** What a row's landing is, keyed by its id, as recorded; an empty list for visits that saw none. */
const landingsInfo = (state: State, slice: Row, type: "landing" | "transit"): Row | [] => {
  const seen = String(slice[type === "landing" ? "landing" : "prelanding"]);
  for (const { landings } of state.offers.values()) {
    const found = landings.find((one) => one.type === type && String(one.id) === seen);
    if (found) return { [seen]: { url: found.url, preview_url: found.url_preview, title: found.title } };
  }
  return [];
};

const landingReports: Partial<Record<Report, "landing" | "transit">> = { getbylanding: "landing", getbyprelanding: "transit" };

type Shared = StatisticsQuery & Window & { orderType?: "asc" | "desc" };

const answer = (call: Call, report: Report): unknown => {
  const { state, caller } = call;
  const query = call.query as Partial<Shared> as Shared;
  const names = reports[report];
  const slices = permittedSlices(caller, names);
  const sums = sumUp(state, caller, query, slices, report === "getbygoal");
  const found = report === "getbytrafficback" ? sums.filter(({ trafficback }) => trafficback > 0) : sums;
  const ordered = orderSums(found, names, [], query.orderType ?? "asc");
  const { rows, pagination } = withNextPage.includes(report) ? pageWithNext(ordered, query) : page(ordered, query);
  const landing = landingReports[report];
  const stats = rows.map((sum) => {
    const row = printSum(caller, sum, actionTypes);
    if (report === "getbytrafficback") return { ...row, traffic: { raw: String(sum.trafficback), uniq: "0" }, actions: [] };
    const actions = caller.kind === "admin" ? { ...(row.actions as Row), not_found: notFound } : row.actions;
    return landing ? { ...row, actions, landings_info: landingsInfo(state, sum.slice, landing) } : { ...row, actions };
  });
  return { status: 1, stats, pagination };
};

/** A route for each fixed report. */
export const statisticsReport = Object.fromEntries(
  Object.keys(reports).map((report) => [`GET /3.0/stats/${report}`, (call: Call) => answer(call, report as Report)]),
) as Routes;
