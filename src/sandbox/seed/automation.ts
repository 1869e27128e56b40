import type { Block, KpiChange, KpiRule } from "../model/automation.js";
import { day } from "../model/clock.js";
import type { Offer } from "../model/offer.js";
import { createRandom, objectId } from "../model/random.js";
import { pick } from "../model/row.js";

/** KPI rules on some offers, what was changed about them, and what rules blocked. */
export const seedAutomation = (offers: readonly Offer[], user: string, now: number) => {
  const random = createRandom("automation");
  const chosen = random.some(
    offers.filter((offer) => offer.enabled.size > 1),
    18,
  );
  const rules = chosen.map((offer, index): KpiRule => {
    const isBlock = index % 2 === 0;
    return {
      ...{ id: objectId("kpi", index + 1), offers: [offer.id], action_type: isBlock ? "block" : "conversion", period: "day" },
      ...{ sub: isBlock ? "sub1" : "", change_to: isBlock ? null : "hold", affiliates: [...offer.enabled].slice(0, 2) },
      ...{ goal1: "1", goal2: "2", kpi: random.int(5, 40) / 2, notify_manager: index % 3 === 0 ? 1 : 0 },
    };
  });
  const changes = rules.map(
    (rule, index): KpiChange => ({
      id: objectId("kpi-change", index + 1),
      rule_id: rule.id,
      type: index % 4 === 3 ? "update" : "add",
      ...pick(rule, "offers", "affiliates"),
      user_id: user,
      created_at: now - random.int(1, 50) * day,
    }),
  );
  const blocks = Array.from({ length: chosen.length ? 120 : 0 }, (_, index): Block => {
    const offer = random.pick(chosen);
    const affiliate = random.pick([...offer.enabled]);
    return {
      number: index,
      time: now - random.int(0, 50) * day,
      offer: offer.id,
      affiliate,
      sub: "sub1",
      value: `camp${random.int(1, 9)}`,
    };
  });
  return { rules, changes, blocks };
};
