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

/** Names of the caller's may be of any length. */
const refused = (path: string, message: string) => {
  const argument = cut(path, 200);
  return refusal("BAD_USER_INPUT", `${argument} ${message}`, { arguments: [argument] });
};

/** A number that was rounded when it was read is another number, and an id another id. */
const checkNumber = (value: number, path: string): void => {
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return;
  throw refused(path, "is a number too large to be read exactly. Send ids as text, and amounts that people could mean.");
};

/** Half of a character cannot be sent on: it would become another text on the way. */
const checkText = (value: string, path: string): void => {
  if (/\p{Surrogate}/u.test(value)) throw refused(path, "has half of a character (a lone surrogate), which is no text.");
};

/**
 * Throws BAD_USER_INPUT for variables that are too long, too wide or too deep to be meant. Whatever looks at variables afterwards, graphql-js
 * first, may then take its time for each value.
 */
export const checkVariables = (variables: Readonly<Record<string, unknown>>): void => {
  // All but the variables themselves.
  let values = -1;
  const check = (value: unknown, path: string, level: number): void => {
    values += 1;
    if (values > mostValues) throw refused("variables", `hold more than ${formatNumber(mostValues)} values. Split the request.`);
    if (typeof value === "number") checkNumber(value, path);
    if (typeof value === "string") checkText(value, path);
    if (typeof value !== "object" || value === null) return;
    if (level > mostLevels) throw refused(path, `is more than ${mostLevels} lists and objects deep.`);
    if (Array.isArray(value)) {
      if (value.length > mostItems) {
        throw refused(
          path,
          `has ${formatNumber(value.length)} items; ${formatNumber(mostItems)} are the most. Split the request.`,
        );
      }
      for (const [index, item] of value.entries()) check(item, `${path}.${index}`, level + 1);
      return;
    }
    const names = Object.keys(value);
    if (names.length > mostFields) {
      throw refused(path || "variables", `has ${formatNumber(names.length)} fields; ${mostFields} are the most.`);
    }
    for (const name of names) check((value as Record<string, unknown>)[name], path ? `${path}.${name}` : name, level + 1);
  };
  check(variables, "", 0);
};

/** What a number that cannot be read exactly has somewhere: sixteen digits, or an exponent. */
const mayBeRounded = /\d{16}|\d[eE]/;

/** As `checkVariables`, for the numbers that stand in a document; an id is text there, whatever it looks like. */
export const checkNumbers = (schema: GraphQLSchema, document: DocumentNode, source: string): void => {
  if (!mayBeRounded.test(source)) return;
  const types = new TypeInfo(schema);
  const check = (node: IntValueNode | FloatValueNode) => {
    if (getNamedType(types.getInputType()) === GraphQLID) return;
    checkNumber(Number(node.value), argumentOf(document, (one) => one === node) ?? node.value);
  };
  visit(document, visitWithTypeInfo(types, { IntValue: check, FloatValue: check }));
};
