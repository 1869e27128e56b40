import type { Input } from "../affise/operation.js";
import type {
  ConversionFiguresResolvers,
  QueryResolvers,
  StatisticsFiguresResolvers,
  StatisticsFilter,
  StatisticsKeyResolvers,
  StatisticsRowResolvers,
} from "../generated/schema.js";
import type { ReportArgs } from "../loaders.js";
import { connection } from "./connection.js";
import { from, number, record, text } from "./read.js";
import type { FiguresRow } from "./row.js";
import { bit, given, hex, ids, int, period } from "./write.js";

type CustomQuery = Input<"GET /3.0/stats/custom">["query"];

interface ReportInput {
  from: string;
  to: string;
  filter?: StatisticsFilter | null;
  timezone?: string | null;
}

const without = (entries: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined && value !== null));

/** A report's period, filter and exclusions as the wire names them. Throws BAD_USER_INPUT naming the argument that is wrong. */
export const reportArgs = ({ filter, timezone, ...days }: ReportInput): ReportArgs => {
  const { not } = filter ?? {};
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
        os: filter?.oses,
        device: filter?.devices,
        goal: filter?.goals,
        currency: filter?.currencies,
        sub1: filter?.sub1,
        sub2: filter?.sub2,
        sub3: filter?.sub3,
        sub4: filter?.sub4,
        sub5: filter?.sub5,
        sub6: filter?.sub6,
        sub7: filter?.sub7,
        sub8: filter?.sub8,
        offer_tag: filter?.offerTags,
        affiliate_tag: filter?.affiliateTags,
        advertiser_tag: filter?.advertiserTags,
        smart_id: ids(hex, filter?.smartlinkIds, "filter.smartlinkIds"),
        payment_status: filter?.paymentStatus,
        nonzero: bit(filter?.nonzero),
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
    timezone: given(timezone),
  };
};

/** The figures of a report's row; what had no traffic has no row there and gets zeros. */
export const figures = (row: unknown): FiguresRow => record(row) ?? { traffic: { raw: 0, uniq: 0 }, actions: {} };

export const Query = {
  statistics: (_, { by, orderBy, first, after, ...input }, { call }) => {
    const { filter, not, timezone } = reportArgs(input);
    const query: CustomQuery = {
      slice: by as CustomQuery["slice"],
      filter: filter as CustomQuery["filter"],
      ...not,
      timezone,
      ...(orderBy ? { order: [orderBy.field], orderType: orderBy.direction } : {}),
    };
    return connection(
      { first, after },
      async ({ page, limit }) => {
        const { stats, pagination } = await call("GET /3.0/stats/custom", { query: { ...query, page, limit } });
        return { rows: stats, total: pagination.total_count };
      },
      { usual: 100 },
    );
  },
} satisfies QueryResolvers;

export const StatisticsRow = {
  slice: (row) => record(row.slice) ?? {},
  figures: (row) => row,
} satisfies StatisticsRowResolvers;

/** The id inside a slice, which is an object, or the id alone; 0 and "" stand for none. */
const idIn = (value: unknown): string | null => {
  const id = text(value !== null && typeof value === "object" ? record(value)?.id : value);
  return id === "0" ? null : id;
};

const two = (value: number) => String(value).padStart(2, "0");

export const StatisticsKey = {
  date: ({ year, month, day }) => {
    const [y, m, d] = [number(year), number(month), number(day)];
    return y && m && d ? `${y}-${two(m)}-${two(d)}` : null;
  },
  offer: ({ offer }, _, { load }) => {
    const id = idIn(offer);
    return id ? load.offer.load(Number(id)) : null;
  },
  affiliate: ({ affiliate }, _, { load }) => {
    const id = idIn(affiliate);
    return id ? load.affiliate.load(Number(id)) : null;
  },
  advertiser: ({ advertiser }, _, { load }) => {
    const id = idIn(advertiser);
    return id ? load.advertiser.load(id) : null;
  },
  manager: ({ manager }, _, { load }) => {
    const id = idIn(manager);
    return id ? load.user.load(id) : null;
  },
  smartlinkId: ({ smart_id }) => idIn(smart_id),
} satisfies StatisticsKeyResolvers;

const column = (row: FiguresRow, ...names: string[]): unknown => {
  const columns: Record<string, unknown> = { ...record(row), ...record(row.fields) };
  return names.map((name) => columns[name]).find((value) => value !== undefined);
};

export const StatisticsFigures = {
  clicks: (row) => number(record(row.traffic)?.raw ?? column(row, "clicks")),
  uniqueClicks: (row) => number(record(row.traffic)?.uniq ?? column(row, "hosts")),
  impressions: from("views"),
  conversions: (row) => record(row.actions) ?? {},
  conversionRate: (row) => number(column(row, "cr", "ratio")),
  clickThroughRate: from("ctr"),
} satisfies StatisticsFiguresResolvers;

const none = { count: 0, revenue: 0, charge: 0, earning: 0, null: 0 };

export const ConversionFigures = {
  total: (actions) => record(actions.total) ?? none,
  confirmed: (actions) => record(actions.confirmed) ?? none,
  pending: (actions) => record(actions.pending) ?? none,
  hold: (actions) => record(actions.hold) ?? none,
  declined: (actions) => record(actions.declined) ?? none,
} satisfies ConversionFiguresResolvers;

export const ConversionCount = {
  payout: from("revenue"),
  income: from("charge"),
  earnings: from("earning"),
  unpaidCount: from("null"),
};
