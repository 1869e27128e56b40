import type { SubAccountRuleInput, SubAccountRuleResolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { list, record } from "../column/decode.js";

/** The rules for sub1 and sub2: a map keyed by the sub's number, or a list in the same order. */
export const subRules = (value: unknown): Record<string, unknown>[] | null => {
  if (value === null || value === undefined) return null;
  const numbered = Array.isArray(value)
    ? list(value)?.map((rule, index) => [index + 1, rule] as const)
    : Object.entries(record(value) ?? {});
  return (numbered ?? []).map(([number, rule]) => ({ number: Number(number), ...record(rule) }));
};

export const SubAccountRule = { excluded: column("except") } satisfies SubAccountRuleResolvers;

/** A rule on its way out: `sub_account_1` with its values joined by commas, and `sub_account_1_except`. No values clear it. */
export const subRule =
  (number: 1 | 2) =>
  ({ values, excluded }: SubAccountRuleInput): Record<string, string | number> => ({
    [`sub_account_${number}`]: values.join(","),
    [`sub_account_${number}_except`]: excluded ? 1 : 0,
  });
