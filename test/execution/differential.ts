import { type ExecutionResult, execute, type GraphQLError, GraphQLSchema, getOperationAST, parse, validate } from "graphql";
import { openExecutor } from "../../src/execution/executor.js";
import { type MenagerieContext, menagerie } from "./menagerie.js";
import { randomFrom } from "./random-document.js";
import { randomQuery } from "./random-query.js";

export interface Compared {
  valid: number;
  withErrors: number;
  withData: number;
  refused: number;
  /** Another error told of those that made a place null. */
  raced: number;
  /** Queries that were answered otherwise, with both answers. */
  different: { query: string; variables: unknown; expected: string; found: string }[];
}

const textOf = (error: GraphQLError): string => JSON.stringify({ ...error.toJSON(), code: error.extensions.code });

/** Where an answer became null because of an error. */
const nullPlace = (data: unknown, { path = [] }: GraphQLError): string => {
  let at = data;
  const behind = path.findIndex((key) => {
    if (at === null || at === undefined) return true;
    at = (at as Record<string | number, unknown>)[key];
    return false;
  });
  return JSON.stringify(behind < 0 ? path : path.slice(0, behind));
};

/** Errors by the places that they made null. */
const errorsByPlace = ({ data, errors = [] }: ExecutionResult): Map<string, string[]> => {
  const places = new Map<string, string[]>();
  for (const error of errors) {
    const place = nullPlace(data, error);
    places.set(place, [...(places.get(place) ?? []), textOf(error)]);
  }
  return places;
};

/**
 * Whether two answers are the same by the specification: equal data, with the order of fields, and the same places null because of errors.
 * Errors have no order, and where several below one place fail any one of them is told (graphql-js now and then tells more): `raced` where
 * it is another than graphql-js tells.
 */
const sameness = (ours: ExecutionResult, theirs: ExecutionResult): "same" | "raced" | "different" => {
  const [found, expected] = [errorsByPlace(ours), errorsByPlace(theirs)];
  const isSame =
    JSON.stringify(ours.data) === JSON.stringify(theirs.data) &&
    found.size === expected.size &&
    [...found.keys()].every((place) => expected.has(place));
  if (!isSame) return "different";
  return [...found].every(([place, errors]) => errors.every((error) => expected.get(place)?.includes(error))) ? "same" : "raced";
};

const asText = ({ data, errors }: ExecutionResult): string => JSON.stringify({ data, errors: errors?.map(textOf) });

/** Turns of the event loop in which what an answer did not wait for comes to its end: no query is as deep. */
const lateTurns = 50;

/** The items of a list are left alone, once one of them has failed at once: nobody hears of those that fail later, some after the answer. */
const unheard = async <T>(what: () => Promise<T>): Promise<T> => {
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", () => {});
  try {
    return await what();
  } finally {
    for (let turn = 0; turn < lateTurns; turn += 1) await new Promise(setImmediate);
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
};

/** The schema with the fields of its queries for mutations too. */
const schema = new GraphQLSchema({ ...menagerie.toConfig(), mutation: menagerie.getQueryType(), assumeValid: true });

/** Nothing but the fact of being followed field by field. */
const following = () => () => {};

/**
 * Asks random valid operations of our executor, each three times over the same document, and of graphql-js. A part of them is followed field
 * by field, as a router's trace does it; mutations always are, since others go through graphql-js.
 */
export const compare = (seed: number, count: number): Promise<Compared> => unheard(() => compared(seed, count));

const compared = async (seed: number, count: number): Promise<Compared> => {
  const random = randomFrom(seed);
  const run = openExecutor(schema);
  const found: Compared = { valid: 0, withErrors: 0, withData: 0, refused: 0, raced: 0, different: [] };
  while (found.valid < count) {
    const { query: text, operationName, variables } = randomQuery(random, schema);
    const isMutation = random() < 0.1;
    const query = isMutation ? text.replace(/^query/, "mutation") : text;
    const document = parse(query);
    const operation = getOperationAST(document, operationName);
    if (!operation || validate(schema, document).length) continue;
    found.valid += 1;
    // The later sights have other variables now and then: what a plan keeps must not depend on them.
    for (const given of [variables, variables, random() < 0.5 ? {} : randomQuery(random, schema).variables]) {
      const willResolveField = isMutation || random() < 0.2 ? following : undefined;
      const context: MenagerieContext = { seed: found.valid, failing: random() < 0.5 ? 0 : 12 };
      const [ours, theirs] = await Promise.all([
        run({ document, operation, operationName, variables: given, context, willResolveField }),
        execute({ schema, document, operationName, variableValues: given, contextValue: context }),
      ]);
      if (theirs.errors) found.withErrors += 1;
      if (theirs.data) found.withData += 1;
      if (theirs.data === undefined) found.refused += 1;
      const how = sameness(ours, theirs);
      if (how === "raced") found.raced += 1;
      if (how === "different") found.different.push({ query, variables: given, expected: asText(theirs), found: asText(ours) });
    }
  }
  return found;
};
