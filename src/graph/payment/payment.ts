import { AffiseError } from "../../affise/error.js";
import type { Context } from "../../context.js";
import type {
  AffiliatePaymentsArgs,
  AffiliateResolvers,
  PaymentCorrectionResolvers,
  PaymentFilter,
  PaymentLineResolvers,
  PaymentResolvers,
  QueryResolvers,
} from "../../generated/schema.js";
import { anyDay, type Load } from "../../loaders.js";
import { absent } from "../column/absent.js";
import { type Connection, connection } from "../column/connection.js";
import { hexIn, numberIn, ownNumber } from "../column/joined.js";
import { entries, from, fromSingle, list, number, record, text } from "../column/read.js";
import type { PaymentRow } from "../column/row.js";
import { given, hex, ids, int, period } from "../mutation/write.js";

type Status = -1 | 1 | 2 | 3 | 4;

const hour = (value: number | null | undefined, argument: string): number | undefined => {
  if (value === null || value === undefined) return undefined;
  if (value >= 0 && value <= 23) return value;
  throw new AffiseError("BAD_USER_INPUT", `${argument}: ${value} is no hour; it is 0 to 23.`, { arguments: [argument] });
};

const paymentQuery = (filter: PaymentFilter | null | undefined) => ({
  id: ids(int, filter?.ids, "filter.ids"),
  status: filter?.status?.map((status) => Number(status) as Status),
  aid: ids(int, filter?.affiliateIds, "filter.affiliateIds"),
  manager_id: ids(hex, filter?.managerIds, "filter.managerIds"),
  payment_system: given(filter?.paymentSystemIds),
  payment_account: given(filter?.paymentAccounts),
  update_from_date: given(filter?.updatedFrom),
  update_to_date: given(filter?.updatedTo),
  update_from_hour: hour(filter?.updatedFromHour, "filter.updatedFromHour"),
  update_to_hour: hour(filter?.updatedToHour, "filter.updatedToHour"),
});

/** A connection over the payments list; `only` narrows it to what a parent stands for. */
const paymentConnection = (
  { call }: Context,
  { filter, from, to, ...page }: Partial<AffiliatePaymentsArgs>,
  only: { aid?: number[] } = {},
): Connection<PaymentRow> => {
  const days = period({ from: from ?? anyDay.date_from, to: to ?? anyDay.date_to });
  const query = { ...days, ...paymentQuery(filter), ...only };
  return connection(
    page,
    async ({ page, limit }) => {
      const { payments, pagination } = await call("GET /3.1/payments", { query: { ...query, page, limit } });
      return { rows: payments, total: pagination.total };
    },
    { max: 100 },
  );
};

export const Query = {
  payment: (_, { id }, { load }) => load.payment.load(int(id, "id")),
  payments: (_, args, context) => paymentConnection(context, args),
} satisfies QueryResolvers;

export const Affiliate = {
  payments: ({ id }, args, context) => paymentConnection(context, args, { aid: [ownNumber(id)] }),
} satisfies AffiliateResolvers;

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

const fromListed = fromSingle((row: PaymentRow, { load }: Context) => load.payment.load(ownNumber(row.id)));

const idsIn = (column: unknown): string[] => (list(column) ?? []).map((id) => text(id)).filter((id) => id !== null);

export const Payment = {
  affiliate: ({ pid }, _, { load }) => {
    const id = numberIn(pid);
    return id === null ? null : load.affiliate.load(id);
  },
  manager: ({ manager_id }, _, { load }) => {
    const id = hexIn(manager_id);
    return id === null ? null : load.user.load(id);
  },
  amount: from("revenue"),
  referralAmount: from("ref_revenue"),
  currency: from("currency_code"),
  paymentSystemId: from("pay_sys"),
  paymentSystemName: from("pay_sys_name"),
  paymentAccount: from("pay_acc"),
  note: from("notes"),
  conversionIds: from("cpa_actions"),
  conversions: ({ cpa_actions }, args, { load }) => {
    const all = idsIn(cpa_actions);
    return connection(args, async ({ page, limit }) => {
      const shown = all.slice((page - 1) * limit, page * limit);
      const rows = await Promise.all(shown.map((id) => absent(load.conversion.load(id))));
      return { rows: rows.filter((row) => row !== null), total: all.length };
    });
  },
  conversionsCount: async (row, _, { load }) => number((await detailsOf(row, load))?.count),
  referralIds: from("ref_ids"),
  lines: async (row, _, { load }) =>
    entries((await detailsOf(row, load))?.details).flatMap(([offerId, detail]) => {
      const { cost, title } = record(detail) ?? {};
      return entries(cost).map(([payout, line]) => ({ ...record(line), offerId, title, payout, payment: currencyOf(row) }));
    }),
  corrections: (row) =>
    entries(row.additional_payments).map(([id, correction]) => ({ ...record(correction), id, payment: currencyOf(row) })),
  createdAt: from("posted_date"),
  updatedAt: fromListed("updated_at"),
} satisfies PaymentResolvers;

type OfPayment = { payment: ReturnType<typeof currencyOf> };

export const PaymentLine = {
  offer: ({ offerId }, _, { load }) => {
    const id = numberIn(offerId);
    return id ? load.offer.load(id) : null;
  },
  offerTitle: from("title"),
  conversionsCount: from("count"),
  currency: (line, _, { load }) => codeOf(load, line.currency, (line as OfPayment).payment),
} satisfies PaymentLineResolvers;

export const PaymentCorrection = {
  amount: from("revenue"),
  currency: (correction, _, { load }) => codeOf(load, correction.currency, (correction as OfPayment).payment),
  createdAt: from("posted_date"),
} satisfies PaymentCorrectionResolvers;
