import type { Input } from "./affise/operation.js";
import type { Scope } from "./affise/scope.js";
import type { Session } from "./affise/session.js";
import type { City, Isp } from "./generated/affise.js";
import { byId, byOne, bySlice, fromAll, grouped } from "./loading/definition.js";

/** Offers by id must ask for every status: the list's own default is active ones only. */
export const anyStatus = ["active", "stopped", "suspended"] as const;

/** A period that leaves nothing out, for lists that insist on one. */
export const anyDay = { date_from: "2000-01-01", date_to: "2099-12-31" } as const;

/** As many ids as keep a URL under 8 KB: numbers are short, the 24 hex digits of the others are not. */
const numbers = 350;
const hexes = 200;

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

const report = (slice: "offer" | "affiliate" | "advertiser", column: "offer" | "partner" | "advertiser", max: number) =>
  bySlice<string | number, ReportArgs, { slice: Record<string, unknown> }>(
    max,
    async (call, ids, { filter, not, timezone, fields }) => {
      const { stats } = await call("GET /3.0/stats/custom", {
        query: { slice: [slice], filter: { ...filter, [column]: ids }, ...not, timezone, fields, limit: ids.length },
      });
      return stats.map((row) => {
        const about = (row.slice as Record<string, unknown>)[slice];
        return [String(about && typeof about === "object" ? (about as { id?: unknown }).id : about), row] as const;
      });
    },
  );

/**
 * Everything this server batches, on one page: how many REST calls a field under a type may cost is said here and nowhere else.
 * `byId`: many ids in one list call. `byOne`: one call an id. `fromAll`: the whole list once. `bySlice`: many ids in one report for each
 * set of arguments. Rows are placed by id; what is absent is null.
 */
