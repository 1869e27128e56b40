import { badInput } from "../../affise/error/error.js";
import type { Input } from "../../contract/operation.js";
import type { Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { connection } from "../column/connection.js";
import { text, textOrJson, whole } from "../column/decode.js";
import { affiliateKeys, foreignKey, offerKeys } from "../column/foreign-key.js";
import { numberedFields, subs } from "../column/numbered.js";
import { hex, ids, int, period } from "../mutation/write.js";

/** A KPI rule as it is sent. */
export type KpiRuleBody = Input<"POST /3.1/automation/kpi">["body"];

export const Query = {
  kpiRule: (_, { id }, { load }) => load.kpiRule.load(hex(id, "id")),

  kpiRules: (_, page, { load }) => connection(page, load.pages.kpiRules({ query: {} })),

  kpiRuleChanges: (_, { filter, ...rest }, { load }) => {
    const query = {
      filter: period(rest),
      offers: ids(int, filter?.offerIds, "filter.offerIds"),
      affiliates: ids(int, filter?.affiliateIds, "filter.affiliateIds"),
      type: filter?.types,
    };
    return connection(rest, load.pages.kpiRuleChanges({ query }));
  },

  kpiBlocks: (_, { filter, ...rest }, { load }) => {
    const asked = {
      ...period(rest),
      offers: ids(int, filter?.offerIds, "filter.offerIds"),
      affiliates: ids(int, filter?.affiliateIds, "filter.affiliateIds"),
      sub_index: subWord(filter?.sub, "filter.sub"),
      sub_value: filter?.subValue,
      action: filter?.action,
    };
    return connection(rest, load.pages.kpiBlocks({ query: { filter: asked } }));
  },

  crAndSubBlocks: (_, { filter, ...rest }, { load }) => {
    const asked = {
      ...period(rest),
      advertisers: ids(hex, filter?.advertiserIds, "filter.advertiserIds"),
      offers: ids(int, filter?.offerIds, "filter.offerIds"),
      affiliates: ids(int, filter?.affiliateIds, "filter.affiliateIds"),
    };
    return connection(rest, load.pages.crAndSubBlocks({ query: { filter: asked } }));
  },
} satisfies Resolvers["Query"];

/** A sub as the wire names it. Throws BAD_USER_INPUT for a number that is none. */
export const subWord = (sub: number | undefined, argument: string): KpiRuleBody["sub"] => {
  if (sub === undefined) return undefined;
  if (sub >= 1 && sub <= 5) return `sub${sub}` as KpiRuleBody["sub"];
  throw badInput(argument, `${argument}: ${sub} is no sub; give a number from 1 to 5.`);
};

/** The number of a sub, out of the wire's word for it. */
export const subNumber = (value: unknown) => whole(text(value)?.replace(/^sub/i, ""));

export const KpiRule = {
  ...foreignKey("offer", "offers"),
  ...offerKeys("offer", "offers"),
  ...affiliateKeys("affiliate", "affiliates"),
  action: column("action_type"),
  sub: ({ sub }) => subNumber(sub),
  notifiesManager: column("notify_manager"),
} satisfies Resolvers["KpiRule"];

export const KpiBlock = {
  ...foreignKey("offer", "offer_id"),
  ...foreignKey("affiliate", "affiliate_id"),
  sub: ({ sub_index }) => subNumber(sub_index),
} satisfies Resolvers["KpiBlock"];

export const CrAndSubBlock = {
  ...foreignKey("advertiser", "advertiser"),
  ...foreignKey("offer", "offer"),
  ...foreignKey("affiliate", "affiliate"),
  ...numberedFields("sub", subs(2)),
  conversionRate: column("current_cr"),
  minimumConversionRate: column("cr_thresholds_min"),
  maximumConversionRate: column("cr_thresholds_max"),
} satisfies Resolvers["CrAndSubBlock"];

export const KpiRuleChange = {
  type: column("type", "action"),
  createdAt: column("created_at", "date"),
  ruleId: column("rule_id", "kpi_id"),
  ...foreignKey("user", "user_id", "manager_id", "user", "manager"),
  ...foreignKey("offer", "offer_id", "offers", "offer"),
  ...offerKeys("offer", "offer_id", "offers", "offer"),
  ...affiliateKeys("affiliate", "affiliate_id", "affiliates", "affiliate"),
  details: (entry) => Object.entries(entry).map(([name, value]) => ({ name, value: textOrJson(value) })),
} satisfies Resolvers["KpiRuleChange"];
