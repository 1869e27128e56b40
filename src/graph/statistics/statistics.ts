import type { GraphQLResolveInfo } from "graphql";
import { badInput } from "../../affise/error.js";
import type { Input } from "../../affise/operation.js";
import { partsColumn } from "../../affise/statistics-merge.js";
import { mostMonths } from "../../affise/statistics-parts.js";
import type {
  ConversionFiguresResolvers,
  QueryResolvers,
  StatisticsFiguresResolvers,
  StatisticsFilter,
  StatisticsKeyResolvers,
  StatisticsRowResolvers,
} from "../../generated/schema.js";
import type { ReportArgs, StatisticsColumns } from "../../loaders.js";
import { column } from "../column/column.js";
import { connection } from "../column/connection.js";
import { number, record, text } from "../column/decode.js";
import { foreignKey, hexIn } from "../column/foreign-key.js";
import type { FiguresRow } from "../column/row.js";
import { selectedFields } from "../column/selected-fields.js";
import { hex, ids, int, period, toZeroOne } from "../mutation/write.js";

type CustomQuery = Input<"GET /3.0/stats/custom">["query"];

interface ReportInput {
  from: string;
  to: string;
  filter?: StatisticsFilter | null;
  timezone?: string | null;
}

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
};

const usual: StatisticsColumns = ["clicks", "hosts", "conversions", "income", "payouts", "earnings"];

/**
 * The columns that the selected figures need. Nothing is named where the usual ones do; some of the others want a permission or a feature
 * of the network, so they are named only when somebody looks at them.
 */
const fieldsFor = (figures: Set<string>): StatisticsColumns | undefined => {
  const more = Object.entries(extras).flatMap(([field, column]) => (figures.has(field) ? [column] : []));
  return more.length ? [...usual, ...more] : undefined;
};

/** Affise refuses every other column beside the reasons of trafficback. */
const trafficbackFields = (figures: Set<string>): StatisticsColumns => {
  const other = [...figures].find((field) => field !== "trafficback" && field !== "__typename");
  if (!other) return ["trafficback"];
  throw badInput(
    "by",
    `by: TRAFFICBACK_REASON counts clicks that were turned away and nothing else; select figures { trafficback } alone, without ${other}.`,
  );
};

const without = (entries: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined && value !== null));

/**
 * A report's period, filter and exclusions as the wire names them, and the columns that the selected figures need. Throws BAD_USER_INPUT
 * naming the argument that is wrong.
 */
export const reportArgs = ({ filter, timezone, ...days }: ReportInput, info?: GraphQLResolveInfo): ReportArgs => {
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
    timezone: timezone ?? undefined,
    fields: info ? fieldsFor(selectedFields(info, [])) : undefined,
  };
};

/** The figures of a report's row; what had no traffic has no row there and gets zeros. */
export const figures = (row: unknown): FiguresRow => record(row) ?? { traffic: { raw: 0, uniq: 0 }, actions: {} };

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
  statistics: (_, { by, orderBy, first, after, cityLanguage, ...input }, { load }, info) => {
    const { filter, not, timezone } = reportArgs(input);
    const query: CustomQuery = {
      slice: by as CustomQuery["slice"],
      filter: filter as CustomQuery["filter"],
      ...not,
      timezone,
      locale: cityLanguage ?? undefined,
      fields: by.includes("trafficback_reason") ? trafficbackFields(below(info)) : fieldsFor(below(info)),
      conversionTypes: typesFor(below(info, "conversions"), orderBy?.field) as CustomQuery["conversionTypes"],
      ...(orderBy ? { order: [orderBy.field], orderType: orderBy.direction } : {}),
    };
    return connection({ first, after }, load.pages.statistics({ query }), { usual: 100 });
  },
} satisfies QueryResolvers;

export const StatisticsRow = {
  slice: (row) => ({ ...record(row.slice), landings_info: row.landings_info }),
  figures: (row) => row,
} satisfies StatisticsRowResolvers;

/** What names another row inside a slice, which is an object, or the id alone. */
const namedIn = (value: unknown): unknown => (value !== null && typeof value === "object" ? record(value)?.id : value);

const offer = foreignKey("offer", "offer");
const affiliate = foreignKey("affiliate", "affiliate");
const advertiser = foreignKey("advertiser", "advertiser");
const manager = foreignKey("user", "manager");
const affiliateManager = foreignKey("user", "affiliate_manager_id");
const advertiserManager = foreignKey("user", "advertiser_manager_id");

/** Traffic from a city that Affise does not know has the number 0 there. */
const known = (value: unknown): unknown => (value === 0 || value === "0" ? null : value);

