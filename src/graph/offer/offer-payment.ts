import type { Value } from "../../affise/encode.js";
import type {
  AffiliateOfferPayoutInput,
  AffiliateOfferPayoutResolvers,
  CommissionTierInput,
  CommissionTierResolvers,
  OfferPayoutInput,
  OfferPayoutResolvers,
  PayoutCityResolvers,
} from "../../generated/schema.js";
import { column } from "../column/column.js";
import { list, record, text } from "../column/decode.js";
import { affiliateIdsIn, affiliatesIn } from "../column/foreign-key.js";
import { columns, int, type Way } from "../mutation/write.js";

/** Country codes come in either case. */
export const codes = (value: unknown): string[] | null => list(value)?.map((code) => text(code)?.toUpperCase() ?? "") ?? null;

/** Sub values are a list, or one text with commas between them. */
const values = (value: unknown): string[] | null => {
  if (typeof value === "string")
    return value
      .split(",")
      .map((one) => one.trim())
      .filter(Boolean);
  return list(value)?.map((one) => text(one) ?? "") ?? null;
};

const valueFields = [
  ...Array.from({ length: 8 }, (_, index) => [`sub${index + 1}`, [`sub${index + 1}`]] as const),
  ...Array.from(
    { length: 15 },
    (_, index) => [`customField${index + 1}`, [`custom_field${index + 1}`, `cf${index + 1}`]] as const,
  ),
];

const payout = {
  type: column("type", "payment_type"),
  goal: column("goal", "goal_value"),
  payout: column("revenue"),
  income: column("total"),
  currency: ({ currency }) => text(currency)?.toUpperCase() ?? null,
  countries: ({ countries }) => codes(countries),
  excludesCountries: column("country_exclude", "exclude_countries"),
  cities: ({ cities }) => list(cities)?.map((city) => (typeof city === "object" ? (record(city) ?? {}) : { id: city })) ?? null,
  includesRegions: column("with_regions", "include_regions"),
  oses: ({ os, oses }) => values(os ?? oses),
  ...Object.fromEntries(
    valueFields.map(([field, names]) => [
      field,
      (row: Record<string, unknown>) => values(names.map((name) => row[name]).find((value) => value !== undefined)),
    ]),
  ),
} satisfies OfferPayoutResolvers;

export const OfferPayout: OfferPayoutResolvers = { ...payout, title: column("title", "goal_title") };

export const AffiliateOfferPayout: AffiliateOfferPayoutResolvers = {
  ...(payout as AffiliateOfferPayoutResolvers),
  affiliateIds: ({ partners }) => affiliateIdsIn(partners),
  affiliates: ({ partners }, _, { load }) => affiliatesIn(load, partners),
};

export const PayoutCity = {
  region: column("region", "region_code"),
  country: column("country_code"),
} satisfies PayoutCityResolvers;

/** Goals are a list of values, or a map of values to titles. */
const goalValues = (value: unknown): string[] | null => {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value.map((goal) => text(goal) ?? "") : Object.keys(record(value) ?? {});
};

export const CommissionTier = {
  period: column("timeframe"),
  modifier: column("modifier_type"),
  target: column("modifier_payment_type"),
  goals: ({ goals }) => goalValues(goals),
  targetGoals: ({ target_goals }) => goalValues(target_goals),
  affiliateScope: column("affiliate_type"),
  affiliateIds: ({ affiliates }) => affiliateIdsIn(affiliates),
  affiliates: ({ affiliates }, _, { load }) => affiliatesIn(load, affiliates),
  countries: ({ countries }) => codes(countries),
  conversionStatuses: column("conversion_status"),
} satisfies CommissionTierResolvers;

const joined = (column: string) => (list: readonly string[]) => ({ [column]: list.join(",") });

const payoutWays: Record<string, Way> = {
  payout: "revenue",
  income: "total",
  excludesCountries: (excludes: boolean) => ({ country_exclude: excludes ? 1 : 0 }),
  cityIds: (ids: string[], argument) => ({ cities: ids.map((id) => int(id, argument)) }),
  affiliateIds: (ids: string[], argument) => ({ partners: ids.map((id) => int(id, argument)) }),
  ...Object.fromEntries(valueFields.map(([field, [column]]) => [field, field.startsWith("sub") ? joined(column) : column])),
};

/** A payout rule, for all or for single affiliates, as the wire's body has it. */
export const payoutColumns = (input: OfferPayoutInput | AffiliateOfferPayoutInput): Record<string, Value> =>
  columns(input, payoutWays);

/** A step of a payout ladder as the wire's body has it. */
export const tierColumns = (input: CommissionTierInput): Record<string, Value> =>
  columns(input, {
    period: "timeframe",
    modifier: "modifier_type",
    target: "modifier_payment_type",
    affiliateScope: "affiliate_type",
    affiliateIds: (ids: string[], argument) => ({ affiliates: ids.map((id) => int(id, argument)) }),
    conversionStatuses: "conversion_status",
  });
