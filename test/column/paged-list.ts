import { expect } from "vitest";
import { openProxied } from "../world/proxied.js";
import type { Proxy } from "../world/proxy.js";
import type { Reply } from "../world/world.js";
import { days, week } from "./column-case.js";

/** A list of the schema that is read page by page. */
export interface List {
  field: string;
  args?: string;
  /** Columns of the row itself, no joins. */
  row: string;
  operation: string;
  /** The kind of caller under whose `viewer` the list stands. */
  inside?: "Affiliate" | "Advertiser";
  key?: string;
}

const figures = "slice { day } figures { clicks }";
const asAffiliate = { inside: "Affiliate", key: "sandbox-affiliate" } as const;

/** Every list of the schema that is read page by page. */
export const lists: List[] = [
  { field: "offers", row: "id title", operation: "GET /3.0/offers" },
  { field: "affiliates", row: "id email", operation: "GET /3.0/admin/partners" },
  { field: "advertisers", row: "id companyName", operation: "GET /3.0/admin/advertisers" },
  { field: "users", row: "id email", operation: "GET /3.0/admin/users" },
  { field: "categories", row: "id title", operation: "GET /3.0/offer/categories" },
  { field: "presets", row: "id name", operation: "GET /3.1/presets" },
  { field: "tickets", row: "id status", operation: "GET /3.0/admin/tickets" },
  { field: "conversions", row: "id status", operation: "GET /3.0/stats/conversions" },
  { field: "clicks", args: week, row: "id", operation: "GET /3.0/stats/clicks", key: "sandbox-affiliate-manager" },
  { field: "payments", row: "id", operation: "GET /3.1/payments" },
  { field: "invoices", row: "id", operation: "GET /3.0/admin/advertiser-invoices" },
  { field: "promocodes", row: "id code", operation: "GET /3.1/offers/promocodes" },
  { field: "adCosts", args: 'offerId: "1"', row: "date amount", operation: "GET /3.1/adcosts" },
  { field: "postbacks", args: 'affiliateId: "1"', row: "id url", operation: "GET /3.0/admin/postbacks" },
  { field: "receivedPostbacks", args: days, row: "id", operation: "GET /3.0/stats/serverpostbacks" },
  { field: "sentPostbacks", args: days, row: "id", operation: "GET /3.0/stats/affiliatepostbacks" },
  { field: "statistics", args: `${days}, by: [DAY]`, row: figures, operation: "GET /3.0/stats/custom" },
  { field: "report", args: `${days}, kind: OFFER`, row: figures, operation: "GET /3.0/stats/getbyprogram" },
  {
    field: "appsflyerStatistics",
    args: `${days}, by: [DATE]`,
    row: "slice { date }",
    operation: "GET /3.0/appsflyer_stats/getbyslice",
  },
  {
    field: "timeToAction",
    args: `${days}, offerId: "1", timezone: "UTC"`,
    row: "conversions",
    operation: "GET /3.0/stats/time-to-action",
  },
  { field: "referralPayments", args: days, row: "amount", operation: "GET /3.0/stats/getreferralpayments" },
  { field: "kpiRules", row: "id", operation: "GET /3.1/automation/kpi" },
  { field: "kpiRuleChanges", args: days, row: "createdAt ruleId", operation: "GET /3.1/automation/kpi/change-logs" },
  { field: "kpiBlocks", args: days, row: "createdAt offerId", operation: "GET /3.1/automation/kpi/block-logs" },
  { field: "crAndSubBlocks", args: days, row: "createdAt offerId", operation: "GET /3.1/automation/cr-and-sub/block-logs" },
  { ...asAffiliate, field: "news", row: "id", operation: "GET /3.0/news" },
  { ...asAffiliate, field: "availableOffers", row: "id", operation: "GET /3.0/partner/offers" },
  { ...asAffiliate, field: "liveOffers", row: "id", operation: "GET /3.0/partner/live-offers" },
  {
    ...asAffiliate,
    field: "subValues",
    args: 'filter: { subs: { number: 1, value: "s" } }',
    row: "subs { number value }",
    operation: "GET /3.0/stats/find-subs",
  },
  {
    inside: "Advertiser",
    key: "sandbox-advertiser",
    field: "ownOffers",
    row: "offerId",
    operation: "GET /3.1/advertiser/offers",
  },
];

