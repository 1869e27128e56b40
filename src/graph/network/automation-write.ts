import { withFieldNames } from "../../affise/error/caller-words.js";
import { badInput, InputError } from "../../affise/error/error.js";
import type { CreateKpiRuleInput, Resolvers } from "../../generated/schema.js";
import type { Load } from "../../loaders.js";
import { number, text, texts } from "../column/decode.js";
import { deleting } from "../mutation/single.js";
import { hex, ids, int, present, toZeroOne } from "../mutation/write.js";
import { type KpiRuleBody, subNumber, subWord } from "./automation.js";

/** A rule on its way out: always whole. Throws BAD_USER_INPUT where its action wants what is not given. */
const ruleBody = (rule: CreateKpiRuleInput): KpiRuleBody => {
  const { offerId, affiliateIds, period, action, sub, changeTo, goal1, goal2, kpi, notifiesManager } = rule;
  const blocks = action === "block";
  if (blocks && !sub) throw badInput("input.sub", "input.sub: a rule that blocks must say which sub.");
  if (blocks && !affiliateIds?.length)
    throw badInput("input.affiliateIds", "input.affiliateIds: a rule that blocks must say which affiliates.");
  if (!blocks && !changeTo)
    throw badInput("input.changeTo", "input.changeTo: a rule that changes conversions must say to which status.");
  const body = {
    offers: [int(offerId, "input.offerId")],
    affiliates: ids(int, affiliateIds, "input.affiliateIds"),
    period,
    action_type: action,
    sub: subWord(sub, "input.sub"),
    change_to: changeTo,
    goal1,
    goal2,
    kpi,
    notify_manager: toZeroOne(notifiesManager) ?? (0 as const),
  };
  return withFieldNames(body, {
    ...{ offers: "input.offerId", affiliates: "input.affiliateIds", action_type: "input.action" },
    ...{ change_to: "input.changeTo", notify_manager: "input.notifiesManager" },
  });
};

/** The offer of a rule. Throws BAD_USER_INPUT where there are several: of these Affise would take one, and the others would be lost. */
const onlyOffer = (value: unknown): string => {
  const offers = texts(value) ?? [];
  if (offers.length < 2) return offers[0] ?? "";
  const message = `input.id: this rule watches several offers (${offers.join(", ")}), and Affise takes one for a rule: the others would be lost. Nothing was sent.`;
  throw badInput("input.id", message);
};

/** A rule as it stands, in the form it can be sent again. */
const asInput = (rule: Record<string, unknown>): CreateKpiRuleInput => ({
  offerId: present(rule, "offers", onlyOffer),
  affiliateIds: present(rule, "affiliates", texts) ?? [],
  period: present(rule, "period", text) as CreateKpiRuleInput["period"],
  action: present(rule, "action_type", text) as CreateKpiRuleInput["action"],
  sub: present(rule, "sub", subNumber) ?? undefined,
  changeTo: present(rule, "change_to", text) as CreateKpiRuleInput["changeTo"],
  goal1: present(rule, "goal1", text) ?? "",
  goal2: present(rule, "goal2", text) ?? "",
  kpi: present(rule, "kpi", number) ?? 0,
  notifiesManager: Boolean(present(rule, "notify_manager", number)),
});

const known = async (load: Load, id: string): Promise<Record<string, unknown>> => {
  const rule = await load.kpiRule.load(id);
  if (rule) return rule;
  throw new InputError("NOT_FOUND", `There is no KPI rule ${id}.`);
};

export const Mutation = {
  createKpiRule: async (_, { input }, { call }) => {
    const { message } = await call("POST /3.1/automation/kpi", { body: ruleBody(input) });
    return { kpiRule: message };
  },

  updateKpiRule: async (_, { input: { id: given, ...change } }, { call, load }) => {
    const id = hex(given, "input.id");
    const rule = asInput(await known(load, id));
    const body = ruleBody({ ...rule, ...change });
    const { message } = await call("POST /3.1/automation/kpi/{id}", { path: { id }, body });
    return { kpiRule: message };
  },

  deleteKpiRule: deleting(hex, (call, path) => call("DELETE /3.1/automation/kpi/{id}", { path })),
} satisfies Resolvers["Mutation"];
