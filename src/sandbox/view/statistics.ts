import type { Caller } from "../model/caller.js";
import type { Row } from "../model/row.js";
import { cents } from "../rule/ledger.js";
import { type ActionType, actionTypes, type Money, type Sum } from "../rule/statistics-sum.js";

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
const columns: Record<string, (sum: Sum) => number | string | Row> = {
  clicks: (sum) => String(sum.raw),
  hosts: (sum) => String(sum.uniq),
  earnings: ({ actions }) => cents(actions.confirmed.charge - actions.confirmed.revenue),
  income: ({ actions }) => cents(actions.confirmed.charge),
  noincome: ({ actions }) => actions.confirmed.null,
  payouts: ({ actions }) => cents(actions.confirmed.revenue),
  conversions: ({ actions }) => actions.confirmed.count,
  cr: ({ actions, raw }) => ({
    ...Object.fromEntries(actionTypes.map((type) => [type, share(actions[type].count * 100, raw, 2)])),
    not_found: 0,
  }),
  affiliate_epc: ({ actions, raw }) => share(actions.confirmed.revenue, raw, 4),
  ratio: ({ actions, raw }) => (actions.confirmed.count ? `1:${Math.round(raw / actions.confirmed.count)}` : "0"),
  epc: ({ actions, raw }) => share(actions.confirmed.charge, raw, 4),
  trafficback: (sum) => sum.trafficback,
  ctr: ({ raw, views }) => share(raw * 100, views, 2),
  views: (sum) => sum.views,
  ecpm: ({ actions, views }) => share(actions.confirmed.charge * 1000, views, 2),
  // What Affise means by it is not known.
  afprice: ({ actions }) => share(actions.confirmed.revenue, actions.confirmed.count, 2),
  costs: (sum) => cents(sum.costs),
  margin: ({ actions, costs }) => cents(actions.confirmed.charge - actions.confirmed.revenue - costs),
  roi: ({ actions, costs }) => share((actions.confirmed.charge - actions.confirmed.revenue - costs) * 100, costs, 2),
};

/** An affiliate's earnings per click and per thousand impressions are of its payouts, never of the advertiser's price. */
const ofAffiliate: typeof columns = {
  epc: ({ actions, raw }) => share(actions.confirmed.revenue, raw, 4),
  ecpm: ({ actions, views }) => share(actions.confirmed.revenue * 1000, views, 2),
};

/** What a row has when no fields are asked for: the columns of the PHP SDK's recorded answers. */
const usual = ["ratio", "epc", "cr", "views", "ctr", "ecpm", "trafficback"];

const hidden: Record<Caller["kind"], readonly string[]> = {
  admin: [],
  affiliate: ["earnings", "income", "costs", "margin", "roi"],
  advertiser: ["earnings", "payouts", "affiliate_epc", "costs", "margin", "roi", "afprice"],
};

/** Columns that Affise adds to clicks by itself and takes under no name: what is paid for clicks, which is nothing here. */
const besideClicks = { clicks_income: 0, clicks_earnings: 0 };

/** A row as it goes out; counts of traffic are texts. */
export const printSum = (caller: Caller, sum: Sum, types: readonly ActionType[], fields: readonly string[] = []): Row => {
  const extra = [...new Set(fields.length ? fields : usual)].flatMap((name) => {
    const column = (caller.kind === "affiliate" ? ofAffiliate[name] : undefined) ?? columns[name];
    return column && !hidden[caller.kind].includes(name) ? [[name, column(sum)] as const] : [];
  });
  return {
    slice: sum.slice,
    traffic: { raw: String(sum.raw), uniq: String(sum.uniq) },
    actions: Object.fromEntries(types.map((type) => [type, printMoney(caller, sum.actions[type])])),
    ...Object.fromEntries(extra),
    ...(caller.kind === "admin" && fields.includes("clicks") ? besideClicks : {}),
  };
};
