import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { memoized } from "../../contract/memoized.js";
import type { OperationInfo } from "../../contract/operation.js";
import { anchored, openValidator } from "../../contract/validator.js";
import { aboutOf, argumentAt, noteRead } from "../error/caller-words.js";
import { InputError } from "../error/error.js";

let validator: ReturnType<typeof openValidator> | undefined;

const validatorFor = memoized((info: OperationInfo): ValidateFunction => {
  const part = (place: "path" | "query") => {
    const members = info.parameters.filter((parameter) => parameter.in === place);
    return {
      type: "object",
      properties: Object.fromEntries(members.map(({ name, schema }) => [name, anchored(schema)])),
      required: members.filter(({ required }) => required).map(({ name }) => name),
      additionalProperties: false,
    };
  };
  validator ??= openValidator({ coerceTypes: true, formats: { binary: true } }, ["date", "date-time", "email"]);
  return validator.compile({
    type: "object",
    properties: {
      path: part("path"),
      query: part("query"),
      ...(info.body ? { body: anchored(info.body.schema) } : {}),
    },
  });
});

const stepsOf = ({ instancePath, params }: ErrorObject): string[] => {
  const { missingProperty, additionalProperty } = params as { missingProperty?: string; additionalProperty?: string };
  const more = missingProperty ?? additionalProperty;
  return [...instancePath.split("/").slice(1), ...(more ? [more] : [])];
};

/** The way to what is wrong, in the caller's words: `input.payouts.0.income` for `/body/payments/0/total`. */
const argumentOf = (error: ErrorObject, input: object): string => {
  const [place = "", ...steps] = stepsOf(error);
  // Bodies are made of a mutation's only argument.
  return argumentAt((input as Record<string, unknown>)[place], steps, place === "body" ? "input" : "");
};

/** The contract's form of a value in a list that travels as one text. */
const noComma = "^[^,]*$";

/** What is wrong with such a value. */
export const hasComma = "has a comma, which Affise takes for the end of a value; give each value by itself";

const sentence = (error: ErrorObject, path: string): string => {
  const { keyword, params, message } = error;
  // The caller wrote no such value, and knows the values by other names.
  if (keyword === "enum" && path.includes(":")) return "is a value that Affise does not take";
  if (keyword === "required") return "is missing";
  if (keyword === "enum") return `must be one of ${(params.allowedValues as unknown[]).join(", ")}`;
  if (keyword === "pattern" && params.pattern === noComma) return hasComma;
  if (keyword === "format" && params.format === "date") return "must be a date such as 2026-01-31";
  if (keyword === "maximum") return `must be at most ${params.limit}`;
  if (keyword === "minimum") return `must be at least ${params.limit}`;
  return message ?? "is wrong";
};

/** An empty text clears a column, whatever the column's own type; a file has no schema. Both are out of the check's reach. */
const checkable = (value: unknown): unknown => {
  if (value === "" || value === null) return undefined;
  if (value instanceof Blob) return "file";
  if (Array.isArray(value)) return value.map(checkable);
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, checkable(item)]));
  return value;
};

interface Input {
  path?: unknown;
  query?: object;
  body?: unknown;
}

/** Of what may have one of several forms only that is told which is wrong with the form it has. */
const isTold = ({ keyword }: ErrorObject) => keyword !== "anyOf" && keyword !== "if" && keyword !== "const";

/** Whether only the check took away what is said to be missing: an empty text. */
const isEmptied = (error: ErrorObject, input: Input): boolean =>
  error.keyword === "required" && stepsOf(error).reduce<unknown>((at, step) => Object(at)[step], input) === "";

const refusal = (info: OperationInfo, input: Input, all: readonly ErrorObject[]): InputError => {
  const wrong = all.filter(isTold);
  const paths = wrong.map((error) => argumentOf(error, input));
  const names = [...new Set(paths.map(aboutOf))];
  const words = [...new Set(wrong.map((error, index) => `${paths[index] || "the input"} ${sentence(error, paths[index] ?? "")}`))]
    .slice(0, 5)
    .join("; ");
  const error = new InputError("BAD_USER_INPUT", `${words}.`, { operation: info.operation, arguments: names });
  return noteRead(error, input.query ?? {}, (query) => refusal(info, { ...input, query }, all));
};

/** Holds the input against the contract (required, enums, ranges, forms). Throws BAD_USER_INPUT naming what is wrong before anything is sent. */
export const check = (info: OperationInfo, input: Input): void => {
  const validate = validatorFor(info);
  const value = checkable({
    path: input.path ?? {},
    query: input.query ?? {},
    body: input.body ?? (info.body ? {} : undefined),
  });
  if (validate(value)) return;
  const all = validate.errors ?? [];
  const told = all.filter(isTold);
  const wrong = told.filter((error) => !isEmptied(error, input));
  if (wrong.length || !told.length) throw refusal(info, input, wrong.length ? wrong : all);
};
