import type { Offer, OfferPayment } from "../model/offer.js";
import { cents } from "./ledger.js";

/** Personal payouts come before the general ones they override. */
export const payoutsFor = (offer: Offer, affiliate: number): OfferPayment[] => [
  ...offer.partner_payments.filter((payment) => payment.partners?.includes(affiliate)),
  ...offer.payments,
];

/** What a conversion of a payout rule is worth: percent rules take their share of the sum. */
export const priceOf = (payment: OfferPayment | undefined, sum: number | null): { payout: number; revenue: number } => {
  if (!payment) return { payout: 0, revenue: 0 };
  const share = payment.type === "percent" ? (sum ?? 0) / 100 : 1;
  return { payout: cents(payment.revenue * share), revenue: cents(payment.total * share) };
};
