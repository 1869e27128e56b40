import type { Caller } from "../model/caller.js";
import { wallClock } from "../model/clock.js";
import { currencyId } from "../model/geo.js";
import type { Query } from "../model/route.js";
import type { State } from "../model/state.js";
import { type Conversion, statusNumbers } from "../model/traffic.js";
import { actionIdOf, clickIdOf } from "./conversion-id.js";
import { rejected } from "./failure.js";
import { sorted } from "./paging.js";
import { reachesVisit } from "./reach.js";
import { spanOf } from "./statistics-filter.js";
import { type Features, featuresByPlace, featureTests, visitFeatures } from "./visit-feature.js";

/** Filters of conversions; the list's own, to which a bulk edit's are translated. */
export type ConversionFilter = Omit<Query<"GET /3.0/stats/conversions">, "page" | "limit" | "raw_export">;

type Test = (one: Conversion) => boolean;

const features = (state: State): Features<Conversion> => ({
  ...visitFeatures(state),
  status: ({ status }) => statusNumbers[status],
  goal_id: ({ goalValue }) => goalValue,
  goal: ({ goal, goalValue }) => [goalValue, goal],
  currency: ({ currency }) => currencyId(currency),
  decline_reason: ({ declineReason }) => declineReason,
  fraud_risk_level: ({ fraudRisk }) => fraudRisk,
  fraud_type: ({ fraudType }) => fraudType,
  browser: ({ profile }) => profile.browser,
  device_type: ({ profile }) => profile.device_type,
  action_id: actionIdOf,
  clickid: clickIdOf,
  promocode: ({ promocode }) => promocode,
  payment_status: ({ paymentStatus }) => paymentStatus,
  comment: ({ comment }) => comment,
  invoice_id: ({ invoice }) => invoice,
  imp_id: () => null,
  user_id: () => null,
  ...featuresByPlace("custom_field_", 7, ({ custom }: Conversion, at) => custom[at]),
  ...featuresByPlace("subid", 5, ({ subs }: Conversion, at) => subs[at]),
});

const within = (
  from: string | undefined,
  to: string | undefined,
  timezone: string | undefined,
  time: (one: Conversion) => number,
): Test[] => {
  if (from === undefined && to === undefined) return [];
  const [start, end] = spanOf(from ?? "1970-01-02", to ?? "9998-12-30", timezone);
  return [(one) => time(one) >= start && time(one) < end];
};

const hourTest = (query: ConversionFilter): Test[] => {
  if (query.hour === undefined) return [];
  if (query.date_from === undefined || query.date_from !== query.date_to) throw rejected("hour needs a period of one day");
  const read = wallClock(query.timezone);
  return [(one) => read?.(one.time).hour === query.hour];
};

const updateHourTests = (query: ConversionFilter): Test[] => {
  const { update_from_hour = 0, update_to_hour = 23, update_from_date, update_to_date } = query;
  if (query.update_from_hour === undefined && query.update_to_hour === undefined) return [];
  if (update_from_date === undefined || update_to_date === undefined) {
    throw rejected("update_from_hour and update_to_hour need update_from_date and update_to_date");
  }
  const read = wallClock(query.timezone);
  return [
    (one) => {
      const wall = read?.(one.updated);
      if (!wall) return false;
      return (
        (wall.date > update_from_date || wall.hour >= update_from_hour) &&
        (wall.date < update_to_date || wall.hour <= update_to_hour)
      );
    },
  ];
};

const moneyTests = (
  exact: number | undefined,
  above: number | undefined,
  below: number | undefined,
  read: (one: Conversion) => number,
): Test[] => [
  (one) =>
    (exact === undefined || read(one) === exact) &&
    (above === undefined || read(one) > above) &&
    (below === undefined || read(one) < below),
];

/** The times of day narrow the first and the last day. */
const timeTests = ({ date_from, date_to, time_from, time_to, timezone }: ConversionFilter): Test[] => {
  const secondsOf = (text: string): number =>
    text.split(":").reduce((sum, part, place) => sum + Number(part) * 60 ** (2 - place), 0);
  const start = time_from && date_from ? spanOf(date_from, date_from, timezone)[0] + secondsOf(time_from) * 1000 : undefined;
  const end = time_to && date_to ? spanOf(date_to, date_to, timezone)[0] + (secondsOf(time_to) + 1) * 1000 : undefined;
  return [({ time }) => (start === undefined || time >= start) && (end === undefined || time < end)];
};

/** The test of all filters together. */
export const conversionTest = (state: State, query: ConversionFilter): Test => {
  const tests: Test[] = [
    ...within(query.date_from, query.date_to, query.timezone, ({ time }) => time),
    ...within(query.update_from_date, query.update_to_date, query.timezone, ({ updated }) => updated),
    ...hourTest(query),
    ...updateHourTests(query),
    ...timeTests(query),
    ...moneyTests(query.payouts, query.payouts_from, query.payouts_to, ({ payout }) => payout),
    ...moneyTests(query.revenue, query.revenue_from, query.revenue_to, ({ revenue }) => revenue),
    ...featureTests(features(state), query),
  ];
  return (one) => tests.every((test) => test(one));
};

const candidates = (state: State, query: ConversionFilter): Conversion[] =>
  query.offer?.length
    ? [...new Set(query.offer)].flatMap((id) => state.traffic.byOffer.get(id) ?? [])
    : [...state.traffic.conversions.values()];

const orders: Record<string, (one: Conversion) => string | number | null> = {
  id: ({ id }) => id,
  created_at: ({ time }) => time,
  updated_at: ({ updated }) => updated,
  click_time: ({ clickTime }) => clickTime,
  status: ({ status }) => status,
  offer: ({ offer }) => offer,
  partner: ({ affiliate }) => affiliate,
  advertiser: ({ advertiser }) => advertiser,
  country: ({ country }) => country.code,
  city: ({ city }) => city.name,
  os: ({ profile }) => profile.os,
  device: ({ profile }) => profile.device,
  browser: ({ profile }) => profile.browser,
  goal: ({ goal }) => goal,
  currency: ({ currency }) => currency,
  payouts: ({ payout }) => payout,
  revenue: ({ revenue }) => revenue,
  earnings: ({ payout, revenue }) => revenue - payout,
};

const orderOf = (name = "created_at"): ((one: Conversion) => string | number | null) => {
  const order = orders[name];
  if (!order) throw rejected(`order must be one of: ${Object.keys(orders).join(", ")}`);
  return order;
};

/** The conversions that the caller may see and the filters let through, newest first unless ordered otherwise. */
export const findConversions = (state: State, caller: Caller, query: ConversionFilter): Conversion[] => {
  const test = conversionTest(state, query);
  const found = candidates(state, query).filter((one) => reachesVisit(state, caller, one) && test(one));
  return sorted(found, orderOf(query.order), query.orderType ?? "desc");
};