/** A city's number, where its number stands there and not its name. */
const numberOf = (value: unknown): string | null => {
  const id = text(known(value));
  return id && /^\d+$/.test(id) ? id : null;
};

const countryCode = (value: unknown) => text(value)?.toUpperCase() ?? null;

/** A landing stands in the slice by its id; the rest stands beside the figures, keyed by that id. */
const landingIn = (type: "landing" | "transit", slice: unknown, known: unknown) => {
  const id = text(namedIn(slice));
  if (!id || id === "0") return null;
  const { title, url, preview_url } = record(record(known)?.[id]) ?? {};
  return { id, type, title, url, url_preview: preview_url };
};

const two = (value: number) => String(value).padStart(2, "0");

export const StatisticsKey = {
  date: ({ year, month, day }) => {
    const [y, m, d] = [number(year), number(month), number(day)];
    return y && m && d ? `${y}-${two(m)}-${two(d)}` : null;
  },
  offerId: offer.id,
  offer: offer.row,
  affiliateId: affiliate.id,
  affiliate: affiliate.row,
  advertiserId: advertiser.id,
  advertiser: advertiser.row,
  managerId: manager.id,
  manager: manager.row,
  affiliateManagerId: affiliateManager.id,
  affiliateManager: affiliateManager.row,
  advertiserManagerId: advertiserManager.id,
  advertiserManager: advertiserManager.row,
  smartlinkId: ({ smart_id }) => hexIn(namedIn(smart_id)),
  country: ({ country }) => countryCode(country),
  countryInfo: ({ country }, _, { load }) => {
    const code = countryCode(country);
    return code ? load.country.load(code) : null;
  },
  city: ({ city }) => text(city !== null && typeof city === "object" ? record(city)?.name : known(city)),
  cityId: ({ city }) => numberOf(namedIn(city)),
  carrier: column("isp"),
  connectionType: column("conn_type"),
  landing: ({ landing, landings_info }) => landingIn("landing", landing, landings_info),
  prelanding: ({ prelanding, landings_info }) => landingIn("transit", prelanding, landings_info),
} satisfies StatisticsKeyResolvers;

const figure = (row: FiguresRow, ...names: string[]): unknown => {
  const more = row.fields !== null && typeof row.fields === "object" ? row.fields : {};
  const columns: Record<string, unknown> = { ...record(row), ...more };
  return names.map((name) => columns[name]).find((value) => value !== undefined);
};

/** Affise prints the rates of conversion as one number, or as a map by status. */
const rates = (row: FiguresRow): Record<string, unknown> | null => {
  const printed = figure(row, "cr");
  if (printed !== null && typeof printed === "object") return record(printed);
  const total = number(printed);
  return total === null ? null : { total };
};

/** All conversions for each hundred clicks; for reports that print both and no rate. */
const rateOf = (row: FiguresRow): number | null => {
  const clicks = number(record(row.traffic)?.raw);
  const count = number(record(record(row.actions)?.total)?.count);
  return clicks && count !== null ? Math.round((count * 10_000) / clicks) / 100 : null;
};

/** Of how many parts a row was added up. */
const partsIn = (row: FiguresRow): number => Number(row[partsColumn] ?? 1);

const notAdded = () =>
  badInput(
    "uniqueClicks",
    `uniqueClicks cannot be added up over parts of a report: one visitor may have come in two of them. Ask for at most ${mostMonths} months ` +
      "and fewer ids at once, or group by DAY too.",
  );

export const StatisticsFigures = {
  clicks: (row) => number(record(row.traffic)?.raw ?? figure(row, "clicks")),
  uniqueClicks: (row) => {
    if (partsIn(row) > 1) throw notAdded();
    return number(record(row.traffic)?.uniq ?? figure(row, "hosts"));
  },
  impressions: (row) => number(figure(row, "views")),
  trafficback: (row) => number(figure(row, "trafficback")),
  conversions: (row) => record(row.actions) ?? {},
  conversionRate: (row) => number(rates(row)?.total) ?? rateOf(row),
  conversionRates: rates,
  epc: (row) => number(figure(row, "epc")),
  affiliateEpc: (row) => number(figure(row, "affiliate_epc")),
  clickThroughRate: (row) => number(figure(row, "ctr")),
  ecpm: (row) => number(figure(row, "ecpm")),
  ratio: (row) => text(figure(row, "ratio")),
  noIncome: (row) => number(figure(row, "noincome")),
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
  payout: column("revenue"),
  income: column("charge"),
  earnings: column("earning"),
  unpaidCount: column("null"),
};
