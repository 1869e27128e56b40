import { isJsonObject } from "../../contract/json.js";
import type { OperationInfo } from "../../contract/operation.js";
import { flatten } from "../../contract/schema.js";
import type { Upload } from "../model/route.js";
import { rejected } from "../rule/failure.js";
import { closedProperties, coerce, extraFields } from "./coerce.js";
import { invalid, unknownFields } from "./invalid.js";
import { violations } from "./validation.js";
import { parseBody } from "./wire.js";

export interface Input {
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  body: Record<string, unknown>;
  uploads: Upload[];
}

/** Nothing, an empty text, or a list of empty texts: `limit=` and `code[]` are as good as not sent. */
const isAbsent = (sent: unknown): boolean =>
  sent === undefined || sent === "" || (Array.isArray(sent) && sent.length > 0 && sent.every((item) => item === ""));

const collect = (info: OperationInfo, place: "path" | "query", sent: Record<string, unknown>): Record<string, unknown> => {
  const entries = info.parameters.flatMap((parameter) => {
    const value = sent[parameter.name];
    return parameter.in !== place || isAbsent(value) ? [] : [[parameter.name, coerce(value, parameter.schema)] as const];
  });
  return Object.fromEntries(entries);
};

/** A good query without what is not for this kind of caller, whose filter is then ignored. */
const openTo = (info: OperationInfo, kind: string, query: Record<string, unknown>): Record<string, unknown> => {
  const entries = info.parameters.flatMap((parameter) => {
    const value = query[parameter.name];
    if (value === undefined || !(parameter["x-audience"]?.includes(kind) ?? true)) return [];
    if (!isJsonObject(value)) return [[parameter.name, value] as const];
    const closed = new Set(closedProperties(parameter.schema, kind));
    return [[parameter.name, Object.fromEntries(Object.entries(value).filter(([name]) => !closed.has(name)))] as const];
  });
  return Object.fromEntries(entries);
};

const check = (info: OperationInfo, part: "path" | "query" | "body", value: unknown): void => {
  const faults = violations(info, part, value);
  if (faults.length) throw invalid(info, faults);
};

/** Refuses parameters that the contract does not know, as Affise's form binder does: a misspelt filter never passes. */
const refuseUnknown = (info: OperationInfo, query: Record<string, unknown>): void => {
  // Affise's Go client puts the fields of a POST into the query.
  const inBody = info.method === "GET" || !info.body ? {} : flatten(info.body.schema).properties;
  const known = new Map([...Object.entries(inBody), ...info.parameters.map(({ name, schema }) => [name, schema] as const)]);
  const extra = Object.entries(query).flatMap(([name, value]) => {
    const schema = known.get(name);
    return schema ? extraFields(value, schema) : [name];
  });
  if (extra.length) throw unknownFields(extra);
};

/** The same in a body. What Affise's clients put there of the parameters is known too. */
const refuseUnknownInBody = (info: OperationInfo, sent: Record<string, unknown>): void => {
  const parameters = new Set(info.parameters.map(({ name }) => name));
  const fields = Object.entries(sent).filter(([name]) => !parameters.has(name));
  const extra = info.body ? extraFields(Object.fromEntries(fields), info.body.schema) : fields.map(([name]) => name);
  if (extra.length) throw unknownFields(extra);
};

const readBody = async (
  info: OperationInfo,
  request: Request,
  query: Record<string, unknown>,
): Promise<Pick<Input, "body" | "uploads">> => {
  if (info.method === "GET") return { body: {}, uploads: [] };
  const parsed = await parseBody(request);
  if (!parsed) throw rejected("Bad Request");
  refuseUnknownInBody(info, parsed.value);
  if (!info.body) return { body: {}, uploads: parsed.uploads };
  const value = coerce({ ...query, ...parsed.value }, info.body.schema);
  check(info, "body", value);
  return { body: isJsonObject(value) ? value : {}, uploads: parsed.uploads };
};

/** The input of a request as the values of the contract, or a failure that names what is wrong. */
export const readInput = async (
  info: OperationInfo,
  request: Request,
  sent: { path: Record<string, string>; query: Record<string, unknown> },
  kind: string,
): Promise<Input> => {
  refuseUnknown(info, sent.query);
  const path = collect(info, "path", sent.path);
  check(info, "path", path);
  const query = collect(info, "query", sent.query);
  check(info, "query", query);
  return { path, query: openTo(info, kind, query), ...(await readBody(info, request, sent.query)) };
};
