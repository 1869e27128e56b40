import type { Context } from "../../context.js";
import type { Resolvers } from "../../generated/schema.js";
import { column, detailColumn } from "../column/column.js";
import { connection } from "../column/connection.js";
import { entries, list, record, texts } from "../column/decode.js";
import { nullIfNotFound } from "../column/failure.js";
import { foreignKey, ownNumber } from "../column/foreign-key.js";
import type { AffiliateRow } from "../column/row.js";
import { hex, ids, int } from "../mutation/write.js";
import { reportArgs } from "../statistics/statistics.js";
import { figuresOf, wholeFigures } from "../statistics/statistics-figures.js";
import { userIn } from "../user/user.js";
import { subRules } from "./sub-account.js";

export const Query = {
  affiliate: (_, { id }, { load }) => load.affiliate.load(int(id, "id")),

  affiliates: (_, { filter, orderBy, ...page }, { load }) => {
    const query = {
      id: ids(int, filter?.ids, "filter.ids"),
      search: filter?.search,
      status: filter?.status?.[0],
      manager: ids(hex, filter?.managerIds, "filter.managerIds"),
      updated_at: filter?.updatedFrom,
      field: filter?.customFieldValues,
      with_balance: filter?.hasBalance ? (1 as const) : undefined,
      order: orderBy?.field ?? "id",
      orderType: orderBy?.direction ?? "asc",
    };
    return connection(page, load.pages.affiliates({ query }));
  },
} satisfies Resolvers["Query"];

const fromDetail = detailColumn((row: AffiliateRow, { load }: Context) =>
  nullIfNotFound(load.affiliateDetail.load(ownNumber(row.id))),
);

/** What a balance is made of; the last two are words of Affise's newest client, and have no field here. */
const parts = new Set(["balance", "hold", "available", "withdrawal", "pending"]);

/** Amounts by currency: a map of three amounts each, or three maps of one amount each. An affiliate's own key has met both. */
const balances = (whole: unknown) =>
  entries(whole).some(([name]) => parts.has(name))
    ? byPart(whole)
    : entries(whole).map(([currency, amounts]) => ({ currency, ...record(amounts) }));

const byPart = (whole: unknown) => {
  const parts = entries(whole).map(([part, amounts]) => [part, Object.fromEntries(entries(amounts))] as const);
  const currencies = [...new Set(parts.flatMap(([, amounts]) => Object.keys(amounts)))];
  return currencies.map((currency) => ({
    currency,
    ...Object.fromEntries(parts.map(([part, amounts]) => [part, amounts[currency]])),
  }));
};

/** Tags are text in lists, and have a number beside their name in single rows. */
const tagNames = (tags: unknown): string[] | null =>
  texts(list(tags)?.map((tag) => (tag !== null && typeof tag === "object" ? record(tag)?.name : tag)));

export const Affiliate = {
  companyName: column("login"),
  managerId: foreignKey("manager", "manager", "manager_id").managerId,
  manager: ({ manager }, _, { load }) => userIn(load, manager),
  balances: async (row, _, { load }) => {
    if (row.viewer) return balances(await load.ownBalance.load(0));
    return "balance" in row && row.balance !== null ? balances(row.balance) : null;
  },
  tags: async (row, _, { load }) => {
    if ("tags" in row || row.viewer) return tagNames(row.tags);
    return tagNames((await load.affiliate.load(ownNumber(row.id)))?.tags);
  },
  referralPercent: column("ref_percent"),
  ...foreignKey("referrer", "ref"),
  referrals: async ({ id }, _, { load }) =>
    list(await load.referrals.load(ownNumber(id)))?.map((referred): AffiliateRow => record(referred) ?? {}) ?? null,
  level: fromDetail("level"),
  language: column("lang"),
  workHours: fromDetail("work_hours"),
  tipaltiPayeeId: fromDetail("tipalti_payee_id"),
  tipaltiStatus: fromDetail("tipalti_status"),
  subAccounts: ({ sub_accounts }) => subRules(sub_accounts),
  statistics: ({ id, viewer }, args, { load }, info) => {
    const asked = reportArgs(args, info);
    return viewer ? wholeFigures(load, asked) : figuresOf(load.affiliateFigures, ownNumber(id), asked);
  },
} satisfies Resolvers["Affiliate"];

export const AffiliatePaymentSystem = {
  systemId: column("id"),
  name: column("system"),
  isActive: column("active"),
  fields: ({ fields }) =>
    Array.isArray(fields)
      ? fields.map((value: unknown) => ({ field: null, value }))
      : entries(fields).map(([field, value]) => ({ field, value })),
} satisfies Resolvers["AffiliatePaymentSystem"];
