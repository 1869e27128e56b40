import type { Advertiser } from "../model/advertiser.js";
import { dateOnly, day } from "../model/clock.js";
import { groupBy } from "../model/group.js";
import type { Invoice } from "../model/invoice.js";
import { createRandom } from "../model/random.js";
import type { Traffic } from "../model/traffic.js";

/** Invoices to advertisers over the confirmed conversions of the month before last month's end, by offer. */
export const seedInvoices = (advertisers: readonly Advertiser[], traffic: Traffic, now: number): Invoice[] => {
  const random = createRandom("invoices");
  const from = now - 60 * day;
  const to = now - 30 * day;
  const due = [...traffic.conversions.values()].filter(
    (one) => one.status === "confirmed" && one.time >= from && one.time < to && one.currency === "USD",
  );
  const byAdvertiser = groupBy(due, (one) => one.advertiser);
  return advertisers.map((advertiser, index) => {
    const list = byAdvertiser.get(advertiser.id) ?? [];
    const offers = [...new Set(list.map((one) => one.offer))].slice(0, 12);
    return {
      number: index + 1,
      supplier_id: advertiser.id,
      created_at: now - 29 * day,
      updated_at: now - random.int(1, 28) * day,
      start_date: dateOnly(from),
      end_date: dateOnly(to),
      status: random.chance(0.6) ? "paid" : "unpaid",
      detail: offers.map((offer) => {
        const part = list.filter((one) => one.offer === offer);
        const amount = Math.round(part.reduce((sum, one) => sum + one.revenue, 0));
        return { offer_id: offer, payout_type: "RPA", actions: part.length, amount, comment: null };
      }),
      currency: "USD",
      comment: random.chance(0.3) ? null : "",
    };
  });
};
