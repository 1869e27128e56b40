import { AffiseError } from "../../affise/error.js";
import type { Input } from "../../affise/operation.js";
import type { ConversionFilter, OfferConversionsArgs } from "../../generated/schema.js";
import { given, hex, ids, int, period } from "../mutation/write.js";

type Query = Exclude<Input<"GET /3.0/stats/conversions">["query"], undefined>;

/** Filters want the number of a status, answers of the list print the word, a single answer the number. */
export const statusNumbers = { confirmed: 1, pending: 2, declined: 3, hold: 5 } as const;

const wrong = (argument: string, message: string) =>
  new AffiseError("BAD_USER_INPUT", `${argument} ${message}`, { arguments: [argument] });

/** An hour of the day. Throws BAD_USER_INPUT naming the argument. */
export const hourOfDay = (hour: number | null | undefined, argument: string): number | undefined => {
  if (hour === null || hour === undefined) return undefined;
  if (hour >= 0 && hour <= 23) return hour;
  throw wrong(argument, `is ${hour}; an hour of the day is 0 to 23.`);
};

/** The days conversions were changed on, with the hours, which Affise takes with both days only. */
export const changedBetween = (
  filter: Pick<ConversionFilter, "updatedFrom" | "updatedFromHour" | "updatedTo" | "updatedToHour"> | null | undefined,
  argument: string,
) => {
  const { updatedFrom, updatedTo } = filter ?? {};
  const update_from_hour = hourOfDay(filter?.updatedFromHour, `${argument}.updatedFromHour`);
  const update_to_hour = hourOfDay(filter?.updatedToHour, `${argument}.updatedToHour`);
  const hour = update_from_hour === undefined ? "updatedToHour" : "updatedFromHour";
  if ((update_from_hour ?? update_to_hour) !== undefined && !(updatedFrom && updatedTo)) {
    throw wrong(`${argument}.${hour}`, "needs updatedFrom and updatedTo.");
  }
  if (updatedFrom && updatedTo && updatedTo < updatedFrom) {
    throw wrong(`${argument}.updatedTo`, `is ${updatedTo}, before updatedFrom: ${updatedFrom}.`);
  }
  return { update_from_date: given(updatedFrom), update_from_hour, update_to_date: given(updatedTo), update_to_hour };
};

const hourIn = (hour: number | null | undefined, from: string | null | undefined, to: string | null | undefined) => {
  if (hour !== null && hour !== undefined && (!from || from !== to))
    throw wrong("filter.hour", "wants from and to to be one day.");
  return hourOfDay(hour, "filter.hour");
};

/** What a list of conversions is asked for, beside its page. */
export const conversionQuery = ({ from, to, filter, timezone }: Omit<OfferConversionsArgs, "first" | "after">): Query => ({
  ...(from && to ? period({ from, to }) : { date_from: given(from), date_to: given(to) }),
  timezone: given(timezone),
  offer: ids(int, filter?.offerIds, "filter.offerIds"),
  partner: ids(int, filter?.affiliateIds, "filter.affiliateIds"),
  advertiser: ids(hex, filter?.advertiserIds, "filter.advertiserIds"),
  status: filter?.status?.map((status) => statusNumbers[status]),
  decline_reason: given(filter?.declineReasons),
  payment_status: given(filter?.paymentStatus),
  goal_id: ids(int, filter?.goalIds, "filter.goalIds"),
  goal: given(filter?.goal),
  action_id: given(filter?.actionId),
  clickid: given(filter?.clickId),
  payouts: given(filter?.payout),
  payouts_from: given(filter?.payoutAbove),
  payouts_to: given(filter?.payoutBelow),
  revenue: given(filter?.income),
  revenue_from: given(filter?.incomeAbove),
  revenue_to: given(filter?.incomeBelow),
  currency: filter?.currencyId ? int(filter.currencyId, "filter.currencyId") : undefined,
  country: given(filter?.countries),
  device: given(filter?.device),
  os: given(filter?.os),
  browser: given(filter?.browser),
  hour: hourIn(filter?.hour, from, to),
  ...changedBetween(filter, "filter"),
  fraud_risk_level: given(filter?.fraudRiskLevels),
  fraud_type: given(filter?.fraudTypes),
  smart_id: given(filter?.smartlinkId),
  promocode: given(filter?.promocode),
  imp_id: given(filter?.impressionId),
  comment: given(filter?.comment),
  subid1: given(filter?.sub1),
  subid2: given(filter?.sub2),
  subid3: given(filter?.sub3),
  subid4: given(filter?.sub4),
  subid5: given(filter?.sub5),
  custom_field_1: given(filter?.customField1),
  custom_field_2: given(filter?.customField2),
  custom_field_3: given(filter?.customField3),
  custom_field_4: given(filter?.customField4),
  custom_field_5: given(filter?.customField5),
  custom_field_6: given(filter?.customField6),
  custom_field_7: given(filter?.customField7),
});
