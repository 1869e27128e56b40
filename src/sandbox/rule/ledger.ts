import type { Affiliate } from "../model/affiliate.js";
import type { Payment } from "../model/payment.js";
import type { State } from "../model/state.js";
import type { Conversion } from "../model/traffic.js";

export const cents = (value: number): number => Math.round(value * 100) / 100;

/** What an affiliate has been paid in a currency: the completed payments. */
const paid = (state: State, affiliate: number): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const payment of state.paymentsByAffiliate.get(affiliate) ?? []) {
    if (payment.status === 2) sums.set(payment.currency, (sums.get(payment.currency) ?? 0) + paymentTotal(payment));
  }
  return sums;
};

/**
 * An affiliate's money by currency: the balance is the confirmed payouts less what was paid; of it, hold is the part
 * whose hold period has not ended yet, and available the rest.
 */
export const balancesOf = (state: State, affiliate: number): Record<string, Record<"balance" | "hold" | "available", number>> => {
  const now = state.now();
  const sums: Record<string, { confirmed: number; hold: number }> = {};
  for (const conversion of state.traffic.byAffiliate.get(affiliate) ?? []) {
    if (conversion.status !== "confirmed") continue;
    sums[conversion.currency] ??= { confirmed: 0, hold: 0 };
    const sum = sums[conversion.currency];
    if (!sum) continue;
    sum.confirmed += conversion.payout;
    if (conversion.holdUntil !== null && conversion.holdUntil > now) sum.hold += conversion.payout;
  }
  const payouts = paid(state, affiliate);
  for (const currency of payouts.keys()) sums[currency] ??= { confirmed: 0, hold: 0 };
  return Object.fromEntries(
    Object.entries(sums).map(([currency, { confirmed, hold }]) => {
      const balance = cents(confirmed - (payouts.get(currency) ?? 0));
      return [currency, { balance, hold: cents(hold), available: cents(balance - hold) }];
    }),
  );
};

/** What a payment comes to with its corrections. */
export const paymentTotal = ({ revenue, corrections }: Payment): number =>
  cents([...corrections.values()].reduce((sum, one) => sum + one.revenue, revenue));

/** What a payment of a status makes of the payment status of its conversions. */
export const paymentStatusOf = (status: number): Conversion["paymentStatus"] =>
  status === 2 ? "closed" : status === -1 ? "opened" : "pending";

type Booked = Pick<Payment, "id" | "currency" | "status" | "notes" | "posted" | "updated">;

/** A payment of an affiliate, to whom its conversions then belong. */
export const bookPayment = (
  affiliate: Affiliate,
  conversions: readonly Conversion[],
  revenue: number,
  given: Booked,
): Payment => {
  const [system] = affiliate.payment_systems;
  for (const one of conversions) {
    one.invoice = given.id;
    one.paymentStatus = paymentStatusOf(given.status);
  }
  return {
    ...given,
    affiliate: affiliate.id,
    revenue: cents(revenue),
    system: system?.id ?? 1,
    systemName: system?.system ?? "PayPath",
    account: Object.values(system?.fields ?? {})[0] ?? "",
    comment: "",
    conversions: conversions.map(({ id }) => id),
    corrections: new Map(),
  };
};
