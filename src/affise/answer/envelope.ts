import { isObject } from "../../contract/json.js";
import { memoized } from "../../contract/memoized.js";
import type { OperationInfo } from "../../contract/operation.js";
import { flatten, propertiesOf, type Schema } from "../../contract/schema.js";

/** What the contract says of an operation's good answer. */
interface Envelope {
  /** True where the contract demands a status. */
  needsStatus: boolean;
  /** All that it may have beside the status. */
  columns: readonly string[];
  /** What must be there beside the status, and which of PHP's two kinds of value it is. */
  payload: readonly { name: string; kind: "list" | "object" | "any" }[];
  /** True where the answer has no form by contract. */
  isFree: boolean;
}

/** Of a value in several forms, none of which has a column that must be there, nothing may be left. */
const kindOf = (schema: Schema | undefined): "list" | "object" | "any" => {
  const { types, anyOf } = flatten(schema ?? {});
  if (anyOf.length) {
    if (!anyOf.every((form) => kindOf(form) !== "any")) return "any";
    return anyOf.every((form) => flatten(form).required.length) ? "object" : "list";
  }
  const [type, ...others] = new Set(types);
  return others.length ? "any" : type === "array" ? "list" : type === "object" ? "object" : "any";
};

const envelopeOf = memoized((operation: OperationInfo): Envelope => {
  const { properties, required } = flatten(operation.answer ?? {});
  return {
    needsStatus: required.includes("status"),
    columns: Object.keys(propertiesOf(operation.answer)).filter((name) => name !== "status"),
    // Lists tell their length in more than one way, so a list without pagination is for who reads it.
    payload: required
      .filter((name) => name !== "status" && name !== "pagination")
      .map((name) => ({ name, kind: kindOf(properties[name]) })),
    isFree: required.length === 0,
  };
});

const isGoodStatus = (status: unknown) => status === 1 || status === true || /^(1|success|ok|true)$/i.test(String(status));

/** Without a declared status a column of that name may be the row's own, so only what can be nothing else is a failure. */
const isBadStatus = (status: unknown) => status === false || /^(0|2|3|error|fail(ed|ure)?)$/i.test(String(status));

const isFilled = (value: unknown) =>
  (typeof value === "string" && value.trim() !== "") || (isObject(value) && Object.keys(value).length > 0);

/** Whether an answer says in so many words that what was asked is done. */
export const saysDone = (answer: unknown): boolean =>
  isObject(answer) && (isGoodStatus(answer.status) || answer.success === true);

/** An answer that says so beside the opposite. */
export const contradiction = "says that it is done and that something is wrong at once";

/**
 * What an answer of status 200 is: good; a failure that Affise tells of; or something that cannot be told, in words. A write needs the word of
 * success that the contract names, or the data that it promises instead; a read is good without the word, where what was asked for is there.
 */
export const judge = (operation: OperationInfo, answer: unknown): "good" | "failure" | { odd: string } => {
  const { needsStatus, columns, payload, isFree } = envelopeOf(operation);
  if (!isObject(answer)) return { odd: `is ${answer === null ? "null" : `a ${typeof answer}`}` };
  if (Array.isArray(answer)) return isFree ? "good" : { odd: "is a list" };
  const { status, success } = answer;
  const hasStatus = status !== undefined && status !== null;
  const isWrite = operation.method !== "GET";
  const denies = success === false || success === 0;
  const complains = isFilled(answer.errors) || isFilled(answer.error);
  if (isWrite && saysDone(answer) && (denies || complains)) return { odd: contradiction };
  if (denies) return "failure";
  if (hasStatus && (needsStatus ? !isGoodStatus(status) : isBadStatus(status))) return "failure";
  if (!hasStatus && complains) return "failure";
  if (isWrite && needsStatus) return hasStatus || success === true ? "good" : { odd: "has no status" };
  const lacks = (name: string) => answer[name] === undefined;
  if (needsStatus && !hasStatus && payload.every(({ name }) => lacks(name))) return { odd: "has no status" };
  if (!isFree && columns.every(lacks)) return { odd: "has nothing of what was asked for" };
  for (const { name, kind } of payload) {
    const value = answer[name];
    if (kind === "object" && !isObject(value)) return { odd: `has no object "${name}"` };
    // PHP prints a list as a map where its keys have gaps, and an empty text for none, Go null; who reads it knows.
    const isLeftOut = value === undefined || value === null;
    if (kind === "list" && (isWrite || !isLeftOut) && value !== "" && !isObject(value)) return { odd: `has no list "${name}"` };
  }
  return "good";
};
