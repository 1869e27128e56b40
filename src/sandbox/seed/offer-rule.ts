import type { CapRule } from "../model/cap.js";
import { type Country, countryOf } from "../model/geo.js";
import type { OfferPayment } from "../model/offer.js";
import { type Random, uuid } from "../model/random.js";
import type { Row } from "../model/row.js";
import { asCapRule, asTargetingGroup, asTier } from "../rule/offer-blank.js";

/** Cap rules of every scope; a third of the offers have none. Busy offers, the low numbers, get the wide ones. */
export const seedCaps = (
  random: Random,
  id: number,
  payments: readonly OfferPayment[],
  codes: readonly string[],
  affiliates: readonly number[],
): CapRule[] => {
  if (id > 2 && random.chance(0.33)) return [];
  const size = id <= 100 ? 4 : 1;
  const goals = payments.slice(0, 1).map(({ goal }) => goal);
  const [code] = codes;
  const rules: CapRule[] = [asCapRule({ value: random.int(1, 8) * size })];
  if (random.chance(0.4)) rules.push(asCapRule({ period: "month", type: "budget", value: random.int(20, 400) * 10 * size }));
  if (random.chance(0.25) || id === 1) rules.push(asCapRule({ affiliate_type: "each", value: random.int(1, 6) }));
  if ((random.chance(0.25) || id === 2) && affiliates.length > 2) {
    rules.push(asCapRule({ affiliate_type: "exact", affiliates: random.some(affiliates, 2), value: random.int(1, 9) * size }));
  }
  if (random.chance(0.2) || id === 1)
    rules.push(asCapRule({ goal_type: "exact", goals, period: "month", value: random.int(5, 40) * size }));
  if (random.chance(0.1)) rules.push(asCapRule({ goal_type: "each", period: "month", value: random.int(5, 30) * size }));
  if (random.chance(0.15) && code)
    rules.push(asCapRule({ country_type: "exact", country: codes.slice(0, random.int(1, 2)), value: random.int(2, 9) }));
  if (random.chance(0.08)) rules.push(asCapRule({ country_type: "each", value: random.int(2, 9) }));
  if (random.chance(0.15)) rules.push(asCapRule({ type: "clicks", value: random.int(2, 20) * 10 * size }));
  if (random.chance(0.05)) rules.push(asCapRule({ type: "impressions", value: random.int(5, 50) * 100 }));
  if (random.chance(0.08)) rules.push(asCapRule({ period: "hour", value: random.int(1, 3) }));
  if (random.chance(0.15)) rules.push(asCapRule({ period: "all", value: random.int(20, 300) * size }));
  if (random.chance(0.05)) rules.push(asCapRule({ sub_number: 2, sub_value: ["fb", "tt"], value: random.int(2, 9) }));
  return rules;
};

const noRule = { allow: [], deny: [] };

const systems = [
  { name: "Android", comparison: "GTE", version: "9.0" },
  { name: "iOS", comparison: "GTE", version: "15.0" },
];

const splitUrls = [
  { url: "https://split-a.example", weight: 60 },
  { url: "https://split-b.example", weight: 40 },
];

/** Targeting groups: maps by country where there is a rule, empty lists where there is none. */
export const seedTargeting = (random: Random, id: number, codes: readonly string[], affiliates: readonly number[]): Row[] =>
  Array.from({ length: random.chance(0.45) ? random.int(1, 2) : 0 }, (_, index) => {
    const [code] = codes;
    const country = code === undefined ? undefined : countryOf(code);
    const isPersonal = index === 1 && affiliates.length > 0;
    const isIn = (share: number, values: (country: Country) => unknown): Row =>
      country && random.chance(share) ? { allow: { [country.code]: values(country) }, deny: [] } : noRule;
    const given = {
      name: isPersonal ? "Personal" : `Group ${index + 1}`,
      country: { allow: [...codes], deny: [] },
      city: isIn(0.3, ({ cities }) => cities.slice(0, 1).map((city) => city.id)),
      isp: isIn(0.3, ({ isps }) => isps.slice(0, 1)),
      os: { allow: random.chance(0.5) ? systems : [] },
      device_type: random.chance(0.5) ? ["mobile", "tablet"] : [],
      connection: random.chance(0.2) ? ["wi-fi"] : [],
      block_proxy: random.chance(0.4) ? 1 : 0,
      affiliate_id: isPersonal ? [random.pick(affiliates)] : [],
      urls: random.chance(0.2) ? splitUrls : [],
      sub: { allow: random.chance(0.1) ? { sub1: ["fb", "tt"] } : [], deny: [], deny_groups: [] },
    };
    return asTargetingGroup(given, uuid("seed-group", id * 10 + index));
  });

/** Payout ladders on about every seventh offer. */
export const seedTiers = (random: Random, id: number): Row[] =>
  Array.from({ length: random.chance(0.14) ? random.int(1, 3) : 0 }, (_, index) =>
    asTier({ value: (index + 1) * 100, modifier_value: (index + 1) * 5 }, uuid("seed-tier", id * 10 + index)),
  );

/** A schedule on about every eighth offer. */
export const seedSchedule = (random: Random): Row | null =>
  random.chance(0.12)
    ? {
        ...{ enabled: 1, date_start: null, date_to: null, timezone: random.pick(["UTC", "Europe/Berlin"]) },
        intervals: [1, 2, 3, 4, 5].map((weekday) => ({ day_of_week: weekday, from: 8, to: 20 })),
      }
    : null;
