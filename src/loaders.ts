import { UpstreamError } from "./affise/error/error.js";
import { idsPerCall, listRows, type Pages } from "./affise/list/list.js";
import { everyRow, rowsOfIds } from "./affise/list/list-reading.js";
import { orOlder } from "./affise/request/older-path.js";
import type { Scope } from "./affise/scope.js";
import type { Call, Session } from "./affise/session.js";
import type { Input, Operation } from "./contract/operation.js";
import type { City, Isp, ProductFeedItem, SmartlinkCategory } from "./generated/affise.js";
import { type Lists, lists, listsUnder } from "./lists.js";
import { byId, byOne, bySlice, fromAll, grouped, placedBy } from "./loading/definition.js";

/** Offers by id must ask for every status: the list's own default is active ones only. */
export const anyStatus = ["active", "stopped", "suspended"] as const;

/** A period that leaves nothing out, for lists that insist on one. */
export const anyDay = { date_from: "2000-01-01", date_to: "2099-12-31" } as const;

/** Country codes are the keys of reference data, which the contract's `x-batch` names by other ids. */
const countriesPerCall = idsPerCall("GET /3.1/regions", "country");

export type StatisticsColumns = NonNullable<Input<"GET /3.0/stats/custom">["query"]["fields"]>;

/** What a report is asked for, beside whom it is about. */
export interface ReportArgs {
  filter: Record<string, unknown> & { date_from: string; date_to: string };
  not: Record<string, unknown>;
  timezone?: string;
  /** The columns to print, where the usual ones will not do. */
  fields?: StatisticsColumns;
}

/** Whom a tracking link is for, and what it carries. */
export type TrackingLinkArgs = { affiliate_id: number } & { [sub in `sub${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`]?: string };

/** Whom a report's row is about. Throws UPSTREAM_FAILED where it does not tell: who has no row had no traffic, which nobody knows then. */
const aboutIn = (row: Record<string, unknown>, slice: string): string => {
  const about = Object(row.slice)[slice] as unknown;
  const id = about && typeof about === "object" ? (about as { id?: unknown }).id : about;
  if (id !== undefined) return String(id);
  throw new UpstreamError("UPSTREAM_FAILED", `Affise's report does not tell which ${slice} a row is about.`, {
    operation: "GET /3.0/stats/custom",
  });
};

const report = (slice: "offer" | "affiliate" | "advertiser", column: "offer" | "partner" | "advertiser") =>
  bySlice<string | number, ReportArgs, Record<string, unknown>>(
    idsPerCall("GET /3.0/stats/custom", `filter[${column}]`),
    async (call, ids, { filter, not, timezone, fields }) => {
      const query = { slice: [slice], filter: { ...filter, [column]: ids }, ...not, timezone, fields };
      const aboutOf = (row: Record<string, unknown>) => aboutIn(row, slice);
      const rows = await rowsOfIds(lists.statistics(call, { query }), ids, aboutOf);
      return placedBy("GET /3.0/stats/custom", ids, rows, aboutOf);
    },
  );

/** `byId` over a list in pages, whose rows have their id under that name. */
const byListedId = <K extends string | number, Row extends { id?: unknown }>(
  operation: Operation,
  open: (call: Call, ids: K[]) => Pages<Row>,
) =>
  byId(
    operation,
    (call, ids: readonly K[]) => rowsOfIds(open(call, [...ids]), ids),
    ({ id }) => id,
  );

const currencies = (call: Call) => listRows(call, "GET /3.0/admin/currency", "quotes", { query: { extended: 1 } });

/** A column by which a row is placed; whatever else stands there is no fault of this server, and places it nowhere. */
const placed = (column: unknown): string => String(column ?? "");

const users = (call: Call) => everyRow(lists.users(call, { query: {} }));

const operatingSystems = async (call: Call) =>
  Object.entries((await call("GET /3.1/oses")).oses ?? {}).map(([id, name]) => ({ id, name }));

/**
 * Everything this server batches, on one page: how many REST calls a field under a type may cost is said here and nowhere else.
 * `byId` and `byListedId`: many ids in one list call. `byOne`: one call an id. `fromAll`: the whole list once. `bySlice`: many ids in one report for each
 * set of arguments. Rows are placed by id; what is absent is null.
 */
