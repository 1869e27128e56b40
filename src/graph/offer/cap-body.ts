import type { Value } from "../../affise/encoding/encode.js";
import { withFieldNames } from "../../affise/error/caller-words.js";
import { badInput } from "../../affise/error/error.js";
import type { CapInput, CapMatchInput } from "../../generated/schema.js";
import { isNothing, list, number, type Row, record, text, texts, whole } from "../column/decode.js";
import { exact, int, present, said, writtenBack } from "../mutation/write.js";

/** The list of a scope: needed with EXACT, and nothing otherwise. Throws BAD_USER_INPUT where they do not fit. */
const scoped = <T extends Value>(scope: CapInput["goalScope"], items: readonly T[] | undefined, argument: string): T[] => {
  const some = items ?? [];
  if ((scope === "exact") === some.length > 0) return [...some];
  const message =
    scope === "exact" ? `${argument} is needed where the scope is EXACT` : `${argument} goes with the scope EXACT only`;
  throw badInput(argument, `${message}.`);
};

const fields = {
  ...{ period: "period", type: "type", value: "value", goal_type: "goalScope", goals: "goals" },
  ...{ affiliate_type: "affiliateScope", affiliates: "affiliateIds", country_type: "countryScope", country: "countries" },
  ...{ sub_number: "sub.number", sub_value: "sub.values" },
};

/** A cap as the wire's body has it. Throws BAD_USER_INPUT naming what does not fit. */
export const capColumns = (cap: CapInput, argument: string): Record<string, Value> => {
  const affiliates = cap.affiliateIds?.map((id, index) => int(id, `${argument}.affiliateIds.${index}`));
  const body = {
    period: cap.period,
    type: cap.type,
    value: cap.value,
    goal_type: cap.goalScope,
    goals: scoped(cap.goalScope, cap.goals, `${argument}.goals`),
    affiliate_type: cap.affiliateScope,
    affiliates: scoped(cap.affiliateScope, affiliates, `${argument}.affiliateIds`),
    country_type: cap.countryScope,
    country: scoped(cap.countryScope, cap.countries, `${argument}.countries`),
    ...(cap.sub ? { sub_number: cap.sub.number, sub_value: cap.sub.values } : {}),
  };
  return withFieldNames(
    body,
    Object.fromEntries(Object.entries(fields).map(([column, field]) => [column, `${argument}.${field}`])),
  );
};

const numbers = (value: unknown): number[] => (list(value) ?? []).map(whole).filter((id) => id !== null);
const listOf = (value: unknown): string[] => texts(value) ?? [];
const codes = (value: unknown): string[] => listOf(value).map((code) => code.toUpperCase());
/** Goals are a list of values, or a map of values to titles. */
export const goalValues = (value: unknown): string[] => (Array.isArray(value) ? listOf(value) : Object.keys(record(value) ?? {}));

const relative = Object.fromEntries(Object.entries(fields).map(([column, field]) => [column, `.${field}`]));

const needed = {
  ...{ period: said(text), type: said(text), value: said(exact) },
  ...{ goal_type: said(text), affiliate_type: said(text), country_type: said(text) },
};

/** The lists of what a cap is for, each with the column that says whether it counts. */
const scopes: readonly [column: string, scope: string, read: (value: unknown) => Value][] = [
  ["goals", "goal_type", goalValues],
  ["affiliates", "affiliate_type", numbers],
  ["country", "country_type", codes],
];

/** A cap as it was read, in the form it can be sent again. Throws UPSTREAM_FAILED where it would be another cap then. */
export const capAsBody = (row: Row): Record<string, Value> => {
  const lists = scopes.map(([column, scope, read]) => {
    const isNeeded = text(row[scope])?.toLowerCase() === "exact" || row[column] !== undefined;
    return [column, isNeeded ? present(row, column, read) : []] as const;
  });
  const { goals: _, affiliates: __, country: ___, current_value: ____, sub_number, sub_value, ...plain } = row;
  const sub =
    !number(sub_number) && isNothing(sub_value)
      ? {}
      : { sub_number: present(row, "sub_number", said(number)), sub_value: present(row, "sub_value", listOf) };
  return withFieldNames({ ...writtenBack(plain, needed, {}), ...Object.fromEntries(lists), ...sub }, relative);
};

const same = (some: readonly unknown[], others: readonly unknown[]): boolean =>
  some.map(String).sort().join() === others.map(String).sort().join();

/** Whether a cap, as it can be sent, is as the caller says. */
export const capFits = (body: ReturnType<typeof capAsBody>, wanted: CapMatchInput): boolean => {
  const { period, type, value, goals, affiliateIds, countries } = wanted;
  return (
    (period ?? body.period) === body.period &&
    (type ?? body.type) === body.type &&
    (value ?? body.value) === body.value &&
    (!goals || same(goals, body.goals as string[])) &&
    (!affiliateIds || same(affiliateIds, body.affiliates as number[])) &&
    (!countries || same(codes(countries), body.country as string[]))
  );
};
