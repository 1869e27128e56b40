import { badInput } from "../../affise/error/error.js";
import type { Resolvers, SubAccountRuleInput } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { isNothing, list, type Row, record, splitByCommas, text } from "../column/decode.js";
import { withCommas } from "../mutation/write.js";

/** The rules for sub1 and sub2: a map keyed by the sub's number, or a list in the same order. One without values is none. */
export const subRules = (value: unknown): Record<string, unknown>[] | null => {
  if (value === null || value === undefined) return null;
  const numbered = Array.isArray(value)
    ? list(value)?.map((rule, index) => [index + 1, rule] as const)
    : Object.entries(record(value) ?? {});
  return (numbered ?? [])
    .map(([number, rule]) => ({ number: Number(number), ...record(rule) }))
    .filter((rule) => !isNothing((rule as Row).value));
};

export const SubAccountRule = {
  values: ({ value }) => {
    const printed = text(value);
    return printed === null ? null : splitByCommas(printed);
  },
  excluded: column("except"),
} satisfies Resolvers["SubAccountRule"];

/** Rules on their way out: `sub_account_1` with its values joined by commas, and `sub_account_1_except`. A sub without one is cleared. */
export const subRuleColumns = (rules: readonly SubAccountRuleInput[], argument: string): Record<string, string | number> => {
  const body: Record<string, string | number> = {};
  for (const number of [1, 2]) Object.assign(body, { [`sub_account_${number}`]: "", [`sub_account_${number}_except`]: 0 });
  for (const [index, { number, values, excluded }] of rules.entries()) {
    const at = `${argument}.${index}.number`;
    if (number !== 1 && number !== 2) throw badInput(at, `${at} must be 1 or 2: Affise has rules for sub1 and sub2 only.`);
    if (body[`sub_account_${number}`]) throw badInput(at, `${at} is ${number} a second time: one rule for each sub.`);
    body[`sub_account_${number}`] = withCommas(values ?? [], `${argument}.${index}.values`);
    body[`sub_account_${number}_except`] = excluded ? 1 : 0;
  }
  return body;
};
