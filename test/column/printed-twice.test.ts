import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

let row: object = {};
const w = await openAnswering(() => ({
  status: 1,
  ...{ offers: [{ id: 1, ...row }], conversions: [{ id: id(1), ...row }], items: [row] },
  pagination: { total_count: 1, page: 1, per_page: 100 },
}));
afterAll(() => w.close());

const id = (digit: number) => String(digit).padStart(24, "5d");
const offer = (fields: string) => [`{ found: offers { nodes { ${fields} } } }`] as const;
const conversion = (fields: string) => [`{ found: conversions { nodes { ${fields} } } }`] as const;
const changes = ['{ found: kpiRuleChanges(from: "2026-01-01", to: "2026-01-31") { nodes { affiliateIds } } }'] as const;

/** PHP's ways of saying nothing. */
const nothings: unknown[] = [null, "", [], {}];

/** Fields that Affise prints in one of two columns, by its age and view. */
test.each<[columns: [string, string], query: string, printed: unknown, expected: object]>([
  [["description_lang", "description"], ...offer("description"), "Words", { description: "Words" }],
  [["description", "description_lang"], ...offer("description"), { en: "Words" }, { description: "Words" }],
  [["full_categories", "categories"], ...offer("categoryIds"), [id(2)], { categoryIds: [id(2)] }],
  [["categories", "full_categories"], ...offer("categoryIds"), [{ id: id(2) }], { categoryIds: [id(2)] }],
  [["payments", "payouts"], ...offer("payouts { payout }"), [{ revenue: 3 }], { payouts: [{ payout: 3 }] }],
  [["earnings", "earning"], ...conversion("earnings"), 3, { earnings: 3 }],
  [["charge", "revenue"], ...conversion("income"), 3, { income: 3 }],
  [["affiliate_id", "affiliates"], ...changes, [7], { affiliateIds: ["7"] }],
])(
  "%j: the one that says something is read, whatever nothing stands in the other",
  async ([empty, full], query, printed, expected) => {
    for (const nothing of nothings) {
      // A payout beside it is nobody's own pay, so that nothing else is looked up.
      row = { ...(query.includes("income") ? { payouts: 1 } : {}), [empty]: nothing, [full]: printed };
      const { data, errors } = await w.ask(query);
      expect({ nothing, errors, data }).toEqual({ nothing, errors: undefined, data: { found: { nodes: [expected] } } });
    }
  },
);
