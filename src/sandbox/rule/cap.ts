import type { CapRule, CapScope } from "../model/cap.js";
import { day, hour, wallClock } from "../model/clock.js";
import type { Offer } from "../model/offer.js";
import type { State } from "../model/state.js";
import type { Click, Conversion, Visit } from "../model/traffic.js";
import { cents } from "./ledger.js";

const reach: Record<CapRule["period"], number> = {
  hour: 2 * hour,
  day: 26 * hour,
  month: 32 * day,
  all: Number.POSITIVE_INFINITY,
};

/** Tells whether a moment lies in the rule's present period, judged by the wall clock of the caps' zone. */
const inPeriod = (state: State, offer: Offer, period: CapRule["period"]): ((time: number) => boolean) => {
  const read = wallClock(offer.caps_timezone ?? undefined) ?? wallClock();
  const present = state.now();
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
export const capSums = (
  state: State,
  offer: Offer,
  cap: CapRule,
): { byGroup: Map<string, number>; byGoal: Map<string, number> } => {
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
  cents(Math.max(0, ...capSums(state, offer, cap).byGroup.values()));

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
