import type { AdCost } from "../model/ad-cost.js";
import type { Caller } from "../model/caller.js";
import { startOfDate, type WallTime, wallClock } from "../model/clock.js";
import { inDollars, unknownProfile } from "../model/geo.js";
import type { Row } from "../model/row.js";
import type { State } from "../model/state.js";
import type { ConversionStatus, Visit } from "../model/traffic.js";
import { type StatisticsQuery, statisticsFilter } from "./statistics-filter.js";
import type { Slice } from "./statistics-slice.js";

export interface Money {
  revenue: number;
  charge: number;
  null: number;
  count: number;
}

export const actionTypes = ["total", "confirmed", "pending", "declined", "hold"] as const;

export type ActionType = (typeof actionTypes)[number];

/** One row of a report before it is printed. */
export interface Sum {
  slice: Row;
  order: (string | number)[];
  raw: number;
  uniq: number;
  views: number;
  trafficback: number;
  costs: number;
  actions: Record<ActionType, Money>;
}

const noMoney = (): Money => ({ revenue: 0, charge: 0, null: 0, count: 0 });

const nothing = (): Pick<Sum, "raw" | "uniq" | "views" | "trafficback" | "costs" | "actions"> => ({
  ...{ raw: 0, uniq: 0, views: 0, trafficback: 0, costs: 0 },
  actions: { total: noMoney(), confirmed: noMoney(), pending: noMoney(), declined: noMoney(), hold: noMoney() },
});

const addMoney = (money: Money, payout: number, revenue: number): void => {
  money.revenue += payout;
  money.charge += revenue;
  money.count += 1;
  if (payout === 0) money.null += 1;
};

const book = (sum: Sum, status: ConversionStatus, payout: number, revenue: number): void => {
  addMoney(sum.actions.total, payout, revenue);
  addMoney(sum.actions[status], payout, revenue);
};

const noTime: WallTime = { year: 0, month: 0, day: 0, hour: 0, date: "" };

const clockOf = (timezone: string | undefined): ((time: number) => WallTime) => wallClock(timezone) ?? (() => noTime);

const nowhere = { id: 0, name: "", region: "" };
const noCountry = { code: "", alpha3: "", name: "", currency: "", isps: [], cities: [] };

/** An ad cost as a visit of its day, offer and affiliate, of which nothing else is known. */
const costVisit = (state: State, { offer_id, affiliate_id, date }: AdCost, timezone: string | undefined): Visit => ({
  ...{ time: startOfDate(date, timezone), offer: offer_id, affiliate: affiliate_id },
  advertiser: state.offers.get(offer_id)?.advertiser ?? "",
  country: noCountry,
  city: nowhere,
  isp: "",
  profile: unknownProfile,
  subs: [],
  landing: null,
  prelanding: null,
  smartlink: null,
});

/**
 * Sums clicks and conversions by slices. Money is in dollars, the network's currency, unless the query filters by
 * exactly one currency, which then keeps its own.
 */
export const sumUp = (
  state: State,
  caller: Caller,
  query: StatisticsQuery,
  slices: readonly Slice[],
  isByGoal: boolean,
): Sum[] => {
  const filter = statisticsFilter(state, caller, query);
  const read = slices.some((slice) => slice.isTimed) ? clockOf(query.timezone) : () => noTime;
  const isNative = [query.filter.currency ?? []].flat().length === 1;
  const sums = new Map<string | number, Sum>();
  const [only] = slices.length === 1 ? slices : [];
  const sumOf = (visit: Visit): Sum => {
    const wall = read(visit.time);
    // One slice is the common case, and a page of offers' figures must not wait for the joining of keys.
    const order = only ? undefined : slices.map((slice) => slice.key(visit, wall, state));
    const key = only ? only.key(visit, wall, state) : (order ?? []).join("\u0000");
    const known = sums.get(key);
    if (known) return known;
    const slice = Object.assign({}, ...slices.map((one) => one.show(visit, wall, state))) as Row;
    const fresh: Sum = { slice, order: order ?? [key], ...nothing() };
    sums.set(key, fresh);
    return fresh;
  };
  const { traffic } = state;
  const clicks = filter.offers?.flatMap((id) => traffic.clicksByOffer.get(id) ?? []) ?? traffic.clicks;
  // Clicks reach no goal, so a report by goal leaves them out.
  for (const click of isByGoal ? [] : clicks) {
    if (!filter.visit(click)) continue;
    const sum = sumOf(click);
    if (click.reason !== null) {
      sum.trafficback += click.raw;
      continue;
    }
    sum.raw += click.raw;
    sum.uniq += click.uniq;
    sum.views += click.views;
  }
  const conversions = filter.offers?.flatMap((id) => traffic.byOffer.get(id) ?? []) ?? traffic.conversions.values();
  for (const one of conversions) {
    if (!filter.visit(one) || !filter.conversion(one)) continue;
    const sum = sumOf(one);
    const [payout, revenue] = isNative
      ? [one.payout, one.revenue]
      : [inDollars(one.payout, one.currency), inDollars(one.revenue, one.currency)];
    book(sum, one.status, payout, revenue);
  }
  if (slices.every(({ hasCosts }) => hasCosts)) {
    for (const cost of state.adCosts.values()) {
      const visit = costVisit(state, cost, query.timezone);
      if (filter.visit(visit)) sumOf(visit).costs += cost.costs;
    }
  }
  const all = [...sums.values()];
  return query.filter.nonzero === 1 ? all.filter((sum) => sum.actions.total.count > 0) : all;
};
