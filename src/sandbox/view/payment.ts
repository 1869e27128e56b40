import { spaced } from "../model/clock.js";
import { currencyId } from "../model/geo.js";
import type { Payment } from "../model/payment.js";
import type { Row } from "../model/row.js";
import type { State } from "../model/state.js";
import { paymentTotal } from "../rule/ledger.js";

const eight = (value: number): string => value.toFixed(8);

/** The conversions of a payment by offer and price. */
export const paymentDetails = (state: State, payment: Payment): Row | null => {
  if (!payment.conversions.length) return null;
  const offers: Record<string, { title: string; cost: Record<string, { count: number; currency: number }> }> = {};
  for (const id of payment.conversions) {
    const one = state.traffic.conversions.get(id);
    if (!one) continue;
    const offer = offers[one.offer] ?? { title: state.offers.get(one.offer)?.title ?? "Deleted", cost: {} };
    offers[one.offer] = offer;
    const price = eight(one.payout);
    offer.cost[price] = { count: (offer.cost[price]?.count ?? 0) + 1, currency: currencyId(payment.currency) };
  }
  return { details: offers, count: payment.conversions.length };
};

const correctionsOf = (payment: Payment): unknown => {
  const currency = String(currencyId(payment.currency));
  const entries = [...payment.corrections].map(([id, { posted, revenue, comment }]) => [
    id,
    { posted_date: spaced(posted), revenue: eight(revenue), currency, comment },
  ]);
  return entries.length ? Object.fromEntries(entries) : [];
};

export const paymentRow = (state: State, payment: Payment): Row => ({
  ...{ id: payment.id, pid: payment.affiliate, manager_id: state.affiliates.get(payment.affiliate)?.manager ?? null },
  ...{ posted_date: spaced(payment.posted), pay_sys: payment.system, pay_sys_name: payment.systemName, pay_acc: payment.account },
  ...{ status: String(payment.status), revenue: eight(paymentTotal(payment)), ref_revenue: null },
  currency: String(currencyId(payment.currency)),
  currency_code: payment.currency,
  comment: payment.comment,
  notes: payment.notes,
  cpa_actions: payment.conversions,
  ref_ids: [],
  additional_payments: correctionsOf(payment),
  updated_at: spaced(payment.updated),
});
