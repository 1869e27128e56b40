import type { GraphQLResolveInfo } from "graphql";
import { badInput } from "../../affise/error/error.js";
import type { Input } from "../../contract/operation.js";
import type { Resolvers, StatisticsFilter } from "../../generated/schema.js";
import type { ReportArgs, StatisticsColumns } from "../../loaders.js";
import { connection, mapPages } from "../column/connection.js";
import { record } from "../column/decode.js";
import { numberedColumns, subs } from "../column/numbered.js";
import { selectedFields } from "../column/selected-fields.js";
import { hex, ids, int, period, toZeroOne } from "../mutation/write.js";
import { columnsFor, fieldsFor } from "./statistics-columns.js";
import { inCurrency } from "./statistics-figures.js";
import { isSortable, reportSieve } from "./statistics-sieve.js";
import { totalsOf } from "./statistics-totals.js";

type CustomQuery = Input<"GET /3.0/stats/custom">["query"];

interface ReportInput {
  from: string;
  to: string;
  filter?: StatisticsFilter;
  timezone?: string;
}

/** Affise refuses every other column beside the reasons of trafficback. */
const trafficbackFields = (figures: Set<string>): StatisticsColumns => {
  const other = [...figures].find((field) => field !== "trafficback" && field !== "__typename");
  if (!other) return ["trafficback"];
  throw badInput(
    "by",
    `by: TRAFFICBACK_REASON counts clicks that were turned away and nothing else; select figures { trafficback } alone, without ${other}.`,
  );
};

/** Affise narrows by SmartLink categories only where they are a slice; elsewhere figures would look narrowed and not be. */
const heedSmartlinks = (filter: StatisticsFilter | undefined, by: readonly string[]): void => {
  if (!filter?.smartlinkIds || by.includes("smart_id")) return;
  const argument = "filter.smartlinkIds";
  throw badInput(argument, `${argument}: Affise heeds it only where SMARTLINK is among the slices of statistics(by: …).`);
};

/** Not every report knows every column, and one that is not known is refused even where it says nothing. */
const without = (entries: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));

/**
 * A report's period, filter and exclusions as the wire names them and, for a field that has no slices of its own, the columns that the
 * selected figures need. Throws BAD_USER_INPUT naming the argument that is wrong.
 */
export const reportArgs = ({ filter, timezone, ...days }: ReportInput, info?: GraphQLResolveInfo): ReportArgs => {
  const { not } = filter ?? {};
  if (info) heedSmartlinks(filter, []);
  return {
    filter: {
      ...period(days),
      ...without({
        offer: ids(int, filter?.offerIds, "filter.offerIds"),
        partner: ids(int, filter?.affiliateIds, "filter.affiliateIds"),
        advertiser: ids(hex, filter?.advertiserIds, "filter.advertiserIds"),
        manager: ids(hex, filter?.affiliateManagerIds, "filter.affiliateManagerIds"),
        advertiser_manager_id: ids(hex, filter?.advertiserManagerIds, "filter.advertiserManagerIds"),
        country: filter?.countries,
        city: filter?.cities,
        os: filter?.oses,
        device: filter?.devices,
        goal: filter?.goals,
        currency: filter?.currencies,
        ...numberedColumns(subs(8), filter?.subs, "filter.subs", ({ values }) => values),
        offer_tag: filter?.offerTags,
        affiliate_tag: filter?.affiliateTags,
        advertiser_tag: filter?.advertiserTags,
        smart_id: ids(hex, filter?.smartlinkIds, "filter.smartlinkIds"),
        payment_status: filter?.paymentStatus?.[0],
        subaccount_id: filter?.subaccountIds,
        balance_type: filter?.balanceType,
        shave: toZeroOne(filter?.isShaved),
        nonzero: toZeroOne(filter?.nonzero),
      }),
    },
    not: without({
      not_offer_id: ids(int, not?.offerIds, "filter.not.offerIds"),
      not_affiliate_id: ids(int, not?.affiliateIds, "filter.not.affiliateIds"),
      not_advertiser_id: ids(hex, not?.advertiserIds, "filter.not.advertiserIds"),
      not_affiliate_manager_id: ids(hex, not?.affiliateManagerIds, "filter.not.affiliateManagerIds"),
      not_advertiser_manager_id: ids(hex, not?.advertiserManagerIds, "filter.not.advertiserManagerIds"),
      not_smartlink_id: ids(hex, not?.smartlinkIds, "filter.not.smartlinkIds"),
      not_country: not?.countries,
      not_offer_tag: not?.offerTags,
      not_affiliate_tag: not?.affiliateTags,
      not_advertiser_tag: not?.advertiserTags,
    }),
    timezone,
    fields: info ? columnsFor(info, []) : undefined,
  };
};

const conversionTypes = ["total", "confirmed", "pending", "hold", "declined"];

/** The conversion statuses that are selected or sorted by; nothing where that is all of them, or none. */
const typesFor = (statuses: Set<string>, sortedBy: string | undefined): string[] | undefined => {
  const asked = conversionTypes.filter((type) => statuses.has(type));
  if (!asked.length || asked.length === conversionTypes.length) return undefined;
  const sorted = conversionTypes.find((type) => sortedBy?.startsWith(`${type}_`));
  return sorted && !asked.includes(sorted) ? [...asked, sorted] : asked;
};

const below = (info: GraphQLResolveInfo, ...path: string[]) =>
  selectedFields(info, ["nodes", "figures", ...path], ["edges", "node", "figures", ...path]);

export const Query = {
  statistics: (_, { by, orderBy, having, cityLanguage, ...input }, { load }, info) => {
    heedSmartlinks(input.filter, by);
    const asked = reportArgs(input);
    const { filter, not, timezone } = asked;
    const sieve = reportSieve(having, orderBy);
    // With `having` the totals are the sum of these rows.
    const shown = having ? new Set([...below(info), ...selectedFields(info, ["totals"])]) : below(info);
    const query: CustomQuery = {
      slice: by as CustomQuery["slice"],
      filter: filter as CustomQuery["filter"],
      ...not,
      timezone,
      locale: cityLanguage,
      fields: by.includes("trafficback_reason") ? trafficbackFields(below(info)) : fieldsFor(shown),
      conversionTypes: sieve
        ? undefined
        : (typesFor(below(info, "conversions"), orderBy?.field) as CustomQuery["conversionTypes"]),
      ...(orderBy && isSortable(orderBy.field) ? { order: [orderBy.field as "raw"] } : {}),
      orderType: orderBy?.direction,
    };
    const pages = load.pages.statistics({ query, sieve });
    const marked = mapPages(pages, (row) => inCurrency(row, asked));
    return { ...connection(input, marked, { usual: 100 }), ...totalsOf(load, asked, having ? pages : undefined) };
  },
} satisfies Resolvers["Query"];

export const StatisticsRow = {
  slice: (row) => ({ ...record(row.slice), landings_info: row.landings_info }),
  figures: (row) => row,
} satisfies Resolvers["StatisticsRow"];
