import { AffiseError, badInput } from "../../affise/error.js";
import type { Input } from "../../affise/operation.js";
import type {
  CrAndSubBlockResolvers,
  CreateKpiRuleInput,
  KpiBlockResolvers,
  KpiRuleChangeResolvers,
  KpiRuleResolvers,
  MutationResolvers,
  QueryResolvers,
} from "../../generated/schema.js";
import type { Load } from "../../loaders.js";
import { column } from "../column/column.js";
import { connection } from "../column/connection.js";
import { list, number, text } from "../column/decode.js";
import { affiliateIdsIn, affiliatesIn, foreignKey } from "../column/foreign-key.js";
import { hex, ids, int, period, toZeroOne } from "../mutation/write.js";

type Body = Input<"POST /3.1/automation/kpi">["body"];

export const Query = {
  kpiRule: (_, { id }, { load }) => load.kpiRule.load(hex(id, "id")),

  kpiRules: (_, page, { load }) => connection(page, load.pages.kpiRules({ query: {} })),

  kpiRuleChanges: (_, { filter, first, after, ...days }, { load }) => {
    const query = {
      filter: period(days),
      offers: ids(int, filter?.offerIds, "filter.offerIds"),
      affiliates: ids(int, filter?.affiliateIds, "filter.affiliateIds"),
      type: filter?.types ?? undefined,
    };
    return connection({ first, after }, load.pages.kpiRuleChanges({ query }));
  },

  kpiBlocks: (_, { filter, first, after, ...days }, { load }) => {
    const asked = {
      ...period(days),
      offers: ids(int, filter?.offerIds, "filter.offerIds"),
      affiliates: ids(int, filter?.affiliateIds, "filter.affiliateIds"),
      sub_index: subWord(filter?.sub, "filter.sub"),
      sub_value: filter?.subValue ?? undefined,
      action: filter?.action ?? undefined,
    };
    return connection({ first, after }, load.pages.kpiBlocks({ query: { filter: asked } }));
  },

  crAndSubBlocks: (_, { filter, first, after, ...days }, { load }) => {
    const asked = {
      ...period(days),
      advertisers: ids(hex, filter?.advertiserIds, "filter.advertiserIds"),
      offers: ids(int, filter?.offerIds, "filter.offerIds"),
      affiliates: ids(int, filter?.affiliateIds, "filter.affiliateIds"),
    };
    return connection({ first, after }, load.pages.crAndSubBlocks({ query: { filter: asked } }));
  },
} satisfies QueryResolvers;

const subWord = (sub: number | null | undefined, argument: string): Body["sub"] => {
  if (sub === null || sub === undefined) return undefined;
  if (sub >= 1 && sub <= 5) return `sub${sub}` as Body["sub"];
  throw badInput(argument, `${argument}: ${sub} is no sub; give a number from 1 to 5.`);
};

/** A rule on its way out: always whole. Throws BAD_USER_INPUT where its action wants what is not given. */
const ruleBody = (rule: CreateKpiRuleInput): Body => {
  const { offerId, affiliateIds, period, action, sub, changeTo, goal1, goal2, kpi, notifiesManager } = rule;
  const blocks = action === "block";
  if (blocks && !sub) throw badInput("input.sub", `input.sub: a rule that blocks must say which sub.`);
  if (blocks && !affiliateIds?.length)
    throw badInput("input.affiliateIds", `input.affiliateIds: a rule that blocks must say which affiliates.`);
  if (!blocks && !changeTo)
    throw badInput("input.changeTo", `input.changeTo: a rule that changes conversions must say to which status.`);
  return {
    offers: [int(offerId, "input.offerId")],
    affiliates: ids(int, affiliateIds, "input.affiliateIds"),
    period,
    action_type: action,
    sub: subWord(sub, "input.sub"),
    change_to: changeTo ?? undefined,
    goal1,
    goal2,
    kpi,
    notify_manager: toZeroOne(notifiesManager) ?? 0,
  };
};

const subNumber = (value: unknown) => number(text(value)?.replace(/^sub/i, ""));

