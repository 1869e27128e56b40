import type { AffiliateOfferPayoutResolvers, OfferPayoutResolvers, Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { code, codes, firstSaid, list, type Row, record, splitByCommas, text, valuesIn } from "../column/decode.js";
import { affiliateKeys } from "../column/foreign-key.js";
import { type Numbered, numberedIn, subs } from "../column/numbered.js";

/** Sub values are a list, or one text with commas between them. */
const values = (value: unknown): string[] | null => {
  if (typeof value === "string") return splitByCommas(value);
  return list(value)?.map((one) => text(one) ?? "") ?? null;
};

const fields: Numbered = { most: 15, columns: (number) => [`custom_field${number}`, `cf${number}`] };

/** The fields of a payout that hold values by number. */
export const valueFields = { subs: subs(8), customFields: fields };

/** Values by number as a payout prints them. */
const numberedValues = (numbered: Numbered) => {
  const all = numberedIn(numbered);
  return (row: Row) => all(row).map(({ number, value }) => ({ number, values: () => values(value) }));
};

const payout = {
  payoutId: column("id"),
  type: column("type", "payment_type"),
  goal: column("goal", "goal_value"),
  payout: column("revenue"),
  income: column("total"),
  currency: ({ currency }) => code(currency),
  countries: ({ countries }) => codes(countries),
  excludesCountries: column("country_exclude", "exclude_countries"),
  cityIds: ({ cities }) => list(cities)?.flatMap((city) => text(record(Object(city))?.id ?? city) ?? []) ?? null,
  cities: ({ cities }) => list(cities)?.map((city) => (typeof city === "object" ? (record(city) ?? {}) : { id: city })) ?? null,
  includesRegions: column("with_regions", "include_regions"),
  oses: ({ os, oses }) => values(firstSaid(os, oses)),
  subs: numberedValues(valueFields.subs),
  customFields: numberedValues(valueFields.customFields),
} satisfies Resolvers["OfferPayout"];

export const OfferPayout: OfferPayoutResolvers = { ...payout, title: column("title", "goal_title") };

export const AffiliateOfferPayout: AffiliateOfferPayoutResolvers = {
  ...(payout as AffiliateOfferPayoutResolvers),
  ...affiliateKeys("affiliate", "partners"),
};

export const PayoutCity = {
  cityId: column("id"),
  region: column("region", "region_code"),
  country: column("country_code"),
} satisfies Resolvers["PayoutCity"];

export const CommissionTier = {
  tierId: column("id"),
  period: column("timeframe"),
  modifier: column("modifier_type"),
  target: column("modifier_payment_type"),
  goals: ({ goals }) => valuesIn(goals),
  targetGoals: ({ target_goals }) => valuesIn(target_goals),
  affiliateScope: column("affiliate_type"),
  ...affiliateKeys("affiliate", "affiliates"),
  countries: ({ countries }) => codes(countries),
  conversionStatuses: column("conversion_status"),
} satisfies Resolvers["CommissionTier"];
