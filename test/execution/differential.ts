import { type ExecutionResult, execute, GraphQLSchema, getOperationAST, parse, validate } from "graphql";
import { openExecutor } from "../../src/execution/executor.js";
import { type MenagerieContext, menagerie } from "./menagerie.js";
import { randomFrom } from "./random-document.js";
import { randomQuery } from "./random-query.js";

export interface Compared {
  valid: number;
  withErrors: number;
  withData: number;
  refused: number;
  /** Queries that were answered otherwise, with both answers. */
  different: { query: string; variables: unknown; expected: string; found: string }[];
}

/** An answer as a client reads it, with the order of its fields and of its errors. */
const asText = ({ data, errors }: ExecutionResult): string =>
  JSON.stringify({ data, errors: errors?.map((error) => ({ ...error.toJSON(), code: error.extensions.code })) });

/** graphql-js leaves the items of a list alone, once one of them has failed at once: nobody hears of those that fail later. */
const unheard = async <T>(what: () => Promise<T>): Promise<T> => {
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", () => {});
  try {
    return await what();
  } finally {
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
  const found: Compared = { valid: 0, withErrors: 0, withData: 0, refused: 0, different: [] };
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
      const [ourText, theirText] = [asText(ours), asText(theirs)];
      if (theirs.errors) found.withErrors += 1;
      if (theirs.data) found.withData += 1;
      if (theirs.data === undefined) found.refused += 1;
      if (ourText !== theirText) found.different.push({ query, variables: given, expected: theirText, found: ourText });
    }
  }
  return found;
};
