import { reachesOffer } from "./access.js";
import { wallClock } from "./clock.js";
import { cents } from "./ledger.js";
import type { Offer, Row } from "./offer.js";
import { objectId } from "./random.js";
import type { Routes } from "./route.js";
import { goalTitles } from "./seed/brand.js";
import type { State } from "./state.js";

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

/** One thing that may count towards a cap: a conversion or the clicks of an hour. */
interface Countable {
  time: number;
  affiliate: number;
  country: { code: string };
  goalValue?: string;
  subs: readonly string[];
  amount: number;
}

/** The moment a rule's period began, judged by comparing wall clocks. */
const inPeriod = (state: State, offer: Offer, period: CapRule["period"]): ((time: number) => boolean) => {
  if (period === "all") return () => true;
  const read = wallClock(offer.caps_timezone ?? undefined) ?? wallClock();
  if (!read) return () => true;
  const now = read(state.now().getTime());
  const oldest = state.now().getTime() - 32 * 86_400_000;
  return (time) => {
    if (time < oldest) return false;
    const wall = read(time);
    if (period === "month") return wall.year === now.year && wall.month === now.month;
    return wall.date === now.date && (period === "day" || wall.hour === now.hour);
  };
};

const countables = (state: State, offer: Offer, cap: CapRule): Countable[] => {
  if (cap.type === "clicks" || cap.type === "impressions") {
    const clicks = (state.traffic.clicksByOffer.get(offer.id) ?? []).filter((click) => click.reason === null);
    return clicks.map((click) => ({ ...click, amount: cap.type === "clicks" ? click.raw : click.views }));
  }
  const conversions = (state.traffic.byOffer.get(offer.id) ?? []).filter((one) => offer.caps_status.includes(one.status));
  return conversions.map((one) => ({ ...one, amount: cap.type === "budget" ? one.payout : 1 }));
};

const counts = (cap: CapRule, one: Countable): boolean =>
  (cap.affiliate_type !== "exact" || cap.affiliates.includes(one.affiliate)) &&
  (cap.country_type !== "exact" || cap.country.includes(one.country.code)) &&
  (cap.goal_type !== "exact" || one.goalValue === undefined || cap.goals.includes(one.goalValue)) &&
  (cap.sub_number !== 2 || !cap.sub_value.length || cap.sub_value.includes(one.subs[1] ?? ""));

/** The sums of a rule by what it limits separately; a rule without `each` has one sum. */
const sums = (state: State, offer: Offer, cap: CapRule): { byGroup: Map<string, number>; byGoal: Map<string, number> } => {
  const isIn = inPeriod(state, offer, cap.period);
  const byGroup = new Map<string, number>();
  const byGoal = new Map<string, number>();
  for (const one of countables(state, offer, cap)) {
    if (!counts(cap, one) || !isIn(one.time)) continue;
    const group = [
      cap.affiliate_type === "each" ? one.affiliate : "",
      cap.country_type === "each" ? one.country.code : "",
      cap.goal_type === "each" ? one.goalValue : "",
    ].join("|");
    byGroup.set(group, (byGroup.get(group) ?? 0) + one.amount);
    if (one.goalValue !== undefined) byGoal.set(one.goalValue, (byGoal.get(one.goalValue) ?? 0) + one.amount);
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
export const capForAffiliate = (offer: Offer, cap: CapRule): Row => ({
  goals: goalMap(offer, cap.goals),
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
