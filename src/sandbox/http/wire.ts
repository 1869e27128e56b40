import qs from "qs";
import { isJsonObject } from "../../contract/json.js";
import type { Upload } from "../model/route.js";

const options: qs.IParseOptions = {
  arrayLimit: 10_000,
  parameterLimit: 200_000,
  depth: 20,
  // Indexes carry meaning: custom_fields[12] is field 12 and schedule[intervals][1] is a weekday.
  allowSparse: true,
  // In PHP the last a=… wins, while every a[]=… counts.
  duplicates: "last",
};

/** A query or form text, PHP brackets resolved. */
const parseBrackets = (text: string): Record<string, unknown> => qs.parse(text, options) as Record<string, unknown>;

/** The key, from the header or the query, and the query without it. */
export const parseQuery = (request: Request): { key: string | undefined; query: Record<string, unknown> } => {
  const question = request.url.indexOf("?");
  const query = question < 0 ? {} : parseBrackets(request.url.slice(question + 1));
  let key = request.headers.get("API-Key") ?? undefined;
  for (const name of Object.keys(query)) {
    if (name.toLowerCase() !== "api-key") continue;
    key ??= String(query[name]);
    delete query[name];
  }
  return { key, query };
};

export interface Body {
  value: Record<string, unknown>;
  uploads: Upload[];
}

const parseMultipart = async (request: Request): Promise<Body> => {
  const form = await request.formData();
  const uploads: Upload[] = [];
  const pairs: string[] = [];
  for (const [name, value] of form.entries()) {
    if (typeof value !== "string") uploads.push({ field: name, name: value.name, type: value.type, size: value.size });
    pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(typeof value === "string" ? value : value.name)}`);
  }
  return { value: parseBrackets(pairs.join("&")), uploads };
};

/** A body in any of the three encodings; undefined when it cannot be read. A file stands in the values by its name. */
export const parseBody = async (request: Request): Promise<Body | undefined> => {
  const type = request.headers.get("content-type") ?? "";
  try {
    if (type.includes("multipart/form-data")) return await parseMultipart(request);
    const text = await request.text();
    if (!text.trim()) return { value: {}, uploads: [] };
    if (!type.includes("json") && !/^\s*\{/.test(text)) return { value: parseBrackets(text), uploads: [] };
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? { value, uploads: [] } : undefined;
  } catch {
    return undefined;
  }
};
