import { z } from "zod";
import { isJsonObject } from "../../contract/json.js";
import { operations } from "../../contract/operation.js";
import type { Row } from "../model/row.js";
import { type UglyNoun, uglyNouns } from "../model/state.js";
import type { Failure } from "../rule/failure.js";

/** Forms in which real answers are met beside the recorded ones, and what each does. */
export const forms = {
  "odd-rows": "rows with columns of other types: texts for numbers, nulls, empty lists for maps, zero times; restores the data",
  "php-map": "lists of rows as maps by their places, one place missing, as PHP prints a list after filtering it",
  "no-pagination": "no pagination",
  "no-total": "pagination without total_count",
  "short-page": "pages of half the rows asked for; per_page says how many",
  "text-number": "numbers inside rows as texts",
  "status-word": "status success and error in place of 1 and 2",
  "error-in-200": "errors in an HTTP 200, their status the text 2",
} as const;

export type FormName = keyof typeof forms;

const nouns = [...new Set([...operations.values()].map(({ tag }) => tag))].sort();

export const formSchema = z.strictObject({
  noun: z.string().refine((noun) => noun === "*" || nouns.includes(noun), `must be * or one of: ${nouns.join(", ")}`),
  form: z.enum(Object.keys(forms) as [FormName, ...FormName[]]),
});

/** A form that the answers of a noun, or of all, take. */
export type Form = z.infer<typeof formSchema>;

/** The nouns whose rows are odd, beside those that the sandbox was started with. */
export const oddNouns = (active: readonly Form[], started: "all" | readonly UglyNoun[] = []): UglyNoun[] =>
  uglyNouns.filter(
    (noun) =>
      started === "all" ||
      started.includes(noun) ||
      active.some((one) => one.form === "odd-rows" && (one.noun === noun || one.noun === "*")),
  );

/** The forms that an operation of a noun answers in now. */
export const formsOf = (active: readonly Form[], noun: string): ReadonlySet<FormName> =>
  new Set(active.filter((one) => one.noun === "*" || one.noun === noun).map(({ form }) => form));

const textNumbers = (value: unknown): unknown => {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(textNumbers);
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, textNumbers(item)])) : value;
};

/** The place after the first is the one that PHP filtered out. */
const phpMap = (list: readonly unknown[]): Row =>
  Object.fromEntries(list.map((item, index) => [String(index === 0 ? 0 : index + 1), item]));

const envelope = ["status", "statusCode", "pagination"];

const inForm = (body: Row, active: ReadonlySet<FormName>): Row => {
  const entries = Object.entries(body).flatMap(([name, value]): [string, unknown][] => {
    if (name === "pagination" && active.has("no-pagination")) return [];
    if (name === "pagination" && active.has("no-total") && isJsonObject(value)) {
      const { total_count: _count, total: _total, ...rest } = value;
      return [[name, rest]];
    }
    if (name === "status" && active.has("status-word")) return [[name, value === 1 ? "success" : value]];
    if (envelope.includes(name)) return [[name, value]];
    const rows = active.has("text-number") ? textNumbers(value) : value;
    return [[name, active.has("php-map") && Array.isArray(rows) && rows.some(isJsonObject) ? phpMap(rows) : rows]];
  });
  return Object.fromEntries(entries);
};

/** A good answer in the forms of its noun. */
export const shapeAnswer = (body: unknown, active: ReadonlySet<FormName>): unknown =>
  active.size && isJsonObject(body) ? inForm(body, active) : body;

/** An error in the forms of its noun. */
export const shapeFailure = ({ status, body }: Failure, active: ReadonlySet<FormName>): { status: number; body: Row } => {
  const worded = active.has("status-word") ? { ...body, status: "error" } : body;
  return active.has("error-in-200") ? { status: 200, body: { ...worded, status: "2" } } : { status, body: worded };
};

/** The query with half the rows asked for, where pages are short. */
export const shapeQuery = (query: Row, active: ReadonlySet<FormName>): Row =>
  active.has("short-page") && typeof query.limit === "number"
    ? { ...query, limit: Math.max(1, Math.floor(query.limit / 2)) }
    : query;
