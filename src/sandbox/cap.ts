import { reachesOffer } from "./access.js";
import { day, hour, wallClock } from "./clock.js";
import { cents } from "./ledger.js";
import type { Offer, Row } from "./offer.js";
import { objectId } from "./random.js";
import type { Routes } from "./route.js";
import { goalTitles } from "./seed/brand.js";
import type { State } from "./state.js";
import type { Click, Conversion, Visit } from "./traffic.js";

export type CapScope = "all" | "each" | "exact";

/** One cap rule of an offer. */
export interface CapRule {
  period: "hour" | "day" | "month" | "all";
  type: "budget" | "conversions" | "clicks" | "impressions";
  value: number;
  goal_type: CapScope;
  goals: string[];
  affiliate_type: CapScope;
  affiliates: number[];
  country_type: CapScope;
  country: string[];
  sub_number: number | null;
  sub_value: string[];
}

const reach: Record<CapRule["period"], number> = {
  hour: 2 * hour,
  day: 26 * hour,
  month: 32 * day,
  all: Number.POSITIVE_INFINITY,
};

/** Tells whether a moment lies in the rule's present period, judged by the wall clock of the caps' zone. */
const inPeriod = (state: State, offer: Offer, period: CapRule["period"]): ((time: number) => boolean) => {
  const read = wallClock(offer.caps_timezone ?? undefined) ?? wallClock();
  const present = state.now().getTime();
  const oldest = present - reach[period];
  if (period === "all" || !read) return () => true;
  const now = read(present);
  return (time) => {
    if (time < oldest) return false;
    const wall = read(time);
    if (period === "month") return wall.year === now.year && wall.month === now.month;
    return wall.date === now.date && (period === "day" || wall.hour === now.hour);
  };
};

/** What counts towards a cap of this type, and how much each counts. */
const countables = (state: State, offer: Offer, cap: CapRule): { list: readonly Visit[]; amount: (one: Visit) => number } => {
  if (cap.type === "clicks" || cap.type === "impressions") {
    const column = cap.type === "clicks" ? "raw" : "views";
    const amount = (one: Visit): number => ((one as Click).reason === null ? (one as Click)[column] : 0);
    return { list: state.traffic.clicksByOffer.get(offer.id) ?? [], amount };
  }
  const value = cap.type === "budget" ? (one: Conversion) => one.payout : () => 1;
  const amount = (one: Visit): number => (offer.caps_status.includes((one as Conversion).status) ? value(one as Conversion) : 0);
  return { list: state.traffic.byOffer.get(offer.id) ?? [], amount };
};

const goalOf = (one: Visit): string | undefined => (one as Conversion).goalValue;

const counts = (cap: CapRule, one: Visit): boolean =>
  (cap.affiliate_type !== "exact" || cap.affiliates.includes(one.affiliate)) &&
  (cap.country_type !== "exact" || cap.country.includes(one.country.code)) &&
  (cap.goal_type !== "exact" || goalOf(one) === undefined || cap.goals.includes(goalOf(one) ?? "")) &&
  (cap.sub_number !== 2 || !cap.sub_value.length || cap.sub_value.includes(one.subs[1] ?? ""));

/** What a rule limits separately; one group for all without `each`. */
const groupOf = (cap: CapRule, one: Visit): string => {
  const affiliate = cap.affiliate_type === "each" ? one.affiliate : "";
  const country = cap.country_type === "each" ? one.country.code : "";
  return `${affiliate}|${country}|${cap.goal_type === "each" ? goalOf(one) : ""}`;
};

const add = (sums: Map<string, number>, key: string, amount: number): void => {
  sums.set(key, (sums.get(key) ?? 0) + amount);
};

/** The sums of a rule, by what it limits separately and by goal. */
const sums = (state: State, offer: Offer, cap: CapRule): { byGroup: Map<string, number>; byGoal: Map<string, number> } => {
  const isIn = inPeriod(state, offer, cap.period);
  const byGroup = new Map<string, number>();
  const byGoal = new Map<string, number>();
  const { list, amount } = countables(state, offer, cap);
  for (const one of list) {
    if (!isIn(one.time) || !counts(cap, one)) continue;
    const counted = amount(one);
    if (!counted) continue;
    add(byGroup, groupOf(cap, one), counted);
    const goal = goalOf(one);
    if (goal !== undefined) add(byGoal, goal, counted);
  }
  return { byGroup, byGoal };
};

