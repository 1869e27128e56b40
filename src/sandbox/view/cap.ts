import type { CapRule } from "../model/cap.js";
import { goalTitles } from "../model/goal.js";
import type { Offer } from "../model/offer.js";
import { objectId } from "../model/random.js";
import { pick, type Row } from "../model/row.js";
import type { State } from "../model/state.js";
import { capSums, currentValue } from "../rule/cap.js";
import { cents } from "../rule/ledger.js";

const goalTitle = (value: string): string => goalTitles[Number(value) - 1] ?? `Goal ${value}`;

/** A cap's goals as a map of value to title. */
const goalMap = ({ goals }: CapRule): unknown =>
  goals.length ? Object.fromEntries(goals.map((value) => [value, goalTitle(value)])) : [];

/** The country column: a list; on odd rows one code, or null when there is none. */
const countryColumn = (state: State, offer: Offer, { country }: CapRule): unknown => {
  if (!state.ugly.has("cap")) return country;
  if (country.length === 1 && offer.id % 3 === 0) return country[0];
  return country.length === 0 && offer.id % 3 !== 1 ? null : country;
};

/** Whether this offer's rows show `current_value`, as newer tenants do. */
const showsProgress = (offer: Offer): boolean => offer.id % 2 === 0;

/** A cap in an offer's row; on odd rows its goals are the plain list of the reference. */
export const capRow = (state: State, offer: Offer, cap: CapRule): Row => ({
  goals: state.ugly.has("cap") && offer.id % 5 === 0 ? cap.goals : goalMap(cap),
  ...pick(cap, "period", "type", "value"),
  ...(showsProgress(offer) ? { current_value: currentValue(state, offer, cap) } : {}),
  ...pick(cap, "goal_type", "affiliates", "affiliate_type"),
  country: countryColumn(state, offer, cap),
  country_type: cap.country_type,
  ...(cap.sub_number === null ? {} : pick(cap, "sub_number", "sub_value")),
});

/** A cap as an affiliate sees it. */
export const capForAffiliate = (cap: CapRule): Row => ({
  goals: goalMap(cap),
  ...pick(cap, "period", "type", "value", "goal_type", "country_type", "country"),
});

export const capProgress = (state: State, offer: Offer, cap: CapRule, index: number): Row => {
  const { byGroup, byGoal } = capSums(state, offer, cap);
  const current = cents(Math.max(0, ...byGroup.values()));
  return {
    id: objectId("cap", offer.id * 100 + index),
    timeframe: cap.period,
    ...pick(cap, "type", "value"),
    current_value: current,
    is_remaining: current < cap.value,
    reset_to_value: 0,
    ...pick(cap, "goal_type", "goals"),
    goal_stats: byGoal.size ? Object.fromEntries([...byGoal].map(([goal, sum]) => [goal, cents(sum)])) : [],
    ...pick(cap, "affiliate_type", "affiliates", "country_type"),
    countries: cap.country,
  };
};
