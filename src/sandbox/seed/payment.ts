import type { Affiliate } from "../model/affiliate.js";
import { day } from "../model/clock.js";
import type { Payment } from "../model/payment.js";
import { createRandom } from "../model/random.js";
import type { Conversion, Traffic } from "../model/traffic.js";
import { cents } from "../rule/ledger.js";

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
      payments.push(
        invoice(
          payments.length + 1,
          affiliate,
          currency,
          old.filter((one) => one.currency === currency),
          random.chance(0.75),
          now,
        ),
      );
    }
  }
  return payments;
};

const invoice = (
  id: number,
  affiliate: Affiliate,
  currency: string,
  conversions: readonly Conversion[],
  isPaid: boolean,
  now: number,
): Payment => {
  for (const one of conversions) {
    one.invoice = id;
    one.paymentStatus = isPaid ? "closed" : "pending";
  }
  const posted = now - 28 * day + id * 60_000;
  const system = affiliate.payment_systems[0];
  return {
    id,
    affiliate: affiliate.id,
    currency,
    status: isPaid ? 2 : 1,
    revenue: cents(conversions.reduce((sum, one) => sum + one.payout, 0)),
    system: system?.id ?? 1,
    systemName: system?.system ?? "PayPath",
    account: Object.values(system?.fields ?? {})[0] ?? "",
    comment: "",
    notes: "",
    conversions: conversions.map((one) => one.id),
    corrections: new Map(),
    posted,
    updated: posted + day,
  };
};
