import type { ErrorObject } from "ajv/dist/2020.js";
import { memoized } from "../../contract/memoized.js";
import type { OperationInfo } from "../../contract/operation.js";
import type { Parameter, Schema } from "../../contract/schema.js";
import { anchored, openValidator } from "../../contract/validator.js";

const ajv = openValidator({ useDefaults: true });

/** A default must not stand in for a parameter that is required all the same, such as the page of tickets. */
const schemaOf = ({ required, schema }: Parameter): Schema => (required ? { ...schema, default: undefined } : schema);

const parametersIn =
  (place: "path" | "query") =>
  (info: OperationInfo): Schema => {
    const parameters = info.parameters.filter((parameter) => parameter.in === place);
    return {
      type: "object",
      required: parameters.filter(({ required }) => required).map(({ name }) => name),
      properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, schemaOf(parameter)])),
    };
  };

const validatorOf = (schema: (info: OperationInfo) => Schema | undefined) =>
  memoized((info: OperationInfo) => ajv.compile(anchored(schema(info) ?? {})));

const validators = {
  path: validatorOf(parametersIn("path")),
  query: validatorOf(parametersIn("query")),
  body: validatorOf(({ body }) => body?.schema),
  answer: validatorOf(({ answer }) => answer),
};

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

/** What breaking a keyword of a schema is in words. */
const wordsBy: Record<string, (params: Record<string, unknown>) => string> = {
  required: () => "is required",
  enum: ({ allowedValues }) => `must be one of: ${(allowedValues as unknown[]).join(", ")}`,
  maximum: ({ limit }) => `must not be greater than ${limit}`,
  minimum: ({ limit }) => `must not be less than ${limit}`,
  maxLength: ({ limit }) => `must not be longer than ${limit} characters`,
  minLength: ({ limit }) => `must be at least ${limit} characters long`,
  maxItems: ({ limit }) => `must not hold more than ${limit} items`,
  maxProperties: ({ limit }) => `must not hold more than ${limit} keys`,
  format: ({ format }) => `must be ${formatWords[String(format)] ?? format}`,
  pattern: ({ pattern }) => (String(pattern).includes("24") ? "must be an id of 24 hex digits" : "has a wrong format"),
  type: ({ type }) =>
    `must be ${[type]
      .flat()
      .map((one) => typeWords[String(one)] ?? one)
      .join(" or ")}`,
};

/** The faults, each field once, without those that only say that no branch of a choice matched. */
const violationsOf = (errors: readonly ErrorObject[]): Violation[] => {
  const faults = new Map<string, Violation>();
  for (const error of errors) {
    const field = fieldOf(error);
    if (error.keyword !== "anyOf" && !faults.has(field))
      faults.set(field, { field, words: wordsBy[error.keyword]?.(error.params) ?? "is not valid" });
  }
  return [...faults.values()];
};

/** What is wrong with a part of a request or, for tests, of its good answer, by the contract; fills in the defaults that the contract gives. */
export const violations = (info: OperationInfo, part: keyof typeof validators, value: unknown): Violation[] => {
  const validate = validators[part](info);
  return validate(value) ? [] : violationsOf(validate.errors ?? []);
};
