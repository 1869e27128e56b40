import type { CapRule } from "../model/cap.js";
import { goalTitles } from "../model/goal.js";
import type { Offer } from "../model/offer.js";
import { objectId } from "../model/random.js";
import type { Row } from "../model/row.js";
import type { State } from "../model/state.js";
import { capSums, currentValue } from "../rule/cap.js";
import { cents } from "../rule/ledger.js";

const goalTitle = (value: string): string => goalTitles[Number(value) - 1] ?? `Goal ${value}`;

/** A goal list as a map of value to title; on odd rows as the plain list of the reference. */
const goalMap = (state: State, offer: Offer, goals: readonly string[]): unknown => {
  if (state.ugly.has("cap") && offer.id % 5 === 0) return goals;
  return goals.length ? Object.fromEntries(goals.map((value) => [value, goalTitle(value)])) : [];
};

/** The country column: a list; on odd rows one code, or null when there is none. */
const countryColumn = (state: State, offer: Offer, { country }: CapRule): unknown => {
  if (!state.ugly.has("cap")) return country;
  if (country.length === 1 && offer.id % 3 === 0) return country[0];
  return country.length === 0 && offer.id % 3 !== 1 ? null : country;
};

/** Whether this offer's rows show `current_value`, as newer tenants do. */
const showsProgress = (offer: Offer): boolean => offer.id % 2 === 0;

/** A cap in an offer's row. */
export const capRow = (state: State, offer: Offer, cap: CapRule): Row => ({
  goals: goalMap(state, offer, cap.goals),
  period: cap.period,
  type: cap.type,
  value: cap.value,
  ...(showsProgress(offer) ? { current_value: currentValue(state, offer, cap) } : {}),
  goal_type: cap.goal_type,
  affiliates: cap.affiliates,
  affiliate_type: cap.affiliate_type,
  country: countryColumn(state, offer, cap),
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

export const capProgress = (state: State, offer: Offer, cap: CapRule, index: number): Row => {
  const { byGroup, byGoal } = capSums(state, offer, cap);
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
