import { isJsonObject, isObject } from "../../contract/json.js";

const holdsNull = (value: unknown): boolean => value === null || (isObject(value) && Object.values(value).some(holdsNull));

const without = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(without);
  if (!isJsonObject(value)) return value;
  const said = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(said.map(([name, inner]) => [name, without(inner)]));
};

/** Arguments without those that are null, however deep: null says what leaving out says, and resolvers know one way of it. */
export const withoutNulls = <Values extends object>(given: Values): Values =>
  holdsNull(given) ? (without(given) as Values) : given;
