import type { Affiliate } from "../model/affiliate.js";
import { day } from "../model/clock.js";
import type { Payment } from "../model/payment.js";
import { createRandom } from "../model/random.js";
import type { Traffic } from "../model/traffic.js";
import { bookPayment } from "../rule/ledger.js";

/**
 * Payments of affiliates: for two in five of those who earned anything, an invoice over the confirmed conversions that
 * are older than thirty days. Three quarters are completed, the others wait.
 */
export const seedPayments = (traffic: Traffic, affiliates: readonly Affiliate[], now: number): Payment[] => {
  const random = createRandom("payments");
  const payments: Payment[] = [];
  for (const affiliate of affiliates) {
    if (!random.chance(0.4)) continue;
    const old = (traffic.byAffiliate.get(affiliate.id) ?? []).filter(
      (one) => one.status === "confirmed" && one.time < now - 30 * day && one.payout > 0,
    );
    for (const currency of new Set(old.map((one) => one.currency))) {
      const part = old.filter((one) => one.currency === currency);
      const revenue = part.reduce((sum, one) => sum + one.payout, 0);
      const id = payments.length + 1;
      const posted = now - 28 * day + id * 60_000;
      const status = random.chance(0.75) ? 2 : 1;
      payments.push(bookPayment(affiliate, part, revenue, { id, currency, status, notes: "", posted, updated: posted + day }));
    }
  }
  return payments;
};