const definitions = {
  offer: byId(
    numbers,
    async (call, ids: readonly number[]) =>
      (await call("GET /3.0/offers", { query: { int_id: [...ids], status: [...anyStatus], limit: ids.length } })).offers,
    (row) => row.id,
  ),
  offerDetail: byOne(async (call, id: number) => (await call("GET /3.0/offer/{id}", { path: { id } })).offer),
  affiliate: byId(
    numbers,
    async (call, ids: readonly number[]) =>
      (await call("GET /3.0/admin/partners", { query: { id: [...ids], limit: ids.length } })).partners,
    (row) => row.id,
  ),
  affiliateDetail: byOne(async (call, id: number) => (await call("GET /3.0/admin/partner/{id}", { path: { id } })).partner),
  referrals: byOne(async (call, id: number) => (await call("GET /3.0/admin/partner/{id}/referrals", { path: { id } })).referrals),
  /** For an affiliate's own key, whatever the number. */
  ownBalance: byOne(async (call, _: number) => (await call("GET /3.0/balance")).balance),
  advertiser: byId(
    hexes,
    async (call, ids: readonly string[]) =>
      (await call("GET /3.0/admin/advertisers", { query: { id: [...ids], limit: ids.length } })).advertisers,
    (row) => row.id,
  ),
  advertiserDetail: byOne(
    async (call, id: string) => (await call("GET /3.0/admin/advertiser/{id}", { path: { id } })).advertiser,
  ),
  user: fromAll(
    async (call) => {
      const read = (page: number) => call("GET /3.0/admin/users", { query: { page, limit: 500 } });
      const { users, pagination } = await read(1);
      const rest = Array.from({ length: Math.max(0, Math.ceil(pagination.total_count / 500) - 1) }, (_, index) =>
        read(index + 2),
      );
      return [...users, ...(await Promise.all(rest)).flatMap((page) => page.users)];
    },
    (row) => row.id,
  ),
  userDetail: byOne(async (call, id: string) => (await call("GET /3.0/admin/user/{id}", { path: { id } })).user),
  category: byId(
    hexes,
    async (call, ids: readonly string[]) =>
      (await call("GET /3.0/offer/categories", { query: { ids: [...ids], limit: ids.length } })).categories,
    (row) => row.id,
  ),
  categoryByTitle: fromAll(
    async (call) => (await call("GET /3.0/offer/categories", { query: {} })).categories,
    (row) => row.title,
  ),
  trafficSource: fromAll(
    async (call) => (await call("GET /3.0/admin/offer/sources")).sources,
    (row) => row.id,
  ),
  /** The promocodes of each offer, all of them. */
  offerPromocodes: grouped(
    numbers,
    async (call, ids: readonly number[]) => {
      const read = async (page: number) =>
        (await call("GET /3.1/offers/promocodes", { query: { offer_id: [...ids], page, limit: 500 } })).data;
      const { promocodes = [], total_count = 0 } = await read(1);
      const pages = Array.from({ length: Math.max(0, Math.ceil(total_count / 500) - 1) }, (_, index) => read(index + 2));
      return [...promocodes, ...(await Promise.all(pages)).flatMap((page) => page.promocodes ?? [])];
    },
    (row) => row.offer_id,
  ),
  offerAccess: byOne((call, id: number) => call("GET /3.1/offers/{id}/privacy", { path: { id } })),
  /** A POST that reads: what it is asked for does not fit into a list. */
  trackingLink: bySlice<number, TrackingLinkArgs, string>(1, async (call, ids, body) =>
    Promise.all(
      ids.map(async (offerId) => {
        const { tracking_link } = await call("POST /3.0/admin/offer/{offerId}/tracking-link", { path: { offerId }, body });
        return [offerId, tracking_link] as const;
      }),
    ),
  ),
  /** For an advertiser's own key. */
  ownOffer: byOne(async (call, id: number) => (await call("GET /3.1/advertiser/offers/{id}", { path: { id } })).offer),
  smartlinkCategory: byId(
    hexes,
    async (call, ids: readonly string[]) => (await call("GET /3.0/admin/smartlink/categories", { query: { id: [...ids] } })).data,
    (row) => row._id,
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
  currency: fromAll(
    async (call) => {
      const { quotes } = await call("GET /3.0/admin/currency", { query: { extended: 1 } });
      return Array.isArray(quotes) ? quotes : [];
    },
    (row) => row._id,
  ),
  /** Payments by id must give a period, so one wide enough for all. */
  payment: byId(
    100,
    async (call, ids: readonly number[]) =>
      (await call("GET /3.1/payments", { query: { ...anyDay, id: [...ids], limit: ids.length } })).payments,
    (row) => row.id,
  ),
  invoice: byOne(
    async (call, number: number) => (await call("GET /3.0/admin/advertiser-invoice/{number}", { path: { number } })).message,
  ),
  /** All of them in one list, under whatever key: it tells no total and has no filter, so it is read on until a page is short. */
  presets: byOne(async (call, _: "all") => {
    const presets = [];
    for (let page = 1, isLast = false; !isLast && page <= 100; page += 1) {
      const read = (await call("GET /3.1/presets", { query: { page, limit: 50 } })).presets;
      presets.push(...read);
      isLast = read.length < 50;
    }
    return presets;
  }),
  country: fromAll(
    async (call) => (await call("GET /3.1/countries")).countries,
    (row) => String(row.code).toUpperCase(),
  ),
  countryRegions: grouped(
    numbers,
    async (call, country: readonly string[]) => (await call("GET /3.1/regions", { query: { country: [...country] } })).regions,
    (row) => row.country_code?.toUpperCase(),
  ),
  countryCities: bySlice<string, { q?: string }, readonly City[]>(numbers, async (call, country, { q }) => {
    const { cities } = await call("GET /3.1/cities", { query: { country: [...country], q } });
    return country.map((code) => [code, cities.filter((city) => city.country_code?.toUpperCase() === code)] as const);
  }),
  countryIsps: bySlice<string, { q?: string }, readonly Isp[]>(1, async (call, [country = ""], { q }) => [
    [country, (await call("GET /3.1/isp", { query: { country, q } })).isps] as const,
  ]),
  osVersions: byOne(async (call, os: string) => (await call("GET /3.1/oses/{os}", { path: { os } })).versions),
  /** KPI rules can be read only all together. */
  kpiRule: fromAll(
    async (call) => {
      const read = (page: number) => call("GET /3.1/automation/kpi", { query: { page, limit: 500 } });
      const { items, pagination } = await read(1);
      const pages = Array.from({ length: Math.max(0, Math.ceil(pagination.total_count / 500) - 1) }, (_, index) =>
        read(index + 2),
      );
      return [...items, ...(await Promise.all(pages)).flatMap((page) => page.items)];
    },
    (row) => String(row.id),
  ),
  /** No list takes ids of conversions. */
  conversion: byOne(async (call, id: string) => (await call("GET /3.0/stats/conversionsbyid", { query: { id } })).conversion),
  pixels: grouped(
    numbers,
    async (call, ids: readonly number[]) =>
      Object.values((await call("GET /3.0/partner/pixels", { query: { pid: [...ids] } })).pixel),
    (row) => row.pid,
  ),
  capProgress: byId(
    numbers,
    async (call, ids: readonly number[]) => {
      const { stats } = await call("GET /3.0/stats/caps", { query: { offer_id: [...ids] } });
      return Array.isArray(stats) ? stats : [stats];
    },
    (row) => row.offer_id,
  ),
  offerFigures: report("offer", "offer", numbers),
  affiliateFigures: report("affiliate", "partner", numbers),
  advertiserFigures: report("advertiser", "advertiser", 150),
  /** An affiliate's or advertiser's own key sees itself alone and may not slice by itself: a row a year, for the reader to add up. */
  ownFigures: bySlice<string | number, ReportArgs, readonly unknown[]>(
    1,
    async (call, ids, { filter, not, timezone, fields }) => {
      const { stats } = await call("GET /3.0/stats/custom", {
        query: { slice: ["year"], filter, ...not, timezone, fields, limit: 500 },
      });
      return ids.map((id) => [id, stats] as const);
    },
  ),
};

/** The loaders of one GraphQL request. */
export type Load = { readonly [K in keyof typeof definitions]: ReturnType<(typeof definitions)[K]> };

/** Opens a request's loaders over its session, each at its first use: a request uses a few of many. The scope owns them. */
export const loadersFor = (session: Session, scope: Scope): Load => {
  const opened: Record<string, unknown> = {};
  return new Proxy(opened, {
    get: (_, name) => {
      if (typeof name !== "string") return undefined;
      opened[name] ??= Object.hasOwn(definitions, name) ? definitions[name as keyof Load](name, session, scope) : undefined;
      return opened[name];
    },
  }) as Load;
};