/** How much of a cap is used now; of a cap that holds separately for each, the fullest. */
export const currentValue = (state: State, offer: Offer, cap: CapRule): number =>
  cents(Math.max(0, ...sums(state, offer, cap).byGroup.values()));

const goalTitle = (value: string): string => goalTitles[Number(value) - 1] ?? `Goal ${value}`;

/** A goal list as a map of value to title, or, on some offers, as the plain list of the reference. */
const goalMap = (offer: Offer, goals: readonly string[]): unknown => {
  if (offer.id % 5 === 0) return goals;
  return goals.length ? Object.fromEntries(goals.map((value) => [value, goalTitle(value)])) : [];
};

/** The country column: a list; on some offers one code, or null when there is none. */
const countryColumn = (offer: Offer, { country }: CapRule): unknown => {
  if (country.length === 1 && offer.id % 3 === 0) return country[0];
  return country.length === 0 && offer.id % 3 !== 1 ? null : country;
};

/** Whether this offer's rows show `current_value`, as newer tenants do. */
export const showsProgress = (offer: Offer): boolean => offer.id % 2 === 0;

/** A cap in an offer's row. */
export const capRow = (state: State, offer: Offer, cap: CapRule): Row => ({
  goals: goalMap(offer, cap.goals),
  period: cap.period,
  type: cap.type,
  value: cap.value,
  ...(showsProgress(offer) ? { current_value: currentValue(state, offer, cap) } : {}),
  goal_type: cap.goal_type,
  affiliates: cap.affiliates,
  affiliate_type: cap.affiliate_type,
  country: countryColumn(offer, cap),
  country_type: cap.country_type,
  ...(cap.sub_number === null ? {} : { sub_number: cap.sub_number, sub_value: cap.sub_value }),
});

/** A cap as an affiliate sees it. */
export const capForAffiliate = (cap: CapRule): Row => ({
  goals: cap.goals.length ? Object.fromEntries(cap.goals.map((value) => [value, goalTitle(value)])) : [],
  period: cap.period,
  type: cap.type,
  value: cap.value,
  goal_type: cap.goal_type,
  country_type: cap.country_type,
  country: cap.country,
});

const progress = (state: State, offer: Offer, cap: CapRule, index: number): Row => {
  const { byGroup, byGoal } = sums(state, offer, cap);
  const current = cents(Math.max(0, ...byGroup.values()));
  return {
    id: objectId("cap", offer.id * 100 + index),
    timeframe: cap.period,
    type: cap.type,
    value: cap.value,
    current_value: current,
    is_remaining: current < cap.value,
    reset_to_value: 0,
    goal_type: cap.goal_type,
    goals: cap.goals,
    goal_stats: byGoal.size ? Object.fromEntries([...byGoal].map(([goal, sum]) => [goal, cents(sum)])) : [],
    affiliate_type: cap.affiliate_type,
    affiliates: cap.affiliates,
    country_type: cap.country_type,
    countries: cap.country,
  };
};

/** What is wrong with a cap rule beyond what the contract says; undefined when it is good. */
export const capFault = (cap: CapRule, index: number): string | undefined => {
  const lists: [string, CapScope, readonly unknown[]][] = [
    ["goals", cap.goal_type, cap.goals],
    ["affiliates", cap.affiliate_type, cap.affiliates],
    ["country", cap.country_type, cap.country],
  ];
  for (const [name, scope, list] of lists) {
    if (scope === "exact" && !list.length) return `caps[${index}][${name}] is required when its type is exact`;
    if (scope !== "exact" && list.length) return `caps[${index}][${name}] must be empty unless its type is exact`;
  }
  if (cap.period === "all" && (cap.type === "clicks" || cap.type === "impressions")) {
    return `caps[${index}][period] all is not possible for ${cap.type}`;
  }
  if (cap.type !== "budget" && !Number.isInteger(cap.value)) return `caps[${index}][value] must be a whole number`;
  return cap.value < 0 ? `caps[${index}][value] must not be less than 0` : undefined;
};

export const cap: Routes = {
  "GET /3.0/stats/caps": ({ state, caller, query }) => {
    const offers = [...new Set(query.offer_id)].flatMap((id) => state.offers.get(id) ?? []);
    const seen = offers.filter((offer) => reachesOffer(state, caller, offer));
    const stats = seen.map((offer) => ({
      offer_id: offer.id,
      stats: offer.caps.map((one, index) => progress(state, offer, one, index)),
    }));
    return { status: 1, stats };
  },
};
