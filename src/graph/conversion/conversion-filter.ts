import { badInput } from "../../affise/error/error.js";
import { quoted } from "../../affise/error/quoted.js";
import type { Input } from "../../contract/operation.js";
import type { ConversionFilter, OfferConversionsArgs } from "../../generated/schema.js";
import type { PageArgs } from "../column/connection.js";
import { customFields, type Numbered, numberedColumns, onlyValue } from "../column/numbered.js";
import { hex, hourOfDay, ids, int, period, toZeroOne } from "../mutation/write.js";

type Query = Exclude<Input<"GET /3.0/stats/conversions">["query"], undefined>;

/** Filters want the number of a status, answers of the list print the word, a single answer the number. */
export const statusNumbers = { confirmed: 1, pending: 2, declined: 3, not_found: 4, hold: 5, banned: 6 } as const;

/** The days conversions were changed on, with the hours, which Affise takes with both days only. */
export const changedBetween = (
  filter: Pick<ConversionFilter, "updatedFrom" | "updatedFromHour" | "updatedTo" | "updatedToHour"> | undefined,
  argument: string,
) => {
  const { updatedFrom, updatedTo } = filter ?? {};
  const update_from_hour = hourOfDay(filter?.updatedFromHour, `${argument}.updatedFromHour`);
  const update_to_hour = hourOfDay(filter?.updatedToHour, `${argument}.updatedToHour`);
  const hour = update_from_hour === undefined ? "updatedToHour" : "updatedFromHour";
  if ((update_from_hour ?? update_to_hour) !== undefined && !(updatedFrom && updatedTo)) {
    throw badInput(`${argument}.${hour}`, `${argument}.${hour} needs updatedFrom and updatedTo.`);
  }
  if (updatedFrom && updatedTo && updatedTo < updatedFrom) {
    throw badInput(`${argument}.updatedTo`, `${argument}.updatedTo is ${updatedTo}, before updatedFrom: ${updatedFrom}.`);
  }
  return { update_from_date: updatedFrom, update_from_hour, update_to_date: updatedTo, update_to_hour };
};

const hourIn = (hour: number | undefined, from: string | undefined, to: string | undefined) => {
  if (hour !== undefined && (!from || from !== to)) throw badInput("filter.hour", `filter.hour wants from and to to be one day.`);
  return hourOfDay(hour, "filter.hour");
};

/** A time of the first or last day. Throws BAD_USER_INPUT where it is none, or its day is missing. */
const timeOfDay = (time: string | undefined, day: string | undefined, name: string): string | undefined => {
  if (time === undefined) return undefined;
  const argument = `filter.${name}`;
  if (!/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(time))
    throw badInput(argument, `${argument}: ${quoted(time)} is no time of day; write it like 09:30:00.`);
  if (!day) throw badInput(argument, `${argument} needs the day it is on: give ${name === "timeFrom" ? "from" : "to"} too.`);
  return time;
};

const filterSubs: Numbered = { most: 8, columns: (number) => [number <= 5 ? `subid${number}` : `sub${number}`] };

/** What networks and trackers write into a conversion themselves. */
const ownColumns = (filter: OfferConversionsArgs["filter"]): Query => ({
  comment: filter?.comment,
  ...numberedColumns(filterSubs, filter?.subs, "filter.subs", (sub, at) => (sub.number <= 5 ? onlyValue(sub, at) : sub.values)),
  ...numberedColumns(customFields(7), filter?.customFields, "filter.customFields", onlyValue),
});

/** What a list of conversions is asked for, beside its page. */
export const conversionQuery = ({ from, to, filter, orderBy, timezone }: Omit<OfferConversionsArgs, keyof PageArgs>): Query => ({
  ...(from && to ? period({ from, to }) : { date_from: from, date_to: to }),
  timezone,
  offer: ids(int, filter?.offerIds, "filter.offerIds"),
  partner: ids(int, filter?.affiliateIds, "filter.affiliateIds"),
  advertiser: ids(hex, filter?.advertiserIds, "filter.advertiserIds"),
  status: filter?.status?.map((status) => statusNumbers[status]),
  decline_reason: filter?.declineReasons,
  payment_status: filter?.paymentStatus?.[0],
  goal_id: ids(int, filter?.goalIds, "filter.goalIds"),
  goal: filter?.goals?.[0],
  action_id: filter?.actionId,
  clickid: filter?.clickId,
  payouts: filter?.payout,
  payouts_from: filter?.payoutAbove,
  payouts_to: filter?.payoutBelow,
  revenue: filter?.income,
  revenue_from: filter?.incomeAbove,
  revenue_to: filter?.incomeBelow,
  country: filter?.countries,
  city: filter?.cities,
  device_type: filter?.deviceTypes,
  time_from: timeOfDay(filter?.timeFrom, from, "timeFrom"),
  time_to: timeOfDay(filter?.timeTo, to, "timeTo"),
  user_id: filter?.userId,
  invoice_id: filter?.paymentId ? String(int(filter.paymentId, "filter.paymentId")) : undefined,
  offer_tag: filter?.offerTags,
  affiliate_tag: filter?.affiliateTags,
  advertiser_tag: filter?.advertiserTags,
  ...(orderBy ? { order: orderBy.field, orderType: orderBy.direction } : {}),
  device: filter?.devices?.[0],
  os: filter?.oses?.[0],
  browser: filter?.browsers?.[0],
  hour: hourIn(filter?.hour, from, to),
  ...changedBetween(filter, "filter"),
  fraud_risk_level: filter?.fraudRiskLevels,
  fraud_type: filter?.fraudTypes,
  smart_id: filter?.smartlinkId,
  promocode: filter?.promocode,
  imp_id: filter?.impressionId,
  shave: toZeroOne(filter?.isShaved),
  ...ownColumns(filter),
});
