import { dateOnly, dayFirst, spaced, wallClock } from "../../model/clock.js";
import { currencyId } from "../../model/geo.js";
import { groupBy } from "../../model/group.js";
import type { Call, Query, Routes } from "../../model/route.js";
import { numbered, type Row } from "../../model/row.js";
import type { Conversion, Visit } from "../../model/traffic.js";
import { denied, rejected } from "../../rule/failure.js";
import { cents } from "../../rule/ledger.js";
import { among, listed, page, sorted } from "../../rule/paging.js";
import { knownOffer, reachesVisit } from "../../rule/reach.js";
import { spanOf } from "../../rule/statistics-filter.js";

const eventName = (one: Conversion): string => one.goal.toLowerCase().replace(/[^a-z0-9]+/g, "_");

const isEvent = (one: Conversion, event: string): boolean =>
  [one.goal.toLowerCase(), eventName(one), one.goalValue].includes(event.toLowerCase());

/** One row for an affiliate and day: how many of the base event's count reached each of the others. */
const retentionRow = (list: readonly Conversion[], base: string, events: readonly string[]): Row => {
  const count = (event: string): number => list.filter((one) => isEvent(one, event)).length;
  const total = count(base);
  return {
    [`${base}_count`]: total,
    ...Object.fromEntries(events.map((event) => [`rr_${event}`, total ? cents((count(event) / total) * 100) : 0])),
  };
};

const isWord = (text: string): boolean => /^[a-z]/i.test(text);

const subNames = ["sub1", "sub2", "sub3", "sub4", "sub5", "sub6", "sub7", "sub8"] as const;

const appSlices: Record<string, (visit: Visit) => string> = {
  date: ({ time }) => dateOnly(time),
  app_id: ({ offer }) => `id${offer}`,
  event_name: (visit) => (visit as Conversion).goal ?? "click",
  city: ({ city }) => String(city.id),
  country: ({ country }) => country.code,
  isp: ({ isp }) => isp,
  os: ({ profile }) => profile.os,
  device: ({ profile }) => profile.device,
  ...Object.fromEntries(subNames.map((name, index) => [name, ({ subs }: Visit) => subs[index] ?? ""])),
};

/** Filters by the slice that each looks at; the others have their slice's name. */
const appFilters: Record<string, string> = { country_code: "country", city_id: "city", device_type: "device" };

const appRows = ({ state, caller, query }: Call<"GET /3.0/appsflyer_stats/getbyslice">): Row[] => {
  const [from, to] = spanOf(query.filter.date_from, query.filter.date_to, undefined);
  const isMeant = (one: Visit): boolean =>
    Object.entries(query.filter).every(([name, wanted]) => {
      const slice = appSlices[appFilters[name] ?? name];
      return !slice || among([wanted].flat().map(String), slice(one));
    });
  const signed = new Set(
    [...state.offers.values()].filter((offer) => offer.columns.sign_clicks_integration === "appsflyer").map(({ id }) => id),
  );
  const rows = new Map<
    string,
    { slice: Record<string, string>; clicks: number; impressions: number; preinstalls: number; revenue: number }
  >();
  const rowOf = (visit: Visit) => {
    const slice = Object.fromEntries(query.slice.map((name) => [name, appSlices[name]?.(visit) ?? ""]));
    const key = JSON.stringify(slice);
    const row = rows.get(key) ?? { slice, clicks: 0, impressions: 0, preinstalls: 0, revenue: 0 };
    rows.set(key, row);
    return row;
  };
  const isIn = (one: Visit): boolean =>
    signed.has(one.offer) && one.time >= from && one.time < to && reachesVisit(state, caller, one) && isMeant(one);
  for (const click of state.traffic.clicks.filter(isIn)) {
    const row = rowOf(click);
    row.clicks += click.raw;
    row.impressions += click.views;
  }
  for (const one of [...state.traffic.conversions.values()].filter(isIn)) {
    const row = rowOf(one);
    row.revenue = cents(row.revenue + (caller.kind === "affiliate" ? one.payout : one.revenue));
  }
  return [...rows.values()];
};

type ReferralQuery = Query<"GET /3.0/stats/getreferralpayments">;

const isWanted = <T extends string | number>(one: T | undefined, many: readonly T[] | undefined, value: T): boolean =>
  among(one, value) && among(many, value);

