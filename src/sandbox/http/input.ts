import type { OperationInfo } from "../../contract/operation.js";
import type { Parameter } from "../../contract/schema.js";
import type { Upload } from "../model/route.js";
import { Failure } from "../rule/failure.js";
import { closedProperties, coerce, extraFields, propertyNames } from "./coerce.js";
import { invalid, unknownFields } from "./invalid.js";
import { bodyFaults, type Fault, parameterFaults } from "./validation.js";
import { parseBody } from "./wire.js";

export interface Input {
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  body: Record<string, unknown>;
  uploads: Upload[];
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Nothing, an empty text, or a list of empty texts: `limit=` and `code[]` are as good as not sent. */
const isAbsent = (sent: unknown): boolean =>
  sent === undefined || sent === "" || (Array.isArray(sent) && sent.length > 0 && sent.every((item) => item === ""));

/** A parameter's value; undefined when it is absent, empty, or not for this kind of caller, whose filter is then ignored. */
const valueOf = (parameter: Parameter, sent: unknown, kind: string): unknown => {
  const audience = parameter["x-audience"];
  if (isAbsent(sent) || (audience && !audience.includes(kind))) return undefined;
  const value = coerce(sent, parameter.schema);
  if (!isMap(value)) return value;
  for (const name of closedProperties(parameter.schema, kind)) delete value[name];
  return value;
};

const collect = (
  info: OperationInfo,
  place: "path" | "query",
  sent: Record<string, unknown>,
  kind: string,
): Record<string, unknown> => {
  const entries = info.parameters.flatMap((parameter) => {
    if (parameter.in !== place) return [];
    const value = valueOf(parameter, sent[parameter.name], kind);
    return value === undefined ? [] : [[parameter.name, value] as const];
  });
  return Object.fromEntries(entries);
};

const refuse = (info: OperationInfo, faults: readonly Fault[]): void => {
  if (faults.length) throw invalid(info, faults);
};

/** Refuses parameters that the contract does not know, as Affise's form binder does: a misspelt filter never passes. */
const refuseUnknown = (info: OperationInfo, query: Record<string, unknown>): void => {
  const known = new Map(info.parameters.map(({ name, schema }) => [name, schema]));
  // Affise's Go client puts the fields of a POST into the query.
  const inBody = info.method === "GET" || !info.body ? new Set<string>() : new Set(propertyNames(info.body.schema));
  const extra = Object.entries(query).flatMap(([name, value]) => {
    if (inBody.has(name)) return [];
    const schema = known.get(name);
    return schema ? extraFields(value, schema) : [name];
  });
  if (extra.length) throw unknownFields(extra);
};

const refuseUnknownInBody = (info: OperationInfo, sent: Record<string, unknown>): void => {
  const names = new Set([...propertyNames(info.body?.schema ?? {}), ...info.parameters.map(({ name }) => name)]);
  const extra = names.size ? Object.keys(sent).filter((name) => !names.has(name)) : [];
  if (extra.length) throw unknownFields(extra);
};

const readBody = async (
  info: OperationInfo,
  request: Request,
  query: Record<string, unknown>,
): Promise<Pick<Input, "body" | "uploads">> => {
  if (info.method === "GET") return { body: {}, uploads: [] };
  const parsed = await parseBody(request);
  if (!parsed) throw new Failure(400, { status: 2, message: "Bad Request" });
  if (!info.body) return { body: {}, uploads: parsed.uploads };
  refuseUnknownInBody(info, parsed.value);
  const value = coerce({ ...query, ...parsed.value }, info.body.schema);
  refuse(info, bodyFaults(info, value));
  return { body: isMap(value) ? value : {}, uploads: parsed.uploads };
};

/** The input of a request as the values of the contract, or a failure that names what is wrong. */
export const readInput = async (
  info: OperationInfo,
  request: Request,
  sent: { path: Record<string, string>; query: Record<string, unknown> },
  kind: string,
): Promise<Input> => {
  refuseUnknown(info, sent.query);
  const path = collect(info, "path", sent.path, kind);
  refuse(info, parameterFaults(info, "path", path));
  const query = collect(info, "query", sent.query, kind);
  refuse(info, parameterFaults(info, "query", query));
  return { path, query, ...(await readBody(info, request, sent.query)) };
};
