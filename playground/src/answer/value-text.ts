import { isolated } from "../isolated.js";

const isThing = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);

const fieldsText = (thing: object): string =>
  Object.entries(thing)
    .filter(([, inner]) => inner !== null)
    .map(([name, inner]) => `${name} ${innerText(inner)}`)
    .join("; ");

const innerText = (value: unknown): string => {
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length)) return "nothing";
  if (Array.isArray(value)) return value.map(innerText).join(", ");
  return isThing(value) ? `(${fieldsText(value)})` : isolated(String(value));
};

/** A value in words: things of a list stand on a line each. */
export const valueText = (value: unknown): string => {
  if (Array.isArray(value) && value.some(isThing)) return value.map(valueText).join("\n");
  return isThing(value) ? fieldsText(value) : innerText(value);
};
