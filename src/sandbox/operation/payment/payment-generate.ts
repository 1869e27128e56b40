import type { Affiliate } from "../../model/affiliate.js";
import { dateOnly } from "../../model/clock.js";
import { currencyCode } from "../../model/geo.js";
import { addTo } from "../../model/group.js";
import type { Payment } from "../../model/payment.js";
import type { BodyInput, Call } from "../../model/route.js";
import { enqueue, nextNumber, type State } from "../../model/state.js";
import type { Conversion } from "../../model/traffic.js";
import { denied, rejected } from "../../rule/failure.js";
import { bookPayment } from "../../rule/ledger.js";
import { among } from "../../rule/paging.js";
import { reachesAffiliate } from "../../rule/reach.js";

/** Books a new, waiting payment of an affiliate. */
const book = (
  state: State,
  affiliate: Affiliate,
  conversions: readonly Conversion[],
  revenue: number,
  given: Pick<Payment, "currency" | "notes">,
): void => {
  const now = state.now();
  const id = nextNumber(state, "payment");
  const payment = bookPayment(affiliate, conversions, revenue, { ...given, id, status: 1, posted: now, updated: now });
  state.payments.set(id, payment);
  addTo(state.paymentsByAffiliate, affiliate.id, payment);
};

/** One payment of a named sum. */
export const createForAffiliate = ({ state, caller, body }: Call<"POST /3.1/payments/create-for-affiliate">): unknown => {
  const affiliate = state.affiliates.get(body.aid);
  const currency = currencyCode(body.currency);
  if (!affiliate) throw rejected("aid is not the id of an affiliate");
  if (!currency) throw rejected("currency is not the id of a currency");
  if (body.sum <= 0) throw rejected("sum must be greater than 0");
  if (!reachesAffiliate(caller, affiliate, "write")) throw denied();
  enqueue(state, () => book(state, affiliate, [], body.sum, { currency, notes: body.note ?? "" }));
  return { status: 1, message: "Payment will be created in a few minutes" };
};

type Input = BodyInput<"POST /3.1/payments/generate">;

const isMeant = (body: Input, one: Conversion): boolean => {
  const date = dateOnly(one.time);
  const until = body.date_to ?? body.date;
  return (
    one.status === "confirmed" &&
    one.invoice === null &&
    one.payout > 0 &&
    (body.date_from === undefined || date >= body.date_from) &&
    (until === undefined || date <= until) &&
    among(body.offer_ids, one.offer) &&
    among(body.advertiser_ids, one.advertiser) &&
    (!body.currencies?.length || body.currencies.map((code) => code.toUpperCase()).includes(one.currency)) &&
    (!body.countries?.length ||
      body.countries.some((code) => [one.country.code, one.country.alpha3].includes(code.toUpperCase())))
  );
};

const meantAffiliates = ({ state, caller, body }: Call<"POST /3.1/payments/generate">): Affiliate[] =>
  [...state.affiliates.values()].filter(
    (one) =>
      reachesAffiliate(caller, one, "write") &&
      among(body.aid, one.id) &&
      among(body.include_aids, one.id) &&
      !body.exclude_aids?.includes(one.id),
  );

/** A payment for each affiliate and currency that has confirmed conversions without one. */
export const generate = (call: Call<"POST /3.1/payments/generate">): unknown => {
  const { state, body } = call;
  const affiliates = meantAffiliates(call);
  enqueue(state, () => {
    for (const affiliate of affiliates) {
      const due = (state.traffic.byAffiliate.get(affiliate.id) ?? []).filter((one) => isMeant(body, one));
      for (const currency of new Set(due.map((one) => one.currency))) {
        const part = due.filter((one) => one.currency === currency);
        const revenue = part.reduce((sum, one) => sum + one.payout, 0);
        book(state, affiliate, part, revenue, { currency, notes: body.note ?? "" });
      }
    }
  });
  return { status: 1, message: "Payments will be generated in a few minutes" };
};
