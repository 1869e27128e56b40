import type {
  AffiliateOfferPayoutResolvers,
  CommissionTierResolvers,
  OfferPayoutResolvers,
  PayoutCityResolvers,
} from "../../generated/schema.js";
import { column } from "../column/column.js";
import { list, record, text } from "../column/decode.js";
import { affiliateIdsIn, affiliatesIn } from "../column/foreign-key.js";

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

/** The fields that hold sub values and custom fields, each with its columns; the first is the one that is written. */
export const valueFields = [
  ...Array.from({ length: 8 }, (_, index) => [`sub${index + 1}`, [`sub${index + 1}`]] as const),
  ...Array.from(
    { length: 15 },
    (_, index) => [`customField${index + 1}`, [`custom_field${index + 1}`, `cf${index + 1}`]] as const,
  ),
];

const payout = {
  payoutId: column("id"),
  type: column("type", "payment_type"),
  goal: column("goal", "goal_value"),
  payout: column("revenue"),
  income: column("total"),
  currency: ({ currency }) => text(currency)?.toUpperCase() ?? null,
  countries: ({ countries }) => codes(countries),
  excludesCountries: column("country_exclude", "exclude_countries"),
  cityIds: ({ cities }) => list(cities)?.flatMap((city) => text(record(Object(city))?.id ?? city) ?? []) ?? null,
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
  cityId: column("id"),
  region: column("region", "region_code"),
  country: column("country_code"),
} satisfies PayoutCityResolvers;

/** Goals are a list of values, or a map of values to titles. */
const goalValues = (value: unknown): string[] | null => {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value.map((goal) => text(goal) ?? "") : Object.keys(record(value) ?? {});
};

export const CommissionTier = {
  tierId: column("id"),
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
