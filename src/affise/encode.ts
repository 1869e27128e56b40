import { badInput } from "./error.js";
import type { Facts, WireSchema } from "./operation.js";
import { contract } from "./operation.js";
import { checkUrl } from "./url-limit.js";

/** A value on its way out: text, number, flag, file, or lists and objects of these. Null and undefined are not sent. */
export type Value = string | number | boolean | Blob | null | undefined | readonly Value[] | { readonly [name: string]: Value };

type Pair = [name: string, value: string | Blob];

const resolved = (schema: WireSchema | undefined): WireSchema | undefined => {
  if (!schema?.$ref) return schema;
  const target = contract.components.schemas[schema.$ref.split("/").at(-1) ?? ""];
  return schema["x-wire"] ? { ...target, "x-wire": schema["x-wire"] } : target;
};

/** The schema of one property, wherever the composed schema declares it. */
const property = (schema: WireSchema | undefined, name: string): WireSchema | undefined => {
  const own = resolved(schema);
  if (!own) return undefined;
  if (own.properties?.[name]) return own.properties[name];
  for (const part of [...(own.allOf ?? []), ...(own.anyOf ?? [])]) {
    const found = property(part, name);
    if (found) return found;
  }
  return undefined;
};

/**
 * PHP's brackets: `int_id[]=1`, `filter[offer][]=1`, `caps[0][period]=day`. A list of objects is numbered, a list of plain values is not.
 * A list of the wire kind `comma` becomes one text. An empty list travels as an empty text: the only way the wire has to clear one.
 */
const pairs = (name: string, value: Value, schema: WireSchema | undefined): Pair[] => {
  if (value === null || value === undefined) return [];
  if (value instanceof Blob) return [[name, value]];
  if (typeof value === "boolean") return [[name, value ? "1" : "0"]];
  if (typeof value !== "object") return [[name, String(value)]];
  const own = resolved(schema);
  if (Array.isArray(value)) {
    if (value.length === 0) return [[name, ""]];
    if (own?.["x-wire"] === "comma") return [[name, value.join(",")]];
    const flat = value.every((item) => typeof item !== "object" || item instanceof Blob);
    return value.flatMap((item, index) => pairs(flat ? `${name}[]` : `${name}[${index}]`, item, own?.items));
  }
  return Object.entries(value).flatMap(([key, item]) => pairs(`${name}[${key}]`, item, property(own, key)));
};

/** Blanks travel as %20; what could leave its segment or reach the query is refused. */
const segment = (name: string, value: unknown): string => {
  const text = String(value);
  if (text.trim() === "" || text === "." || text === ".." || /[/\\?#%]|[^\S ]/.test(text)) {
    throw badInput(name, `${name}: ${JSON.stringify(text)} cannot stand in a path.`);
  }
  return encodeURIComponent(text);
};

/** The schema of a query parameter, which says by itself how it travels. */
const querySchemas = new WeakMap<Facts, Map<string, WireSchema | undefined>>();

const querySchemasOf = (facts: Facts): Map<string, WireSchema | undefined> => {
  const known = querySchemas.get(facts);
  if (known) return known;
  const made = new Map<string, WireSchema | undefined>();
  for (const { name, schema, in: place, "x-wire": wire } of facts.parameters) {
    if (place === "query") made.set(name, wire ? { ...resolved(schema), "x-wire": wire } : schema);
  }
  querySchemas.set(facts, made);
  return made;
};

const placeholder = /\{(\w+)\}/g;

/** The path with its values filled in, and the query behind it. Throws BAD_USER_INPUT for what does not fit into a URL. */
export const target = (facts: Facts, path: Record<string, unknown> = {}, query: Record<string, Value> = {}): string => {
  let url = facts.path.includes("{")
    ? facts.path.replaceAll(placeholder, (_, name: string) => {
        if (path[name] === undefined) throw new Error(`${name} is missing in ${facts.operation}`);
        return segment(name, path[name]);
      })
    : facts.path;
  const schemas = querySchemasOf(facts);
  let mark = "?";
  let before = "";
  let encodedBefore = "";
  for (const name of Object.keys(query)) {
    for (const [key, value] of pairs(name, query[name], schemas.get(name))) {
      // The values of a list have one name.
      if (key !== before) encodedBefore = encodeURIComponent(key);
      before = key;
      url += `${mark}${encodedBefore}=${encodeURIComponent(String(value))}`;
      mark = "&";
    }
  }
  checkUrl(facts, url);
  return url;
};

/** The body in the encoding that the contract names: url-encoded, multipart or JSON. */
export const payload = (
  facts: Facts,
  body: Record<string, Value> | undefined,
): URLSearchParams | FormData | string | undefined => {
  if (!facts.body || body === undefined) return undefined;
  if (facts.body.encoding === "json") return JSON.stringify(body);
  const { schema, encoding } = facts.body;
  const flat = Object.entries(body).flatMap(([name, value]) => pairs(name, value, property(schema, name)));
  if (encoding === "form") return new URLSearchParams(flat.map(([name, value]) => [name, String(value)]));
  const form = new FormData();
  for (const [name, value] of flat) {
    if (value instanceof Blob) form.append(name, value, value instanceof File ? value.name : "file");
    else form.append(name, value);
  }
  return form;
};