export type Answer = Record<string, unknown>;
type Rows = readonly Record<string, unknown>[];

/** What holds the rows of an answer, and under which name. */
export const placeOf = (answer: Answer): [Answer, string] => {
  const inner = answer.data as Answer | undefined;
  const holder = inner && !Array.isArray(inner) ? inner : answer;
  const found = Object.keys(holder).find((name) => Array.isArray(holder[name]) || name === "items");
  if (!found) throw new Error(`no list in ${Object.keys(holder).join(", ")}`);
  return [holder, found];
};

export const withRows = (change: (rows: Rows) => unknown) => (answer: Answer) => {
  const [holder, name] = placeOf(answer);
  holder[name] = change(Object.values(holder[name] as object));
  return answer;
};

/** Takes columns away, wherever lists tell their length. */
export const without =
  (...names: string[]) =>
  (answer: Answer) => {
    for (const part of [answer, answer.data, answer.pagination])
      for (const name of names) delete (part as Answer | undefined)?.[name];
    return answer;
  };

/** Gives another length wherever a list tells it. */
export const withTotals = (total: number) => (answer: Answer) => {
  for (const holder of [answer, answer.data as Answer | undefined, answer.pagination as Answer | undefined])
    for (const name of ["total_count", "total", "all_items"]) if (holder && name in holder) holder[name] = total;
  return answer;
};

/** What an answer tells of a list. */
export interface Read {
  totalCount: number | null;
  nodes: unknown[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

/** The list of an answer without errors. */
export const listIn = ({ data, errors }: Reply, { inside }: List): Read => {
  expect(errors).toBeUndefined();
  const holder = inside ? (data.viewer as Record<string, unknown>) : data;
  return holder.list as Read;
};

/** What becomes of a list's own operation on its way. */
export interface Change {
  rewrite?: (answer: Answer, url: URL) => unknown;
  reask?: (url: URL) => URL;
  intercept?: Proxy["intercept"];
}

/** A small world behind a proxy, whose lists are asked for by their lines of the table. Close it after use. */
export const openLists = async () => {
  const small = { offers: 12, affiliates: 40, advertisers: 4, conversions: 1_500, now: new Date("2026-03-01T12:00:00Z") };
  const { world, proxy } = await openProxied(small);

  const askPage = ({ field, args = "", row, inside, key }: List, page: string): Promise<Reply> => {
    const shown = `totalCount nodes { ${row} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;
    const list = `list: ${field}(${page}${args && `, ${args}`}) { ${shown} }`;
    return world.ask(inside ? `{ viewer { ... on ${inside} { ${list} } } }` : `{ ${list} }`, { key });
  };

  const ask = (list: List, first: number, after: string | null = null): Promise<Reply> =>
    askPage(list, `first: ${first}, after: ${JSON.stringify(after)}`);

  /** Reads a list behind a changed upstream; the list's own operation is changed and nothing else. */
  const behind = async <T>({ operation }: List, change: Change, read: () => Promise<T>): Promise<T> => {
    const path = operation.slice("GET ".length);
    proxy.rewrite = change.rewrite
      ? (at, url) => (at === operation ? (answer) => change.rewrite?.(answer as Answer, url) : undefined)
      : undefined;
    proxy.reask = change.reask ? (url) => (url.pathname === path ? (change.reask?.(url) ?? url) : url) : undefined;
    proxy.intercept = change.intercept ? (at, url) => (at === operation ? change.intercept?.(at, url) : undefined) : undefined;
    try {
      return await read();
    } finally {
      proxy.rewrite = undefined;
      proxy.reask = undefined;
      proxy.intercept = undefined;
    }
  };

  return { world, ask, askPage, behind };
};
