import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

const id = "5d".repeat(12);
const rule = {
  ...{ id, period: "day", action_type: "conversion", change_to: "hold", affiliates: [], sub: null },
  ...{ goal1: "1", goal2: "2", kpi: 5, notify_manager: 0 },
};
let offers: unknown;
const w = await openAnswering((path) =>
  path.endsWith(id)
    ? { status: 1, message: { ...rule, offers } }
    : { status: 1, items: [{ ...rule, offers }], pagination: { total_count: 1, page: 1, per_page: 100 } },
);
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