const definitions = {
  offer: byListedId("GET /3.0/offers", (call, int_id: number[]) =>
    lists.offers(call, { query: { int_id, status: [...anyStatus] } }),
  ),
  offerDetail: byOne(async (call, id: number) => (await call("GET /3.0/offer/{id}", { path: { id } })).offer),
  affiliate: byListedId("GET /3.0/admin/partners", (call, id: number[]) => lists.affiliates(call, { query: { id } })),
  affiliateDetail: byOne(async (call, id: number) => (await call("GET /3.0/admin/partner/{id}", { path: { id } })).partner),
  referrals: byOne(async (call, id: number) => (await call("GET /3.0/admin/partner/{id}/referrals", { path: { id } })).referrals),
  /** For an affiliate's own key; FORBIDDEN or NOT_FOUND for any other. */
  ownProfile: byOne(async (call, _: "own") => (await call("GET /3.1/partner/me")).user),
  /** For an affiliate's own key, whatever the number. */
  ownBalance: byOne(async (call, _: number) => (await call("GET /3.0/balance")).balance),
  advertiser: byListedId("GET /3.0/admin/advertisers", (call, id: string[]) => lists.advertisers(call, { query: { id } })),
  advertiserDetail: byOne(
    async (call, id: string) => (await call("GET /3.0/admin/advertiser/{id}", { path: { id } })).advertiser,
  ),
  user: fromAll(users, (row) => row.id),
  /** By what the user signs in with, in small letters. */
  userByEmail: fromAll(users, (row) => placed(row.email).toLowerCase()),
  userDetail: byOne(async (call, id: string) => (await call("GET /3.0/admin/user/{id}", { path: { id } })).user),
  category: byListedId("GET /3.0/offer/categories", (call, ids: string[]) => lists.categories(call, { query: { ids } })),
  categoryByTitle: fromAll(
    (call) => everyRow(lists.categories(call, { query: {} })),
    (row) => row.title,
  ),
  trafficSource: fromAll(
    (call) => listRows(call, "GET /3.0/admin/offer/sources", "sources"),
    (row) => row.id,
  ),
  /** The promocodes of each offer, all of them. */
  offerPromocodes: grouped(
    idsPerCall("GET /3.1/offers/promocodes"),
    (call, ids: readonly number[]) => everyRow(lists.promocodes(call, { query: { offer_id: [...ids] } })),
    (row) => row.offer_id,
  ),
  offerAccess: byOne((call, id: number) => call("GET /3.1/offers/{id}/privacy", { path: { id } })),
  /** A POST that reads: what it is asked for does not fit into a list. */
  trackingLink: bySlice<number, TrackingLinkArgs, string>(1, async (call, ids, body) =>
    Promise.all(
      ids.map(async (offerId) => {
        const operation = "POST /3.0/admin/offer/{offerId}/tracking-link";
        const { tracking_link } = await call(operation, { path: { offerId }, body });
        if (tracking_link) return [offerId, tracking_link] as const;
        throw new UpstreamError("UPSTREAM_FAILED", "Affise's answer has no tracking link.", { operation });
      }),
    ),
  ),
  /** For an advertiser's own key. */
  ownOffer: byOne(async (call, id: number) => (await call("GET /3.1/advertiser/offers/{id}", { path: { id } })).offer),
  smartlinkCategory: byId(
    "GET /3.0/admin/smartlink/categories",
    (call, ids: readonly string[]) => listRows(call, "GET /3.0/admin/smartlink/categories", "data", { query: { id: [...ids] } }),
    (row) => row._id,
  ),
  /** For an affiliate's own key, whatever the word. */
  ownSmartlinkCategories: bySlice<"own", { id?: string[]; name?: string }, readonly SmartlinkCategory[]>(
    1,
    async (call, keys, query) => {
      const rows = await listRows(call, "GET /3.0/partner/smartlink/categories", "data", { query });
      return keys.map((key) => [key, rows] as const);
    },
  ),
  /** A feed's items for one affiliate and one offer. */
  productFeedItems: bySlice<string, { affiliate_id: number; offer_id: number }, readonly ProductFeedItem[]>(
    1,
    async (call, [product_feed_id = ""], query) => {
      const input = { path: { product_feed_id }, query };
      return [[product_feed_id, await listRows(call, "GET /3.1/product-feed/{product_feed_id}/items", "data", input)] as const];
    },
  ),
  smartlinkOffersCount: byOne(
    async (call, id: string) => (await call("GET /3.0/admin/smartlink/category/{id}/offers-count", { path: { id } })).data,
  ),
  /** For an affiliate's own key. */
  ownSmartlinkOffersCount: byOne(
    async (call, id: string) => (await call("GET /3.0/partner/smartlink/category/{id}/offers-count", { path: { id } })).data,
  ),
  ticket: byOne(async (call, id: number) => (await call("GET /3.0/admin/ticket/{id}", { path: { id } })).ticket),
  /** For an affiliate's own key. */
  newsItem: byOne(async (call, id: string) => (await call("GET /3.0/news/{id}", { path: { id } })).news),
  /** By number, which is how the wire names some. */
  currency: fromAll(currencies, (row) => row._id),
  /** By code in capitals, to find that number. */
  currencyByCode: fromAll(currencies, (row) => placed(row.code).toUpperCase()),
  /** Payments by id must give a period, so one wide enough for all. */
  payment: byListedId("GET /3.1/payments", (call, id: number[]) => lists.payments(call, { query: { ...anyDay, id } })),
  invoice: byOne(
    async (call, number: number) => (await call("GET /3.0/admin/advertiser-invoice/{number}", { path: { number } })).message,
  ),
  /** All of them in one list, under whatever key: it tells no total and has no filter. */
  presets: byOne((call, _: "all") => everyRow(lists.presets(call, { query: {} }))),
  country: fromAll(
    (call) => listRows(call, "GET /3.1/countries", "countries"),
    (row) => placed(row.code).toUpperCase(),
  ),
  countryRegions: grouped(
    countriesPerCall,
    (call, country: readonly string[]) => listRows(call, "GET /3.1/regions", "regions", { query: { country: [...country] } }),
    (row) => placed(row.country_code).toUpperCase(),
  ),
  countryCities: bySlice<string, { q?: string }, readonly City[]>(countriesPerCall, async (call, country, { q }) => {
    const cities = await listRows(call, "GET /3.1/cities", "cities", { query: { country: [...country], q } });
    return country.map((code) => [code, cities.filter((city) => placed(city.country_code).toUpperCase() === code)] as const);
  }),
  countryIsps: bySlice<string, { q?: string }, readonly Isp[]>(1, async (call, [country = ""], { q }) => [
    [country, await listRows(call, "GET /3.1/isp", "isps", { query: { country, q } })] as const,
  ]),
  osVersions: byOne(async (call, os: string) => (await call("GET /3.1/oses/{os}", { path: { os } })).versions),
  paymentSystem: fromAll(
    (call) => listRows(call, "GET /3.0/admin/payment_systems", "payment_systems"),
    (row) => Number(row.id),
  ),
  customField: fromAll(
    (call) => listRows(call, "GET /3.0/admin/custom_fields", "fields"),
    (row) => Number(row.id),
  ),
  goal: fromAll(
    (call) => listRows(call, "GET /3.0/goals", "goals"),
    (row) => Number(row.id),
  ),
  operatingSystem: fromAll(operatingSystems, (row) => Number(row.id)),
  operatingSystemByName: fromAll(operatingSystems, (row) => row.name),
  /** KPI rules can be read only all together. */
  kpiRule: fromAll(
    (call) => everyRow(lists.kpiRules(call, { query: {} })),
    (row) => String(row.id),
  ),
  /** No list takes ids of conversions. */
  conversion: byOne(async (call, id: string) => (await call("GET /3.0/stats/conversionsbyid", { query: { id } })).conversion),
  pixels: grouped(
    idsPerCall("GET /3.0/partner/pixels"),
    (call, ids: readonly number[]) => {
      const older = () =>
        ids.map((affiliate) => listRows(call, "GET /3.0/partner/pixels/{affiliate}", "pixel", { path: { affiliate } }));
      const newer = listRows(call, "GET /3.0/partner/pixels", "pixel", { query: { pid: [...ids] } });
      return orOlder(newer, async () => (await Promise.all(older())).flat());
    },
    (row) => row.pid,
  ),
  capProgress: byId(
    "GET /3.0/stats/caps",
    (call, ids: readonly number[]) => listRows(call, "GET /3.0/stats/caps", "stats", { query: { offer_id: [...ids] } }),
    (row) => row.offer_id,
  ),
  offerFigures: report("offer", "offer"),
  affiliateFigures: report("affiliate", "partner"),
  advertiserFigures: report("advertiser", "advertiser"),
  /**
   * The figures of all that is asked for: a row a year, for the reader to add up. An affiliate's or advertiser's own key sees itself alone, and
   * may not slice by itself. Whatever the number.
   */
  wholeFigures: bySlice<number, ReportArgs, readonly unknown[]>(1, async (call, ids, { filter, not, timezone, fields }) => {
    // Affise narrows by SmartLink categories only where they are a slice.
    const slice = filter.smart_id ? (["year", "smart_id"] as const) : (["year"] as const);
    const rows = await everyRow(lists.statistics(call, { query: { slice: [...slice], filter, ...not, timezone, fields } }));
    return ids.map((id) => [id, rows] as const);
  }),
};

/** The loaders of one GraphQL request. */
export type Load = { readonly [K in keyof typeof definitions]: ReturnType<(typeof definitions)[K]> } & { readonly pages: Lists };

/** Opens a request's loaders over its session, each at its first use: a request uses a few of many. The scope owns them. */
export const loadersFor = (session: Session, scope: Scope): Load => new Loaders(session, scope) as Loaders & Load;

class Loaders {
  readonly opened: Record<string, unknown> = {};

  constructor(
    readonly session: Session,
    readonly scope: Scope,
  ) {}

  get pages(): Lists {
    return listsUnder(this.session.callFor(this.scope));
  }
}
for (const [name, open] of Object.entries(definitions)) {
  Object.defineProperty(Loaders.prototype, name, {
    get(this: Loaders) {
      this.opened[name] ??= open(name, this.session, this.scope);
      return this.opened[name];
    },
  });
}
