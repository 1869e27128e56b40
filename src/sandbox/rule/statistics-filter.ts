import type { Caller } from "../model/caller.js";
import { day, startOfDate, wallClock } from "../model/clock.js";
import type { State } from "../model/state.js";
import type { Conversion, Visit } from "../model/traffic.js";
import { rejected } from "./failure.js";
import { reachesAdvertiser } from "./reach.js";
import { type Features, featureTest, featureTests, visitFeatures, type Wanted } from "./visit-feature.js";

/** What all reports are asked with: a period, and filters and exclusions by name, of which each report's contract lets some through. */
export interface StatisticsQuery {
  filter: { date_from: string; date_to: string; [name: string]: Wanted };
  timezone?: string;
  [exclusion: `not_${string}`]: Wanted;
}

type Test = (visit: Visit) => boolean;

/** What filters look at in conversions alone. */
const conversionFeatures: Features<Conversion> = {
  goal: ({ goal, goalValue }) => [goalValue, goal],
  currency: ({ currency }) => currency,
  payment_status: ({ paymentStatus }) => paymentStatus,
};

/** What each exclusion looks at in a visit. */
const exclusions = [
  ["not_offer_id", "offer"],
  ["not_advertiser_id", "advertiser"],
  ["not_affiliate_id", "partner"],
  ["not_country", "country"],
  ["not_advertiser_manager_id", "advertiser_manager_id"],
  ["not_affiliate_manager_id", "manager"],
  ["not_smartlink_id", "smart_id"],
  ["not_advertiser_tag", "advertiser_tag"],
  ["not_affiliate_tag", "affiliate_tag"],
  ["not_offer_tag", "offer_tag"],
] as const;

/** The visits of advertisers and affiliates that the caller may know about. */
const permitted = (state: State, caller: Caller): Test => {
  if (caller.kind === "affiliate") return ({ affiliate }) => affiliate === caller.affiliate.id;
  const seen = new Map<string, boolean>();
  return ({ advertiser }) => {
    const known = seen.get(advertiser);
    if (known !== undefined) return known;
    const isSeen = reachesAdvertiser(caller, state.advertisers.get(advertiser), "read");
    seen.set(advertiser, isSeen);
    return isSeen;
  };
};

/** The span of the dates asked for, in milliseconds, in the zone asked for. */
export const spanOf = (from: string, to: string, timezone: string | undefined): readonly [from: number, to: number] => {
  if (!wallClock(timezone)) throw rejected("timezone is not the name of a time zone");
  if (from > to) throw rejected("date_from must not be later than date_to");
  const next = new Date(Date.parse(`${to}T00:00:00Z`) + day).toISOString().slice(0, 10);
  return [startOfDate(from, timezone), startOfDate(next, timezone)];
};

/** What a query lets through, for the caller: a test of visits, one beyond it of conversions, and the offers to look at, when it names them. */
export const statisticsFilter = (state: State, caller: Caller, query: StatisticsQuery) => {
  const { filter } = query;
  const features = visitFeatures(state);
  const [from, to] = spanOf(filter.date_from, filter.date_to, query.timezone);
  const isSeen = permitted(state, caller);
  const unwanted = exclusions.flatMap(([name, place]) => featureTest(features[place], query[name]) ?? []);
  const tests = featureTests(features, filter);
  const conversionTests = featureTests(conversionFeatures, filter);
  const offers = [filter.offer ?? []].flat().map(Number);
  return {
    visit: (visit: Visit) =>
      visit.time >= from &&
      visit.time < to &&
      isSeen(visit) &&
      tests.every((test) => test(visit)) &&
      !unwanted.some((test) => test(visit)),
    conversion: (one: Conversion) => conversionTests.every((test) => test(one)),
    offers: offers.length ? offers : undefined,
  };
};
