import type { Value } from "../../affise/encoding/encode.js";
import { withFieldNames } from "../../affise/error/caller-words.js";
import type { AffiliateOfferPayoutInput, CommissionTierInput, OfferPayoutInput } from "../../generated/schema.js";
import { flag, list, number, record, text } from "../column/decode.js";
import { eachNumber, type Numbered, numberedColumns } from "../column/numbered.js";
import { type ColumnWriter, columns, each, int, zeroOne } from "../mutation/write.js";
import { valueFields } from "./offer-payment.js";

const joined = (column: string) => (list: readonly string[]) => ({ [column]: list.join(",") });

/** All values of one kind: what is not listed is cleared. */
const toValues =
  (numbered: Numbered) =>
  (given: readonly { number: number; values: readonly string[] }[], argument: string): Record<string, string> => ({
    ...Object.fromEntries(eachNumber(numbered).map(({ columns: [column] }) => [column, ""])),
    ...numberedColumns(numbered, given, argument, ({ values }) => values.join(",")),
  });

const numberedWays = Object.entries(valueFields).map(([field, numbered]) => [field, toValues(numbered)] as const);

/** The columns that hold values by number, each with the field it belongs to. */
const valueColumns = Object.entries(valueFields).flatMap(([field, numbered]) =>
  eachNumber(numbered).map(({ columns: [column] }) => [column, field] as const),
);

const payoutWays: Record<string, ColumnWriter> = {
  payoutId: "id",
  payout: "revenue",
  income: "total",
  excludesCountries: zeroOne("country_exclude"),
  cityIds: each("cities", int),
  affiliateIds: each("partners", int),
  oses: joined("os"),
  ...Object.fromEntries(numberedWays),
};

/** A payout rule, for all or for single affiliates, as the wire's body has it. */
export const payoutColumns = (input: OfferPayoutInput | AffiliateOfferPayoutInput, argument: string): Record<string, Value> =>
  columns(input, payoutWays, argument);

const tierWays: Record<string, ColumnWriter> = {
  period: "timeframe",
  modifier: "modifier_type",
  target: "modifier_payment_type",
  affiliateScope: "affiliate_type",
  affiliateIds: each("affiliates", int),
  conversionStatuses: "conversion_status",
};

/** A step of a payout ladder as the wire's body has it. */
export const tierColumns = (input: CommissionTierInput, argument: string): Record<string, Value> =>
  columns(input, tierWays, argument);

const commas = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === "string" ? value : (list(value) ?? []).map(String).join(",");

const cityIds = (value: unknown): number[] =>
  (list(value) ?? []).map((city) => Number(city !== null && typeof city === "object" ? record(city)?.id : city));

const relative = {
  ...{ id: ".payoutId", revenue: ".payout", total: ".income", country_exclude: ".excludesCountries", cities: ".cityIds" },
  ...{ partners: ".affiliateIds", os: ".oses" },
  ...Object.fromEntries(valueColumns.map(([column, field]) => [column, `.${field}`])),
};

/** A payout as it was read, for all or for single affiliates, in the form it can be sent again. */
export const payoutAsBody = (row: Readonly<Record<string, unknown>>): Record<string, Value> =>
  withFieldNames<Record<string, Value>>(
    {
      id: (text(row.id) && Number.isSafeInteger(Number(row.id)) ? Number(row.id) : text(row.id)) ?? undefined,
      title: text(row.title),
      type: text(row.type),
      goal: text(row.goal),
      revenue: number(row.revenue),
      total: number(row.total),
      currency: text(row.currency),
      countries: (list(row.countries) ?? []).map(String),
      country_exclude: flag(row.country_exclude) ? 1 : 0,
      cities: cityIds(row.cities),
      devices: (list(row.devices) ?? []).map(String),
      os: commas(row.os),
      baseline_value: number(row.baseline_value),
      partners: list(row.partners)?.map(Number),
      ...Object.fromEntries(valueColumns.map(([column]) => [column, commas(row[column])])),
    },
    relative,
  );
