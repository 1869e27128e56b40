import { parseNumber } from "../../affise/answer/number.js";
import type { Context } from "../../context.js";
import type { OfferResolvers, Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { codes, list, number, record, rows, text, valuesIn } from "../column/decode.js";
import { idsIn, ownNumber, rowsIn } from "../column/foreign-key.js";
import type { CapRow } from "../column/row.js";

const usage = (limit: number | null, current: number | null) =>
  limit === null || current === null
    ? null
    : { current, remaining: Math.max(0, limit - current), percent: limit > 0 ? Math.round((current / limit) * 1000) / 10 : 100 };

/** Two lists hold the same, whatever their order and whether ids are numbers or text. */
const same = (left: unknown, right: unknown) => {
  const plain = (value: unknown) => {
    const items = value !== null && typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : (list(value) ?? []);
    return items
      .map((item) => String(item).toLowerCase())
      .sort()
      .join();
  };
  return plain(left) === plain(right);
};

/** The words by which caps differ: periods, types and scopes. Another does not tell caps apart, as nothing does not. */
const words = new Set(["hour", "day", "month", "all", "budget", "conversions", "clicks", "impressions", "each", "exact"]);

const agree = (left: unknown, right: unknown) => !words.has(String(left)) || !words.has(String(right)) || left === right;

/** As `agree`, of numbers. */
const equal = (left: unknown, right: unknown) => {
  const [one, other] = [parseNumber(left), parseNumber(right)];
  return one === undefined || other === undefined || one === other;
};

/**
 * The progress of one cap among those of its offer: the cap report has no ids in common with the offer, so it is told by what it says. Of
 * several alike, and where whom the cap is for is printed in another form, it is the one at the cap's own place, and never another cap's.
 */
const progressOf = (cap: CapRow, all: readonly unknown[]): unknown => {
  const alike = rows(all).filter(
    (row) => agree(row.timeframe ?? row.period, cap.period) && agree(row.type, cap.type) && equal(row.value, cap.value),
  );
  const exact = alike.filter(
    (row) =>
      agree(row.goal_type, cap.goal_type) &&
      agree(row.affiliate_type, cap.affiliate_type) &&
      agree(row.country_type, cap.country_type) &&
      same(row.affiliates, cap.affiliates) &&
      same(row.countries, cap.country) &&
      same(row.goals, cap.goals),
  );
  if (exact.length === 1) return exact[0];
  return (exact.length ? exact : alike).find((row) => row === all[cap.place]);
};

/** How full a cap is: read off the offer, or off the report of all offers' caps. */
const usageOf = async (cap: CapRow, load: Context["load"]) => {
  const limit = number(cap.value);
  if (cap.current_value !== undefined) return usage(limit, number(cap.current_value));
  const progress = await load.capProgress.load(ownNumber(cap.offerId));
  const found = record(progressOf(cap, list(progress?.stats) ?? []));
  return usage(limit, number(found?.current_value));
};

/** An offer's caps, sifted. One whose fullness nobody knows is not fuller than anything. */
export const capsOfOffer: OfferResolvers["caps"] = async ({ id, caps }, { fullerThan, periods, types }, { load }) => {
  const all = list(caps)?.map((cap, place): CapRow => ({ ...record(cap), offerId: id, place }));
  if (!all) return null;
  const found = all.filter(
    ({ period, type }) => (!periods || periods.some((one) => one === period)) && (!types || types.some((one) => one === type)),
  );
  if (fullerThan === undefined) return found;
  const used = await Promise.all(found.map((cap) => usageOf(cap, load)));
  return found.filter((_, index) => (used[index]?.percent ?? Number.NEGATIVE_INFINITY) > fullerThan);
};

export const Cap = {
  goalScope: column("goal_type"),
  goals: (cap) => valuesIn(cap.goals) ?? [],
  namedGoals: ({ goals }) => {
    const titles = Array.isArray(goals) ? null : record(goals);
    return (valuesIn(goals) ?? []).map((value) => ({ value, title: text(titles?.[value]) }));
  },
  affiliateScope: column("affiliate_type"),
  affiliateIds: ({ affiliates }) => idsIn(affiliates) ?? [],
  affiliates: ({ affiliates }, _, { load }) => rowsIn(load, "affiliate", affiliates).then((found) => found ?? []),
  countryScope: column("country_type"),
  countries: (cap) => codes(cap.country) ?? [],
  sub: (cap) => {
    const sub = number(cap.sub_number);
    return sub ? { number: sub, values: list(cap.sub_value) ?? [] } : null;
  },
  usage: (cap, _, { load }) => usageOf(cap, load),
} satisfies Resolvers["Cap"];

export const CapGoal = { value: column("value") } satisfies Resolvers["CapGoal"];
