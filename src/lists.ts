import { type ConversionQuery, conversionPages } from "./affise/list/conversion-parts.js";
import { type ListInput, listPages } from "./affise/list/list.js";
import { type ReportSieve, type StatisticsQuery, statisticsPages } from "./affise/list/statistics-parts.js";
import type { Call } from "./affise/session.js";

const listedConversions = listPages("GET /3.0/stats/conversions", "conversions");
const customStatistics = listPages("GET /3.0/stats/custom", "stats");

/** The fixed reports of statistics differ in their slice alone; most of them take and give what this one does. */
export type FixedReport = "GET /3.0/stats/getbyhour";

/**
 * The lists that are read page by page, each by a name and with what else it is asked for. A field under a type that stands on one of them
 * costs a call a page for each parent: of none of these lists can pages of several parents be asked for in one call.
 */
export const lists = {
  offers: listPages("GET /3.0/offers", "offers"),
  offersAvailableFor: listPages("GET /ui/offers/available-for/{affiliate_id}", "offers"),
  availableOffers: listPages("GET /3.0/partner/offers", "offers"),
  liveOffers: listPages("GET /3.0/partner/live-offers", "offers"),
  ownOffers: listPages("GET /3.1/advertiser/offers", "offers"),
  promocodes: listPages("GET /3.1/offers/promocodes", "data", "promocodes"),
  categories: listPages("GET /3.0/offer/categories", "categories"),
  affiliates: listPages("GET /3.0/admin/partners", "partners"),
  advertisers: listPages("GET /3.0/admin/advertisers", "advertisers"),
  users: listPages("GET /3.0/admin/users", "users"),
  presets: listPages("GET /3.1/presets", "presets"),
  tickets: listPages("GET /3.0/admin/tickets", "tickets"),
  news: listPages("GET /3.0/news", "items"),
  postbacks: listPages("GET /3.0/admin/postbacks", "postbacks"),
  receivedPostbacks: listPages("GET /3.0/stats/serverpostbacks", "postbacks"),
  sentPostbacks: listPages("GET /3.0/stats/affiliatepostbacks", "postbacks"),
  conversions: (call: Call, input: { query: ConversionQuery }) =>
    conversionPages(input.query, (query) => listedConversions(call, { query })),
  clicks: listPages("GET /3.0/stats/clicks", "clicks"),
  payments: listPages("GET /3.1/payments", "payments"),
  invoices: listPages("GET /3.0/admin/advertiser-invoices", "message"),
  adCosts: listPages("GET /3.1/adcosts", "costs"),
  statistics: (call: Call, input: { query: StatisticsQuery; sieve?: ReportSieve }) =>
    statisticsPages(input.query, (query) => customStatistics(call, { query }), input.sieve),
  report: (call: Call, { operation, ...input }: { operation: FixedReport } & ListInput<FixedReport>) =>
    listPages(operation, "stats")(call, input),
  appsflyer: listPages("GET /3.0/appsflyer_stats/getbyslice", "stats"),
  timeToAction: listPages("GET /3.0/stats/time-to-action", "data"),
  referralPayments: listPages("GET /3.0/stats/getreferralpayments", "ref_payments"),
  subValues: listPages("GET /3.0/stats/find-subs", "subs"),
  kpiRules: listPages("GET /3.1/automation/kpi", "items"),
  kpiRuleChanges: listPages("GET /3.1/automation/kpi/change-logs", "items"),
  kpiBlocks: listPages("GET /3.1/automation/kpi/block-logs", "items"),
  crAndSubBlocks: listPages("GET /3.1/automation/cr-and-sub/block-logs", "rules"),
};

type Table = typeof lists;

/** The pages of each list, under the key of one request. */
export type Lists = { readonly [K in keyof Table]: (input: Parameters<Table[K]>[1]) => ReturnType<Table[K]> };

/** The lists bound to one request's calls. */
class BoundLists {
  constructor(readonly call: Call) {}
}
for (const [name, pages] of Object.entries(lists)) {
  Object.defineProperty(BoundLists.prototype, name, {
    value(this: BoundLists, input: never) {
      return pages(this.call, input);
    },
  });
}

/** Binds the lists to one request's calls. */
export const listsUnder = (call: Call): Lists => new BoundLists(call) as BoundLists & Lists;