/** A rule as it stands, in the form it can be sent again. */
const asInput = (rule: Record<string, unknown>): CreateKpiRuleInput => ({
  offerId: text(list(rule.offers)?.[0]) ?? "",
  affiliateIds: list(rule.affiliates)?.map((id) => text(id) ?? "") ?? [],
  period: text(rule.period) as CreateKpiRuleInput["period"],
  action: text(rule.action_type) as CreateKpiRuleInput["action"],
  sub: subNumber(rule.sub),
  changeTo: text(rule.change_to) as CreateKpiRuleInput["changeTo"],
  goal1: text(rule.goal1) ?? "",
  goal2: text(rule.goal2) ?? "",
  kpi: number(rule.kpi) ?? 0,
  notifiesManager: Boolean(number(rule.notify_manager)),
});

const known = async (load: Load, id: string): Promise<Record<string, unknown>> => {
  const rule = await load.kpiRule.load(id);
  if (rule) return rule;
  throw new AffiseError("NOT_FOUND", `There is no KPI rule ${id}.`);
};

export const Mutation = {
  createKpiRule: async (_, { input }, { call }) => ({
    kpiRule: (await call("POST /3.1/automation/kpi", { body: ruleBody(input) })).message,
  }),

  updateKpiRule: async (_, { input: { id: given, ...change } }, { call, load }) => {
    const id = hex(given, "input.id");
    const rule = asInput(await known(load, id));
    const told = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined && value !== null));
    const body = ruleBody({ ...rule, ...told });
    return { kpiRule: (await call("POST /3.1/automation/kpi/{id}", { path: { id }, body })).message };
  },

  deleteKpiRule: async (_, { input }, { call }) => {
    const id = hex(input.id, "input.id");
    await call("DELETE /3.1/automation/kpi/{id}", { path: { id } });
    return { deletedId: id };
  },
} satisfies MutationResolvers;

const ruleOffer = foreignKey("offer", "offers");
const blockedOffer = foreignKey("offer", "offer_id");
const blockedAffiliate = foreignKey("affiliate", "affiliate_id");
const advertiser = foreignKey("advertiser", "advertiser");
const offer = foreignKey("offer", "offer");
const affiliate = foreignKey("affiliate", "affiliate");

export const KpiRule = {
  offerId: ruleOffer.id,
  offer: ruleOffer.row,
  affiliateIds: ({ affiliates }) => affiliateIdsIn(affiliates),
  affiliates: ({ affiliates }, _, { load }) => affiliatesIn(load, affiliates),
  action: column("action_type"),
  sub: ({ sub }) => subNumber(sub),
  notifiesManager: column("notify_manager"),
} satisfies KpiRuleResolvers;

export const KpiBlock = {
  offerId: blockedOffer.id,
  offer: blockedOffer.row,
  affiliateId: blockedAffiliate.id,
  affiliate: blockedAffiliate.row,
  sub: ({ sub_index }) => subNumber(sub_index),
} satisfies KpiBlockResolvers;

export const CrAndSubBlock = {
  advertiserId: advertiser.id,
  advertiser: advertiser.row,
  offerId: offer.id,
  offer: offer.row,
  affiliateId: affiliate.id,
  affiliate: affiliate.row,
  conversionRate: column("current_cr"),
  minimumConversionRate: column("cr_thresholds_min"),
  maximumConversionRate: column("cr_thresholds_max"),
} satisfies CrAndSubBlockResolvers;

const changeUser = foreignKey("user", "user_id", "manager_id", "user", "manager");
const changeOffer = foreignKey("offer", "offer_id", "offers", "offer");
const affiliatesOf = ({ affiliate_id, affiliates, affiliate: one }: Record<string, unknown>): unknown =>
  affiliate_id ?? affiliates ?? one;

export const KpiRuleChange = {
  type: column("type", "action"),
  createdAt: column("created_at", "date"),
  ruleId: column("rule_id", "kpi_id"),
  userId: changeUser.id,
  user: changeUser.row,
  offerId: changeOffer.id,
  offer: changeOffer.row,
  affiliateIds: (entry) => affiliateIdsIn(affiliatesOf(entry)),
  affiliates: (entry, _, { load }) => affiliatesIn(load, affiliatesOf(entry)),
  details: (entry) =>
    Object.entries(entry).map(([name, value]) => ({
      name,
      value: value !== null && typeof value === "object" ? JSON.stringify(value) : text(value),
    })),
} satisfies KpiRuleChangeResolvers;
