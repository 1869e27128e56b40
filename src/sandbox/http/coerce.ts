import { isJsonObject } from "../../contract/json.js";
import { type FlatSchema, flatten, resolve, type Schema } from "../../contract/schema.js";

const isNumberedObject = (value: unknown): value is Record<string, unknown> =>
  isJsonObject(value) && Object.keys(value).length > 0 && Object.keys(value).every((key) => /^\d+$/.test(key));

const accepts = (schema: Schema, value: unknown): boolean => {
  const { types, anyOf } = flatten(schema);
  if (anyOf.length) return anyOf.some((branch) => accepts(branch, value));
  if (Array.isArray(value) || isNumberedObject(value)) return types.includes("array") || types.includes("object");
  if (isJsonObject(value)) return types.includes("object");
  if (value === "") return types.includes("array") || types.includes("string");
  return types.length === 0 || types.some((type) => type !== "array" && type !== "object");
};

const asList = (value: unknown, flat: FlatSchema): unknown => {
  const items = flat.items ?? {};
  const nested = flatten(items).types.includes("array");
  if (value === "") return [];
  if (typeof value === "string" && flat.isComma) return value.split(",").map((part) => coerce(part.trim(), items));
  const list = isNumberedObject(value) ? Object.values(value) : value;
  if (!Array.isArray(list)) return isJsonObject(list) ? list : [coerce(list, items)];
  // The outer index of a list of lists means something (a weekday), so its holes stay.
  if (nested) return Array.from(list, (item) => (item === undefined ? [] : coerce(item, items)));
  // PHP clients send a[]= for an empty list.
  return list.filter((item) => item !== undefined && item !== "").map((item) => coerce(item, items));
};

const asMap = (value: unknown, flat: FlatSchema): unknown => {
  if (value === "") return {};
  if (!isJsonObject(value) && !Array.isArray(value)) return value;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const schema = flat.properties[key] ?? flat.additional;
    const coerced = schema ? coerce(item, schema) : item;
    return coerced === undefined ? [] : [[key, coerced] as const];
  });
  return Object.fromEntries(entries);
};

const words: Record<string, boolean> = { true: true, false: false, "1": true, "0": false };

const asScalar = (value: unknown, types: readonly string[]): unknown => {
  if (Array.isArray(value) || typeof value === "object") return value;
  if (types.includes("string")) {
    return typeof value === "string" || types.includes(typeof value) || types.includes("integer") ? value : String(value);
  }
  if (types.includes("boolean")) return words[String(value)] ?? (value === "" ? undefined : value);
  if (types.includes("integer") || types.includes("number")) {
    if (value === "") return undefined;
    if (typeof value === "boolean" || value === "true" || value === "false") return words[String(value)] ? 1 : 0;
    return typeof value === "string" && /^[+-]?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  }
  return value;
};

/**
 * Text from the wire as the values the schema speaks of: numbers and flags sent as text, a lone value for a list,
 * numbered keys for a list, an empty text for an empty list. What does not fit stays as it is, for validation to name.
 */
export const coerce = (value: unknown, schema: Schema): unknown => {
  const flat = flatten(schema);
  if (flat.anyOf.length) {
    const branch = flat.anyOf.find((candidate) => accepts(candidate, value)) ?? flat.anyOf[0];
    return branch ? coerce(value, branch) : value;
  }
  if (flat.types.includes("array")) return asList(value, flat);
  if (flat.types.includes("object")) return asMap(value, flat);
  return asScalar(value, flat.types);
};

const isOpen = (schema: Schema): boolean => {
  const flat = flatten(schema);
  return flat.additional !== undefined || resolve(schema).additionalProperties === true || !Object.keys(flat.properties).length;
};

const namesIn = (entries: readonly (readonly [string, unknown])[], schema: Schema): string[] => {
  const { properties, additional } = flatten(schema);
  return entries.flatMap(([name, item]) => {
    const known = properties[name] ?? additional;
    if (known) return extraFields(item, known);
    return isOpen(schema) ? [] : [name];
  });
};

/** The keys of a value that a schema with named properties does not have, at whatever depth, through lists and maps. */
export const extraFields = (value: unknown, schema: Schema): string[] => {
  if (typeof value !== "object" || value === null) return [];
  const { types, items, anyOf } = flatten(schema);
  if (anyOf.length) {
    const found = anyOf.filter((branch) => accepts(branch, value)).map((branch) => extraFields(value, branch));
    return found.some((names) => !names.length) ? [] : (found[0] ?? []);
  }
  const isList = Array.isArray(value) || isNumberedObject(value);
  if (isList && types.includes("array")) return Object.values(value).flatMap((item) => extraFields(item, items ?? {}));
  return types.includes("object") ? namesIn(Object.entries(value), schema) : [];
};

/** The properties of a map that a kind of caller may not send. */
export const closedProperties = (schema: Schema, kind: string): string[] =>
  Object.entries(flatten(schema).properties).flatMap(([name, property]) => {
    const audience = property["x-audience"];
    return audience && !audience.includes(kind) ? [name] : [];
  });
