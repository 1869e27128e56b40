import type { Value } from "../../affise/encoding/encode.js";
import { withFieldNames } from "../../affise/error/caller-words.js";
import { quoted } from "../../affise/error/quoted.js";
import type { AffiliateOfferPayoutInput, CommissionTierInput, OfferPayoutInput } from "../../generated/schema.js";
import { flag, list, type Row, text, texts, Unreadable, whole } from "../column/decode.js";
import { idIn } from "../column/foreign-key.js";
import { eachNumber, type Numbered, numberedColumns } from "../column/numbered.js";
import {
  type ColumnWriter,
  columns,
  each,
  exact,
  int,
  present,
  said,
  withCommas,
  writtenBack,
  zeroOne,
} from "../mutation/write.js";
import { valueFields } from "./offer-payment.js";

const joined = (column: string) => (list: readonly string[], argument: string) => ({ [column]: withCommas(list, argument) });

/** All values of one kind: what is not listed is cleared. */
const toValues =
  (numbered: Numbered) =>
  (given: readonly { number: number; values: readonly string[] }[], argument: string): Record<string, string> => ({
    ...Object.fromEntries(eachNumber(numbered).map(({ columns: [column] }) => [column, ""])),
    ...numberedColumns(numbered, given, argument, ({ values }, at) => withCommas(values, `${at}.values`)),
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

/** Values in one text, as bodies have them. */
const commas = (value: unknown): string | null => {
  if (value === null || typeof value === "string") return value;
  const all = texts(value) ?? [];
  const split = all.find((one) => one.includes(","));
  if (split === undefined) return all.join(",");
  throw new Unreadable(`${quoted(split, 40)} would become several values when it is written back`);
};

const numbers = (value: unknown): number[] | null => list(value)?.map(said(whole)) ?? null;

const cityIds = (value: unknown): number[] => (list(value) ?? []).map((city) => said(whole)(idIn(city)));

const relative = {
  ...{ id: ".payoutId", revenue: ".payout", total: ".income", country_exclude: ".excludesCountries", cities: ".cityIds" },
  ...{ partners: ".affiliateIds", os: ".oses" },
  ...Object.fromEntries(valueColumns.map(([column, field]) => [column, `.${field}`])),
};

/** What a payout is worth, and whom it is for: without one of these it would be another. */
const needed = {
  ...{ type: said(text), currency: said(text), goal: text, revenue: exact, total: exact },
  ...{ countries: (value: unknown) => texts(value) ?? [], country_exclude: (value: unknown) => (flag(value) ? 1 : 0) },
  ...{ cities: cityIds, devices: (value: unknown) => texts(value) ?? [], os: commas },
};

const others = {
  ...{ title: text, baseline_value: exact, partners: numbers },
  ...{ url: text, with_regions: (value: unknown) => (flag(value) ? 1 : undefined) },
  ...Object.fromEntries(valueColumns.map(([column]) => [column, commas])),
};

/** A payout as it was read, in the form it can be sent again. Throws UPSTREAM_FAILED where it would be another payout then. */
export const payoutAsBody = (row: Row): Record<string, Value> => withFieldNames(writtenBack(row, needed, others), relative);

/** As `payoutAsBody`, for a payout of single affiliates. */
export const personalPayoutAsBody = (row: Row): Record<string, Value> => {
  present(row, "partners", numbers);
  return payoutAsBody(row);
};
