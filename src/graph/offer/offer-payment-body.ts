import type { Value } from "../../affise/encode.js";
import type { AffiliateOfferPayoutInput, CommissionTierInput, OfferPayoutInput } from "../../generated/schema.js";
import { columns, int, type Way } from "../mutation/write.js";
import { valueFields } from "./offer-payment.js";

const joined = (column: string) => (list: readonly string[]) => ({ [column]: list.join(",") });

const numbersTo = (column: string) => (ids: readonly string[], argument: string) => ({
  [column]: ids.map((id, index) => int(id, `${argument}.${index}`)),
});

const payoutWays: Record<string, Way> = {
  payoutId: "id",
  payout: "revenue",
  income: "total",
  excludesCountries: (excludes: boolean) => ({ country_exclude: excludes ? 1 : 0 }),
  cityIds: numbersTo("cities"),
  affiliateIds: numbersTo("partners"),
  oses: joined("os"),
  ...Object.fromEntries(valueFields.map(([field, [column]]) => [field, joined(column)])),
};

/** A payout rule, for all or for single affiliates, as the wire's body has it. */
export const payoutColumns = (input: OfferPayoutInput | AffiliateOfferPayoutInput, argument: string): Record<string, Value> =>
  columns(input, payoutWays, argument);

const tierWays: Record<string, Way> = {
  period: "timeframe",
  modifier: "modifier_type",
  target: "modifier_payment_type",
  affiliateScope: "affiliate_type",
  affiliateIds: numbersTo("affiliates"),
  conversionStatuses: "conversion_status",
};

/** A step of a payout ladder as the wire's body has it. */
export const tierColumns = (input: CommissionTierInput, argument: string): Record<string, Value> =>
  columns(input, tierWays, argument);
