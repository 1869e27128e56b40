import { badInput } from "../../affise/error/error.js";
import type { Input, Operation } from "../../contract/operation.js";
import type { ReportKind, Resolvers, StatisticsFilter } from "../../generated/schema.js";
import type { FixedReport } from "../../lists.js";
import { connection, mapPages } from "../column/connection.js";
import { reportArgs } from "./statistics.js";
import { inCurrency } from "./statistics-figures.js";
import { totalsOf } from "./statistics-totals.js";

type FilterName = keyof StatisticsFilter;

interface Report {
  operation: Extract<Operation, `GET /3.0/stats/getby${string}`>;
  /** How many offers it takes; any number, and none, unless told. */
  offers?: "oneAtMost" | "some";
  /** Filters that most reports know and this one does not. */
  lacks?: readonly FilterName[];
}

const reports: Record<ReportKind, Report> = {
  date: { operation: "GET /3.0/stats/getbydate" },
  hour: { operation: "GET /3.0/stats/getbyhour" },
  offer: { operation: "GET /3.0/stats/getbyprogram" },
  advertiser: { operation: "GET /3.0/stats/getbyadvertiser" },
  advertiser_manager: { operation: "GET /3.0/stats/getbyaccountmanager" },
  affiliate: { operation: "GET /3.0/stats/getbypartner" },
  affiliate_by_date: { operation: "GET /3.0/stats/getbypartnerbydate", lacks: ["not"] },
  affiliate_manager: { operation: "GET /3.0/stats/getbyaffiliatemanager" },
  country: { operation: "GET /3.0/stats/getbycountries" },
  city: { operation: "GET /3.0/stats/getbycities" },
  browser: { operation: "GET /3.0/stats/getbybrowsers", lacks: ["not"] },
  browser_version: { operation: "GET /3.0/stats/getbybrowsersversion", lacks: ["not"] },
  os: { operation: "GET /3.0/stats/getbyos" },
  os_version: { operation: "GET /3.0/stats/getbyversions", lacks: ["not"] },
  device: { operation: "GET /3.0/stats/getbydevices" },
  device_model: { operation: "GET /3.0/stats/getbydevicemodels", lacks: ["not"] },
  carrier: { operation: "GET /3.0/stats/getbymobilecarrier" },
  connection_type: { operation: "GET /3.0/stats/getbyconnectiontype" },
  landing: { operation: "GET /3.0/stats/getbylanding", offers: "oneAtMost" },
  prelanding: { operation: "GET /3.0/stats/getbyprelanding", offers: "oneAtMost", lacks: ["not"] },
  goal: { operation: "GET /3.0/stats/getbygoal", lacks: ["not"] },
  sub1: { operation: "GET /3.0/stats/getbysub", offers: "some", lacks: ["not", "affiliateIds"] },
  trafficback: { operation: "GET /3.0/stats/getbytrafficback", lacks: ["not"] },
};

const customOnly: readonly FilterName[] = ["cities", "smartlinkIds", "paymentStatus", "subaccountIds", "balanceType", "isShaved"];

/** Throws BAD_USER_INPUT where the filter says what this report cannot heed, or leaves out what it needs. */
const heed = (kind: ReportKind, { offers, lacks = [] }: Report, filter: StatisticsFilter): void => {
  const name = kind.toUpperCase();
  const deaf = [...customOnly, ...lacks].find((field) => filter[field] !== undefined);
  if (deaf) throw badInput(`filter.${deaf}`, `filter.${deaf}: the report ${name} knows no such filter; statistics(by: …) may.`);
  const count = filter.offerIds?.length ?? 0;
  if (offers === "oneAtMost" && count > 1)
    throw badInput("filter.offerIds", `filter.offerIds: the report ${name} is about one offer or about all of them.`);
  if (offers === "some" && count === 0)
    throw badInput("filter.offerIds", `filter.offerIds: the report ${name} wants at least one offer.`);
};

export const Query = {
  report: (_, { kind, direction, cityLanguage, ...input }, { load }) => {
    const report = reports[kind];
    heed(kind, report, input.filter ?? {});
    const asked = reportArgs(input);
    const { filter, not, timezone } = asked;
    const query = {
      filter: report.offers === "oneAtMost" ? { ...filter, offer: (filter.offer as number[] | undefined)?.[0] } : filter,
      ...not,
      timezone,
      locale: cityLanguage,
      orderType: direction,
    };
    const pages = load.pages.report({
      operation: report.operation as FixedReport,
      query: query as Input<FixedReport>["query"],
    });
    const marked = mapPages(pages, (row) => inCurrency(row, asked));
    return { ...connection(input, marked, { usual: 100 }), ...totalsOf(load, asked) };
  },
} satisfies Resolvers["Query"];
