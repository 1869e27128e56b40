import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

const id = "5d".repeat(12);
const rule = {
  ...{ id, period: "day", action_type: "conversion", change_to: "hold", affiliates: [], sub: null },
  ...{ goal1: "1", goal2: "2", kpi: 5, notify_manager: 0 },
};
let offers: unknown;
const pagination = { total_count: 1, page: 1, per_page: 100 };
const w = await openAnswering((path) => {
  if (path.endsWith(id)) return { status: 1, message: { ...rule, offers } };
  if (path.startsWith("/3.0/offers")) return { status: 1, offers: [1, 2, 3].map((one) => ({ id: one })), pagination };
  return { status: 1, items: [{ ...rule, rule_id: id, offers }], pagination };
});
afterAll(() => w.close());

const change = (more: string) =>
  w.ask(`mutation { updateKpiRule(input: { id: "${id}", ${more} }) { outcome error { code message argument } } }`);

test.each(["kpi: 6", 'kpi: 6, offerId: "1"'])("a rule over several offers loses none by %s: nothing is sent", async (more) => {
  for (offers of [["1", "2"], [1, 2, 3], { 0: "1", 2: "2" }]) {
    const { data } = await change(more);
    const names = Object.values(offers as object).join(", ");
    expect(data.updateKpiRule).toEqual({
      outcome: "NOT_SENT",
      error: {
        code: "BAD_USER_INPUT",
        message: `input.id: this rule watches several offers (${names}), and Affise takes one for a rule: the others would be lost. Nothing was sent.`,
        argument: "input.id",
      },
    });
    expect(w.seen().filter((path) => path.endsWith(id))).toEqual([]);
  }
});

test.each([[["1"]], ["1"], [[1]]])("one in the form %j is sent again", async (printed) => {
  offers = printed;
  expect((await change("kpi: 6")).data.updateKpiRule).toMatchObject({ outcome: "DONE" });
});

const readers = ["kpiRules", 'kpiRuleChanges(from: "2026-01-01", to: "2026-01-31")'];
const forms = [[["1", "2"]], [[1, 2, 3]], [{ 0: "1", 2: "2" }], [["1"]], [[]]];

test.each(readers.flatMap((list) => forms.map(([printed]) => [list, printed] as const)))(
  "%s shows all offers of %j, and as the one offer none of several",
  async (list, printed) => {
    offers = printed;
    const { data, errors } = await w.ask(`{ all: ${list} { nodes { offerId offer { id } offerIds offers { id } } } }`);
    expect(errors).toBeUndefined();
    const ids = Object.values(printed as object).map(String);
    const only = ids.length === 1 ? (ids[0] as string) : null;
    const [node] = (data.all as { nodes: unknown[] }).nodes;
    expect(node).toEqual({ offerId: only, offer: only && { id: only }, offerIds: ids, offers: ids.map((one) => ({ id: one })) });
  },
);
