import type { GraphQLResolveInfo } from "graphql";
import type { Context } from "../../context.js";
import type { AffiliatePaymentsArgs, PaymentFilter, Resolvers } from "../../generated/schema.js";
import { anyDay, type Load } from "../../loaders.js";
import { column, detailColumn } from "../column/column.js";
import { type Connection, connection, keyedConnection } from "../column/connection.js";
import { entries, numberedEntries, record, text, texts, whole } from "../column/decode.js";
import { nullIfNotFound } from "../column/failure.js";
import { foreignKey, ownNumber } from "../column/foreign-key.js";
import { inOrder } from "../column/ordered.js";
import type { PaymentRow } from "../column/row.js";
import { hex, hourOfDay, ids, int, period } from "../mutation/write.js";

type Status = -1 | 1 | 2 | 3 | 4;

const paymentQuery = (filter: PaymentFilter | undefined) => ({
  id: ids(int, filter?.ids, "filter.ids"),
  status: filter?.status?.map((status) => Number(status) as Status),
  aid: ids(int, filter?.affiliateIds, "filter.affiliateIds"),
  manager_id: ids(hex, filter?.managerIds, "filter.managerIds"),
  payment_system: filter?.paymentSystemIds,
  payment_account: filter?.paymentAccounts,
  update_from_date: filter?.updatedFrom,
  update_to_date: filter?.updatedTo,
  update_from_hour: hourOfDay(filter?.updatedFromHour, "filter.updatedFromHour"),
  update_to_hour: hourOfDay(filter?.updatedToHour, "filter.updatedToHour"),
});

/** A connection over the payments list; `only` narrows it to what a parent stands for. */
const paymentConnection = (
  context: Context,
  { filter, from, to, orderBy, ...page }: Partial<AffiliatePaymentsArgs>,
  info: GraphQLResolveInfo,
  only: { aid?: number[] } = {},
): Connection<PaymentRow> => {
  const days = period({ from: from ?? anyDay.date_from, to: to ?? anyDay.date_to });
  const query = { ...days, ...paymentQuery(filter), ...only };
  return connection(page, inOrder(context.load.pages.payments({ query }), orderBy, context, info));
};

export const Query = {
  payment: (_, { id }, { load }) => load.payment.load(int(id, "id")),
  payments: (_, args, context, info) => paymentConnection(context, args, info),
} satisfies Resolvers["Query"];

export const Affiliate = {
  payments: ({ id }, args, context, info) => paymentConnection(context, args, info, { aid: [ownNumber(id)] }),
} satisfies Resolvers["Affiliate"];

/** The code of a currency that stands somewhere in a payment by its number. */
const codeOf = async (load: Load, currency: unknown, payment: { number: unknown; code: unknown }): Promise<string | null> => {
  const wanted = text(currency);
  if (wanted === null || wanted === text(payment.number)) return text(payment.code);
  return text((await load.currency.load(wanted))?.code);
};

const currencyOf = (row: PaymentRow) => ({ number: row.currency, code: row.currency_code });

/** What a payment is made up of stands in the list only: it is read there where the row at hand lacks it. */
const detailsOf = async (row: PaymentRow, load: Load) =>
  record("details" in row ? row.details : (await load.payment.load(ownNumber(row.id)))?.details);

const fromListed = detailColumn((row: PaymentRow, { load }: Context) => load.payment.load(ownNumber(row.id)));

export const Payment = {
  ...foreignKey("affiliate", "pid"),
  ...foreignKey("manager", "manager_id"),
  amount: column("revenue"),
  referralAmount: column("ref_revenue"),
  currency: column("currency_code"),
  paymentSystemId: column("pay_sys"),
  paymentSystemName: column("pay_sys_name"),
  paymentAccount: column("pay_acc"),
  note: column("notes"),
  conversionIds: column("cpa_actions"),
  conversions: ({ cpa_actions }, args, { load }) => {
    const all = texts(cpa_actions) ?? [];
    return keyedConnection(args, all, (ids) => Promise.all(ids.map((id) => nullIfNotFound(load.conversion.load(id)))));
  },
  conversionsCount: async (row, _, { load }) => whole((await detailsOf(row, load))?.count),
  referralIds: column("ref_ids"),
  lines: async (row, _, { load }) =>
    entries((await detailsOf(row, load))?.details).flatMap(([offerId, detail]) => {
      const { cost, title } = record(detail) ?? {};
      return numberedEntries(cost).map(([payout, line]) => ({
        ...record(line),
        offerId,
        title,
        payout,
        payment: currencyOf(row),
      }));
    }),
  corrections: (row) =>
    entries(row.additional_payments).map(([id, correction]) => ({ ...record(correction), id, payment: currencyOf(row) })),
  createdAt: column("posted_date"),
  updatedAt: fromListed("updated_at"),
} satisfies Resolvers["Payment"];

type OfPayment = { payment: ReturnType<typeof currencyOf> };

export const PaymentLine = {
  ...foreignKey("offer", "offerId"),
  offerTitle: column("title"),
  conversionsCount: column("count"),
  currency: (line, _, { load }) => codeOf(load, line.currency, (line as OfPayment).payment),
} satisfies Resolvers["PaymentLine"];

export const PaymentCorrection = {
  amount: column("revenue"),
  currency: (correction, _, { load }) => codeOf(load, correction.currency, (correction as OfPayment).payment),
  createdAt: column("posted_date"),
} satisfies Resolvers["PaymentCorrection"];
