import { randomUUID } from "node:crypto";
import { memoized } from "../../contract/memoized.js";
import type { OperationInfo } from "../../contract/operation.js";
import { flatten, propertyOf, type Schema } from "../../contract/schema.js";
import { badInput } from "../error/error.js";
import { quoted } from "../error/quoted.js";
import { checkUrl } from "./url-limit.js";

/** A value on its way out: text, number, flag, file, or lists and objects of these. Null and undefined are not sent. */
export type Value = string | number | boolean | Blob | null | undefined | readonly Value[] | { readonly [name: string]: Value };

type Pair = [name: string, value: string | Blob];

/** A number in plain digits: small amounts would have an exponent. */
const digits = (value: number): string =>
  /e/.test(String(value)) ? value.toLocaleString("en-US", { useGrouping: false, maximumSignificantDigits: 17 }) : String(value);

/**
 * PHP's brackets: `int_id[]=1`, `filter[offer][]=1`, `caps[0][period]=day`. A list of objects is numbered, a list of plain values is not.
 * A list of the wire kind `comma` becomes one text. An empty list travels as an empty text: the only way the wire has to clear one.
 */
const pairs = (name: string, value: Value, schema: Schema | undefined): Pair[] => {
  if (value === null || value === undefined) return [];
  if (value instanceof Blob) return [[name, value]];
  if (typeof value === "boolean") return [[name, value ? "1" : "0"]];
  if (typeof value === "number") return [[name, digits(value)]];
  if (typeof value !== "object") return [[name, value]];
  if (Array.isArray(value)) {
    if (value.length === 0) return [[name, ""]];
    const flat = schema && flatten(schema);
    if (flat?.isComma) return [[name, value.join(",")]];
    const isPlain = value.every((item) => typeof item !== "object" || item instanceof Blob);
    return value.flatMap((item, index) => pairs(isPlain ? `${name}[]` : `${name}[${index}]`, item, flat?.items));
  }
  return Object.entries(value).flatMap(([key, item]) => pairs(`${name}[${key}]`, item, propertyOf(schema, key)));
};

/** Blanks travel as %20; what could leave its segment or reach the query is refused. */
const segment = (name: string, value: unknown): string => {
  const text = String(value);
  if (text.trim() === "" || text === "." || text === ".." || /[/\\?#%]|[^\S ]/.test(text)) {
    throw badInput(name, `${name}: ${quoted(text)} cannot stand in a path.`);
  }
  return encodeURIComponent(text);
};

/** The schemas of an operation's query parameters by their names. */
const querySchemasOf = memoized(
  ({ parameters }: OperationInfo): ReadonlyMap<string, Schema> =>
    new Map(parameters.filter(({ in: place }) => place === "query").map(({ name, schema }) => [name, schema])),
);

const placeholder = /\{(\w+)\}/g;

/** The path with its values filled in, and the query behind it. Throws BAD_USER_INPUT for what does not fit into a URL. */
export const target = (info: OperationInfo, path: Record<string, unknown> = {}, query: Record<string, Value> = {}): string => {
  let url = info.path.includes("{")
    ? info.path.replaceAll(placeholder, (_, name: string) => {
        if (path[name] === undefined) throw new Error(`${name} is missing in ${info.operation}`);
        return segment(name, path[name]);
      })
    : info.path;
  const schemas = querySchemasOf(info);
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
  checkUrl(info, url, query);
  return url;
};

/** A body on the wire, and its media type. */
export interface Payload {
  type: string;
  bytes: Buffer;
}

/** A name in a part's header, escaped as browsers do. */
const nameInPart = (name: string) => `"${name.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22")}"`;

/**
 * Multipart in one piece. FormData hands a fetch each of its parts by itself, and a thousand offers of hundreds of tags then keep the event
 * loop for most of a second.
 */
const multipart = async (flat: readonly Pair[]): Promise<Payload> => {
  const boundary = `----affise-graphql-${randomUUID()}`;
  const parts: Buffer[] = [];
  let text = "";
  for (const [name, value] of flat) {
    text += `--${boundary}\r\nContent-Disposition: form-data; name=${nameInPart(name)}`;
    if (value instanceof Blob) {
      const [file, type] = [value instanceof File ? value.name : "file", value.type || "application/octet-stream"];
      text += `; filename=${nameInPart(file)}\r\nContent-Type: ${type}\r\n\r\n`;
      parts.push(Buffer.from(text), Buffer.from(await value.arrayBuffer()));
      text = "\r\n";
    } else text += `\r\n\r\n${value}\r\n`;
  }
  parts.push(Buffer.from(`${text}--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, bytes: Buffer.concat(parts) };
};

/** The body in the encoding that the contract names: url-encoded, multipart or JSON. */
export const payload = async (info: OperationInfo, body: Record<string, Value> | undefined): Promise<Payload | undefined> => {
  if (!info.body || body === undefined) return undefined;
  const { schema, encoding } = info.body;
  if (encoding === "json") return { type: "application/json", bytes: Buffer.from(JSON.stringify(body)) };
  const flat = Object.entries(body).flatMap(([name, value]) => pairs(name, value, propertyOf(schema, name)));
  if (encoding !== "form") return multipart(flat);
  const form = new URLSearchParams(flat.map(([name, value]) => [name, String(value)]));
  return { type: "application/x-www-form-urlencoded;charset=UTF-8", bytes: Buffer.from(form.toString()) };
};

/** A body for people to read: what is not sent is left out, and a file is told by name, kind and size. */
export const readable = (body: Value): unknown => {
  if (body instanceof Blob) return { file: body instanceof File ? body.name : null, contentType: body.type, bytes: body.size };
  if (Array.isArray(body)) return body.map(readable);
  if (body === null || typeof body !== "object") return body ?? null;
  const sent = Object.entries(body).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(sent.map(([name, value]) => [name, readable(value)]));
};
