import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import type { OperationInfo } from "../../contract/operation.js";
import type { Parameter, Schema } from "../../contract/schema.js";
import { anchored, openValidator } from "../../contract/validator.js";

const ajv = openValidator({ useDefaults: true });

const compiled = new Map<string, ValidateFunction>();

const validator = (name: string, schema: () => unknown): ValidateFunction => {
  const known = compiled.get(name);
  if (known) return known;
  const fresh = ajv.compile(anchored(schema()));
  compiled.set(name, fresh);
  return fresh;
};

/** A default must not stand in for a parameter that is required all the same, such as the page of tickets. */
const schemaOf = ({ required, schema }: Parameter): Schema => (required ? { ...schema, default: undefined } : schema);

const parameterSchema = (parameters: readonly Parameter[]): Schema => ({
  type: "object",
  required: parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name),
  properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, schemaOf(parameter)])),
});

/** One thing wrong with an input: the field in the wire's own spelling and the fault in plain words. */
export interface Violation {
  field: string;
  words: string;
}

const fieldOf = (error: ErrorObject): string => {
  const parts = error.instancePath.split("/").slice(1);
  if (error.keyword === "required") parts.push(String((error.params as { missingProperty?: string }).missingProperty));
  if (error.propertyName !== undefined) parts.push(error.propertyName);
  return parts.map((part, depth) => (depth ? `[${part}]` : part)).join("");
};

const typeWords: Record<string, string> = {
  integer: "a whole number",
  number: "a number",
  string: "a text",
  array: "a list",
  object: "a map",
  boolean: "0 or 1",
};

const formatWords: Record<string, string> = { date: "a date, YYYY-MM-DD", email: "an email address" };

const wordsOf = (error: ErrorObject): string => {
  const { keyword, params } = error as { keyword: string; params: Record<string, unknown> };
  if (keyword === "required") return "is required";
  if (keyword === "enum") return `must be one of: ${(params.allowedValues as unknown[]).join(", ")}`;
  if (keyword === "maximum") return `must not be greater than ${params.limit}`;
  if (keyword === "minimum") return `must not be less than ${params.limit}`;
  if (keyword === "maxLength") return `must not be longer than ${params.limit} characters`;
  if (keyword === "minLength") return `must be at least ${params.limit} characters long`;
  if (keyword === "maxItems") return `must not hold more than ${params.limit} items`;
  if (keyword === "maxProperties") return `must not hold more than ${params.limit} keys`;
  if (keyword === "format") return `must be ${formatWords[String(params.format)] ?? params.format}`;
  if (keyword === "pattern") {
    return String(params.pattern).includes("24") ? "must be an id of 24 hex digits" : "has a wrong format";
  }
  if (keyword === "type")
    return `must be ${[params.type]
      .flat()
      .map((type) => typeWords[String(type)] ?? type)
      .join(" or ")}`;
  return "is not valid";
};

/** The faults, each field once, without those that only say that no branch of a choice matched. */
const violationsOf = (errors: readonly ErrorObject[]): Violation[] => {
  const faults = new Map<string, Violation>();
  for (const error of errors) {
    const field = fieldOf(error);
    if (error.keyword !== "anyOf" && !faults.has(field)) faults.set(field, { field, words: wordsOf(error) });
  }
  return [...faults.values()];
};

const check = (name: string, schema: () => unknown, value: unknown): Violation[] => {
  const validate = validator(name, schema);
  return validate(value) ? [] : violationsOf(validate.errors ?? []);
};

/** What is wrong with the path or query parameters; fills in the defaults that the contract gives. */
export const parameterViolations = (
  info: OperationInfo,
  place: "path" | "query",
  value: Record<string, unknown>,
): Violation[] => {
  const parameters = info.parameters.filter((parameter) => parameter.in === place);
  return check(`${place} ${info.operation}`, () => parameterSchema(parameters), value);
};

/** What is wrong with a body. */
export const bodyViolations = ({ operation, body }: OperationInfo, value: unknown): Violation[] =>
  body ? check(`body ${operation}`, () => body.schema, value) : [];

/** What is wrong with an answer of status 200, by the contract; for tests. */
export const answerViolations = ({ operation, answer }: OperationInfo, value: unknown): Violation[] =>
  answer ? check(`answer ${operation}`, () => answer, value) : [];
