import type { Caller } from "../model/caller.js";
import { day, startOfDate, wallClock } from "../model/clock.js";
import type { State } from "../model/state.js";
import type { Conversion, Visit } from "../model/traffic.js";
import { rejected } from "./failure.js";
import { reachesAdvertiser } from "./reach.js";

type Texts = string | number | readonly (string | number)[] | undefined;

/** What all reports are asked with: a period, and filters and exclusions by name, of which each report's contract lets some through. */
export interface StatisticsQuery {
  filter: { date_from: string; date_to: string; [name: string]: Texts };
  timezone?: string;
  [exclusion: `not_${string}`]: Texts;
}

type Test = (visit: Visit) => boolean;

const asSet = (values: Texts): Set<string> | undefined => {
  const list = values === undefined ? [] : [values].flat();
  return list.length ? new Set(list.map((value) => String(value).toLowerCase())) : undefined;
};

const overlaps = (wanted: Set<string>, tags: readonly string[] | null | undefined): boolean =>
  tags?.some((tag) => wanted.has(tag.toLowerCase())) ?? false;

/** What the filters may look at in a visit, as text; the names are those of filters and, behind not_, of exclusions. */
const features = (state: State): Record<string, (visit: Visit) => string | readonly string[] | null | undefined> => ({
  offer: ({ offer }) => String(offer),
  partner: ({ affiliate }) => String(affiliate),
  advertiser: ({ advertiser }) => advertiser,
  supplier: ({ advertiser }) => advertiser,
  affiliate_manager_id: ({ affiliate }) => state.affiliates.get(affiliate)?.manager,
  city: ({ city }) => [city.name, String(city.id)],
  // The network has none of the features behind these three: nothing belongs to a sub-account or a balance, nothing is held back.
  subaccount_id: () => null,
  balance_type: () => null,
  shave: () => "0",
  manager: ({ affiliate }) => state.affiliates.get(affiliate)?.manager,
  advertiser_manager_id: ({ advertiser }) => state.advertisers.get(advertiser)?.manager,
  country: ({ country }) => country.code,
  os: ({ profile }) => profile.os,
  device: ({ profile }) => profile.device,
  smart_id: ({ smartlink }) => smartlink,
  advertiser_tag: ({ advertiser }) => state.advertisers.get(advertiser)?.tags,
  affiliate_tag: ({ affiliate }) => state.affiliates.get(affiliate)?.tags,
  offer_tag: ({ offer }) => state.offers.get(offer)?.tags,
  ...Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`sub${index + 1}`, ({ subs }: Visit) => subs[index]])),
});

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

const matcher =
  (feature: (visit: Visit) => string | readonly string[] | null | undefined, wanted: Set<string>): Test =>
  (visit) => {
    const value = feature(visit);
    if (typeof value === "string") return wanted.has(value.toLowerCase());
    return value ? overlaps(wanted, value) : false;
  };

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

/** Tests of visits and, beyond those, of conversions. */
export interface StatisticsFilter {
  visit: Test;
  conversion: (conversion: Conversion) => boolean;
  /** The offers to look at, when the query names them. */
  offers: readonly number[] | undefined;
}

/** What a query lets through, for the caller. */
export const statisticsFilter = (state: State, caller: Caller, query: StatisticsQuery): StatisticsFilter => {
  const { filter } = query;
  const feature = features(state);
  const [from, to] = spanOf(filter.date_from, filter.date_to, query.timezone);
  const isSeen = permitted(state, caller);
  const tests: Test[] = [];
  for (const [name, read] of Object.entries(feature)) {
    const wanted = asSet(filter[name]);
    if (wanted) tests.push(matcher(read, wanted));
  }
  for (const [name, place] of exclusions) {
    const unwanted = asSet(query[name]);
    const read = feature[place];
    if (!unwanted || !read) continue;
    const isUnwanted = matcher(read, unwanted);
    tests.push((visit) => !isUnwanted(visit));
  }
  const offers = [filter.offer ?? []].flat().map(Number);
  const goals = asSet(filter.goal);
  const currencies = asSet(filter.currency);
  const paymentStatuses = asSet(filter.payment_status);
  return {
    visit: (visit) => visit.time >= from && visit.time < to && isSeen(visit) && tests.every((test) => test(visit)),
    conversion: (one) =>
      (!goals || goals.has(one.goalValue) || goals.has(one.goal.toLowerCase())) &&
      (!currencies || currencies.has(one.currency.toLowerCase())) &&
      (!paymentStatuses || paymentStatuses.has(one.paymentStatus)),
    offers: offers.length ? offers : undefined,
  };
};