/** A referral payment: what the affiliate who referred another gets of the other's confirmed payouts. */
const referralRows = ({ state, caller }: Call, query: ReferralQuery): Row[] => {
  const [from, to] = spanOf(dayFirst(query.date_from), dayFirst(query.date_to), query.timezone);
  return [...state.affiliates.values()].flatMap((referred) => {
    const referrer = referred.ref === null ? undefined : state.affiliates.get(referred.ref);
    if (!referrer || (caller.kind === "affiliate" && caller.affiliate.id !== referrer.id)) return [];
    if (!isWanted(query.pid, query.pids, referrer.id) || !isWanted(query.ref, query.refs, referred.id)) return [];
    const earned = (state.traffic.byAffiliate.get(referred.id) ?? []).filter(
      (one) => one.status === "confirmed" && one.time >= from && one.time < to,
    );
    const percent = Number(referrer.ref_percent || 0) || 2;
    return [
      ...groupBy(
        earned,
        (one) => `${one.currency}|${one.paymentStatus === "closed" ? 1 : one.paymentStatus === "pending" ? 2 : 0}`,
      ),
    ].flatMap(([key, list]) => {
      const [currency = "", paid = "0"] = key.split("|");
      if (!isWanted(query.is_paid as number | undefined, query.payment_statuses as number[] | undefined, Number(paid))) return [];
      if (!isWanted(query.currency, query.currencies, currencyId(currency)) || (query.status ?? 1) !== 1) return [];
      const total = list.reduce((sum, one) => sum + one.payout, 0) * (percent / 100);
      return {
        pid: String(referrer.id),
        ref: String(referred.id),
        status: "1",
        is_paid: paid,
        currency,
        count: String(list.length),
        max_created_at: spaced(Math.max(...list.map((one) => one.time))),
        date_registration_partner: spaced(referred.created_at),
        sum_revenue: total.toFixed(5),
      };
    });
  });
};

export const report: Routes = {
  "GET /3.0/stats/find-subs": ({ state, caller, query }) => {
    if (caller.kind !== "affiliate") throw denied();
    const own = state.traffic.clicks.filter((click) => click.affiliate === caller.affiliate.id);
    const wanted = subNames.map((name) => query[name]);
    const found = own.filter(({ subs }) =>
      wanted.every((text, index) => text === undefined || (subs[index] ?? "").includes(text)),
    );
    const sets = [...groupBy(found, ({ subs }) => subs.join("|")).values()].flatMap(([first]) => first ?? []);
    return listed("subs", page(sets, query), ({ subs }) => numbered("sub", subs));
  },
  "GET /3.0/stats/retentionrate": (call) => {
    const { state, query } = call;
    const events = query.events.flatMap((text) => text.split(",")).map((text) => text.trim());
    if (![query.base_event, ...events].every(isWord)) throw rejected("base_event and events must begin with a letter");
    const id = query.offer_id ?? query.offer;
    if (id === undefined) throw rejected("offer_id is required");
    const offer = knownOffer(call, id, "read");
    const [from, to] = spanOf(query.date_from, query.date_to, query.timezone);
    const read = wallClock(query.timezone);
    const found = (state.traffic.byOffer.get(offer.id) ?? []).filter(
      (one) => one.time >= from && one.time < to && among(query.affiliate_id, one.affiliate),
    );
    const groups = [...groupBy(found, (one) => `${one.affiliate}|${read?.(one.time).date}`)];
    const wanted = query.page === undefined && query.limit === undefined ? groups : page(groups, query).rows;
    const stats = wanted.map(([key, list]) => {
      const [affiliate = "", date = ""] = key.split("|");
      return { affiliate_id: Number(affiliate), date, ...retentionRow(list, query.base_event, events) };
    });
    return state.ugly.has("conversion") ? stats : { status: 1, stats };
  },
  "GET /3.0/stats/time-to-action": (call) => {
    const { state, query } = call;
    const offer = knownOffer(call, query.offer_id, "read");
    const [from, to] = spanOf(query.date_from, query.date_to, query.timezone);
    const isIn = (one: Visit): boolean => one.time >= from && one.time < to && among(query.affiliate_ids, one.affiliate);
    const clicks = groupBy(
      (state.traffic.clicksByOffer.get(offer.id) ?? []).filter((one) => one.reason === null && isIn(one)),
      (one) => String(one.affiliate),
    );
    const conversions = (state.traffic.byOffer.get(offer.id) ?? []).filter(
      (one) => isIn(one) && (query.goal === undefined || isEvent(one, query.goal)),
    );
    const byAffiliate = groupBy(conversions, (one) => String(one.affiliate));
    const ids = sorted([...new Set([...clicks.keys(), ...byAffiliate.keys()])], Number);
    const { rows, pagination } = page(ids, query);
    const data = rows.map((id) => {
      const affiliate = state.affiliates.get(Number(id));
      const seconds = (byAffiliate.get(id) ?? []).map((one) => (one.time - one.clickTime) / 1000);
      return {
        ...{ affiliate_id: Number(id), affiliate_name: affiliate?.name ?? "", affiliate_email: affiliate?.email ?? "" },
        ...{ clicks: (clicks.get(id) ?? []).reduce((sum, one) => sum + one.raw, 0), total_conversions: seconds.length },
        tta_30: seconds.filter((one) => one <= 30).length,
        tta_600: seconds.filter((one) => one > 30 && one <= 600).length,
        tta_inf: seconds.filter((one) => one > 600).length,
      };
    });
    return { data, status: 1, pagination, statusCode: 200 };
  },
  "GET /3.0/stats/getreferralpayments": (call) => {
    const rows = call.caller.kind === "advertiser" ? [] : referralRows(call, call.query);
    return listed("ref_payments", page(rows, call.query));
  },
  "GET /3.0/appsflyer_stats/getbyslice": (call) => {
    const { query } = call;
    const column = query.sort;
    const value = (row: Row): string | number | null =>
      column === undefined ? null : ((row[column] ?? (row.slice as Row)[column]) as string | number | null);
    const ordered = column === undefined ? appRows(call) : sorted(appRows(call), value, query.order ?? "asc");
    return listed("stats", page(ordered, query));
  },
};
