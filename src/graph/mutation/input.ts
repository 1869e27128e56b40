import { type GraphQLInputObjectType, type GraphQLInputType, isInputObjectType, isListType, isNonNullType } from "graphql";
import { badInput } from "../../affise/error/error.js";
import { formatNumber } from "../../affise/error/quoted.js";
import { isBlank } from "../column/argument.js";
import { hasDirective } from "../column/directive.js";

/** The most items that a list of a mutation's input may have, and that all mutations of a request may be about together. */
export const mostItems = 1_000;

const wrong = (argument: string, message: string) => badInput(argument, `${argument} ${message}`);

type Values = Readonly<Record<string, unknown>>;

const given = (value: unknown) => value !== null && value !== undefined;

const checkLength = (items: readonly unknown[], argument: string): void => {
  if (items.length <= mostItems) return;
  const message = `has ${formatNumber(items.length)} items; ${formatNumber(mostItems)} fit into one request. Split it. Nothing was sent.`;
  throw wrong(argument, message);
};

const checkEmpty = (value: unknown, type: GraphQLInputType, argument: string): void => {
  const orNot = isNonNullType(type) ? "." : ", or leave it out.";
  if (isBlank(value)) throw wrong(argument, `is an empty text: give one${orNot}`);
  if (Array.isArray(value) && !value.length) throw wrong(argument, `is an empty list: give at least one${orNot}`);
};

/** Lists that contradict each other when one id stands in both. */
const opposites = [
  ["enabled", "disabled"],
  ["included", "excluded"],
  ["allowed", "disallowed"],
] as const;

const checkOpposites = (values: Values, argument: string): void => {
  for (const [name, some] of Object.entries(values)) {
    for (const [one, other] of opposites) {
      if (!name.startsWith(one) || !Array.isArray(some)) continue;
      const counterpart = `${other}${name.slice(one.length)}`;
      const others = new Set(values[counterpart] as readonly unknown[] | undefined);
      const both = some.find((item) => others.has(item));
      if (both === undefined) continue;
      const message = `and ${argument}.${counterpart} both have ${String(both)}: it can stand in one of them only.`;
      throw wrong(`${argument}.${name}`, message);
    }
  }
};

/** Where spans begin and end. */
const spans = [
  ["from", "to"],
  ["startDate", "endDate"],
  ["startsAt", "endsAt"],
  ["startsAt", "stopsAt"],
  ["updatedFrom", "updatedTo"],
] as const;

const checkSpans = (values: Values, argument: string): void => {
  for (const [start, end] of spans) {
    const [from, to] = [values[start], values[end]];
    if (typeof from !== "string" || typeof to !== "string") continue;
    const size = Math.min(from.length, to.length);
    if (to.slice(0, size) < from.slice(0, size)) throw wrong(`${argument}.${end}`, `is before ${argument}.${start}.`);
  }
};

/** Whether anything is said by a value: an empty list clears, and what holds nulls alone is not sent. */
export const says = (value: unknown): boolean => {
  if (Array.isArray(value)) return !value.length || value.some(says);
  return typeof value === "object" && value !== null ? Object.values(value).some(says) : given(value);
};

/** A change that changes nothing is a mistake, and would still be sent. */
const checkChange = (type: GraphQLInputObjectType, values: Values, argument: string): void => {
  const { id, ...others } = type.getFields();
  const optional = Object.values(others);
  if (!id || !type.name.startsWith("Update") || !optional.length) return;
  if (optional.some(({ type, name }) => isNonNullType(type) || says(values[name]))) return;
  throw wrong(argument, "changes nothing: give more than the id.");
};

const checkObject = (type: GraphQLInputObjectType, values: Values, argument: string): void => {
  checkOpposites(values, argument);
  checkSpans(values, argument);
  checkChange(type, values, argument);
  const fields = type.getFields();
  for (const [name, value] of Object.entries(values)) {
    const field = fields[name];
    if (!field) continue;
    const path = `${argument}.${name}`;
    // Nobody shall clear a thing, or mean all of them, by mistake.
    if (!hasDirective(field, "mayBeEmpty")) checkEmpty(value, field.type, path);
    checkValue(value, field.type, path);
  }
};

const checkValue = (value: unknown, type: GraphQLInputType, argument: string): void => {
  if (!given(value)) return;
  if (isNonNullType(type)) checkValue(value, type.ofType, argument);
  else if (isListType(type)) {
    const items = value as readonly unknown[];
    checkLength(items, argument);
    for (const [index, item] of items.entries()) {
      const path = `${argument}.${index}`;
      if (isBlank(item)) checkEmpty(item, type.ofType, path);
      checkValue(item, type.ofType, path);
    }
  } else if (isInputObjectType(type)) checkObject(type, value as Values, argument);
};

/** Checks what is wrong with an input whatever it is for, before anything is asked or sent. Throws BAD_USER_INPUT naming the argument. */
export const checkInput = (args: readonly { name: string; type: GraphQLInputType }[], values: Values): void => {
  for (const { name, type } of args) checkValue(values[name], type, name);
};

/** Whether the steps of a path lead to something in a value of a type: `changes`, `0`, `offerIds`. */
export const isWithin = (type: GraphQLInputType, [step, ...others]: readonly string[]): boolean => {
  if (step === undefined) return true;
  if (isNonNullType(type)) return isWithin(type.ofType, [step, ...others]);
  if (isListType(type)) return /^\d+$/.test(step) && isWithin(type.ofType, others);
  const field = isInputObjectType(type) ? type.getFields()[step] : undefined;
  return field !== undefined && isWithin(field.type, others);
};
