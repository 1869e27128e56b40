import type { Caller } from "./access.js";
import { type WallTime, wallClock } from "./clock.js";
import { cents } from "./ledger.js";
import type { Row } from "./offer.js";
import { inDollars } from "./seed/geo.js";
import type { State } from "./state.js";
import { type StatisticsQuery, statisticsFilter } from "./statistics-filter.js";
import type { Slice } from "./statistics-slice.js";
import type { ConversionStatus, Visit } from "./traffic.js";

interface Money {
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
  actions: Record<ActionType, Money>;
}

const noMoney = (): Money => ({ revenue: 0, charge: 0, null: 0, count: 0 });

const nothing = (): Pick<Sum, "raw" | "uniq" | "views" | "trafficback" | "actions"> => ({
  ...{ raw: 0, uniq: 0, views: 0, trafficback: 0 },
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
  const isNative = query.filter.currency?.length === 1;
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
  for (const one of filter.offers?.flatMap((id) => traffic.byOffer.get(id) ?? []) ?? traffic.conversions.values()) {
    if (!filter.visit(one) || !filter.conversion(one)) continue;
    const sum = sumOf(one);
    const [payout, revenue] = isNative
      ? [one.payout, one.revenue]
      : [inDollars(one.payout, one.currency), inDollars(one.revenue, one.currency)];
    book(sum, one.status, payout, revenue);
  }
  const all = [...sums.values()];
  return query.filter.nonzero === 1 ? all.filter((sum) => sum.actions.total.count > 0) : all;
};

/** What of the money a caller may see: affiliates their payouts, advertisers their costs. */
const printMoney = (caller: Caller, { revenue, charge, null: none, count }: Money): Row => ({
  ...(caller.kind === "advertiser" ? {} : { revenue: cents(revenue) }),
  ...(caller.kind === "affiliate" ? {} : { charge: cents(charge) }),
  ...(caller.kind === "admin" ? { earning: cents(charge - revenue) } : {}),
  null: none,
  count,
});

const share = (part: number, whole: number, digits: number): number =>
  whole ? Math.round((part / whole) * 10 ** digits) / 10 ** digits : 0;

/** Rates and counts that stand beside actions; several of them are the same figures under other names. */
const columns: Record<string, (sum: Sum) => number | string> = {
  clicks: (sum) => String(sum.raw),
  hosts: (sum) => String(sum.uniq),
  earnings: ({ actions }) => cents(actions.confirmed.charge - actions.confirmed.revenue),
  income: ({ actions }) => cents(actions.confirmed.charge),
  noincome: ({ actions }) => actions.confirmed.null,
  payouts: ({ actions }) => cents(actions.confirmed.revenue),
  conversions: ({ actions }) => actions.confirmed.count,
  cr: ({ actions, raw }) => share(actions.confirmed.count * 100, raw, 2),
  affiliate_epc: ({ actions, raw }) => share(actions.confirmed.revenue, raw, 4),
  ratio: ({ actions, raw }) => (actions.confirmed.count ? `1:${Math.round(raw / actions.confirmed.count)}` : "0"),
  epc: ({ actions, raw }) => share(actions.confirmed.charge, raw, 4),
  trafficback: (sum) => sum.trafficback,
  ctr: ({ raw, views }) => share(raw * 100, views, 2),
  views: (sum) => sum.views,
  ecpm: ({ actions, views }) => share(actions.confirmed.charge * 1000, views, 2),
};

const usual = ["ratio", "epc", "views", "ctr", "trafficback"];

const hidden: Record<Caller["kind"], readonly string[]> = {
  admin: [],
  affiliate: ["earnings", "income", "ecpm"],
  advertiser: ["earnings", "payouts", "affiliate_epc"],
};

/** A row as it goes out; counts of traffic are texts. */
export const printSum = (caller: Caller, sum: Sum, types: readonly ActionType[], fields: readonly string[] = []): Row => {
  const extra = [...new Set(fields.length ? fields : usual)].flatMap((name) => {
    // An affiliate's earnings per click are its payouts, never the advertiser's price.
    const column = columns[name === "epc" && caller.kind === "affiliate" ? "affiliate_epc" : name];
    return column && !hidden[caller.kind].includes(name) ? [[name, column(sum)] as const] : [];
  });
  return {
    slice: sum.slice,
    traffic: { raw: String(sum.raw), uniq: String(sum.uniq) },
    actions: Object.fromEntries(types.map((type) => [type, printMoney(caller, sum.actions[type])])),
    ...Object.fromEntries(extra),
  };
};
