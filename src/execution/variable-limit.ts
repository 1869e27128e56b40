import {
  type DocumentNode,
  type FloatValueNode,
  GraphQLID,
  type GraphQLSchema,
  getNamedType,
  type IntValueNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { formatNumber } from "../affise/error/quoted.js";
import { cut } from "../telemetry/telemetry.js";
import { argumentOf } from "./bad-value.js";
import { refusal } from "./refusal.js";

/** The most items of a list: no list of the schema takes more. */
const mostItems = 10_000;
/** The most fields of an object; the largest input of the schema has less than a hundred. */
const mostFields = 500;
/** How deep lists and objects may stand in each other. */
const mostLevels = 32;
/** The most values of all variables together. */
const mostValues = 100_000;

/** A number that was rounded when it was read is another number, and an id another id. */
const isRounded = (value: number): boolean =>
  !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));

const rounded = "is a number too large to be read exactly. Send ids as text, and amounts that people could mean.";

/** What is wrong with a value by itself; undefined for nothing. Half of a character would become another text on the way. */
const faultOf = (value: unknown, level: number): string | undefined => {
  if (typeof value === "number") return isRounded(value) ? rounded : undefined;
  if (typeof value === "string")
    return /\p{Surrogate}/u.test(value) ? "has half of a character (a lone surrogate), which is no text." : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  if (level > mostLevels) return `is more than ${mostLevels} lists and objects deep.`;
  if (Array.isArray(value))
    return value.length > mostItems
      ? `has ${formatNumber(value.length)} items; ${formatNumber(mostItems)} are the most. Split the request.`
      : undefined;
  const fields = Object.keys(value).length;
  return fields > mostFields ? `has ${formatNumber(fields)} fields; ${mostFields} are the most.` : undefined;
};

/** Names of the caller's may be of any length. */
const refused = (path: string, message: string, argument = path) =>
  refusal("BAD_USER_INPUT", `${cut(path, 200)} ${message}`, { arguments: [cut(argument, 200)] });

/**
 * Throws BAD_USER_INPUT for variables that are too long, too wide or too deep to be meant. Whatever looks at variables afterwards, graphql-js
 * first, may then take its time for each value. `argumentFor` tells what a variable is given to.
 */
export const checkVariables = (variables: Readonly<Record<string, unknown>>, argumentFor: (variable: string) => string): void => {
  const names = Object.keys(variables);
  if (names.length > mostFields) {
    const message = `The request has ${formatNumber(names.length)} variables; ${mostFields} are the most.`;
    throw refusal("BAD_USER_INPUT", message);
  }
  let values = 0;
  const check = (value: unknown, variable: string, inside: string, level: number): void => {
    values += 1;
    if (values > mostValues) {
      const message = `The variables hold more than ${formatNumber(mostValues)} values. Split the request.`;
      throw refusal("BAD_USER_INPUT", message);
    }
    const fault = faultOf(value, level);
    if (fault) throw refused(variable + inside, fault, argumentFor(variable) + inside);
    if (typeof value !== "object" || value === null) return;
    for (const [step, item] of Object.entries(value)) check(item, variable, `${inside}.${step}`, level + 1);
  };
  for (const name of names) check(variables[name], name, "", 1);
};

/** What a number that cannot be read exactly has somewhere: sixteen digits, or an exponent. */
const mayBeRounded = /\d{16}|\d[eE]/;

/** As `checkVariables`, for the numbers that stand in a document; an id is text there, whatever it looks like. */
export const checkNumbers = (schema: GraphQLSchema, document: DocumentNode, source: string): void => {
  if (!mayBeRounded.test(source)) return;
  const types = new TypeInfo(schema);
  const check = (node: IntValueNode | FloatValueNode) => {
    if (getNamedType(types.getInputType()) === GraphQLID) return;
    if (isRounded(Number(node.value))) throw refused(argumentOf(document, (one) => one === node) ?? node.value, rounded);
  };
  visit(document, visitWithTypeInfo(types, { IntValue: check, FloatValue: check }));
};
