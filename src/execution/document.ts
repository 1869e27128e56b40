import { type DocumentNode, GraphQLError, parse } from "graphql";
import { LRUCache } from "lru-cache";
import { formatNumber } from "../affise/error/quoted.js";
import { type Plugin, pluginOf } from "./plugin.js";

/** Documents that may be kept take so many bytes together. */
const maxBytes = 32_000_000;
/** What a token of a document holds: itself, its part of a node, and that node's location. Measured, rounded up. */
const bytesPerToken = 500;

/** So many letters of texts that came once are remembered. */
const lettersMet = 4_000_000;

/** The bytes that a document holds, about. */
export const weigh = (document: DocumentNode): number => {
  let tokens = 1;
  for (let token = document.loc?.startToken.next; token; token = token.next) tokens += 1;
  return tokens * bytesPerToken + (document.loc?.source.body.length ?? 0);
};

/**
 * Keeps what was parsed and found valid, once it has come twice: what never comes again would push out what does, and outlive its answer for
 * nothing. Weighed by what it holds, since a text of few letters may be a document of many nodes. A plugin in place of Apollo's own store, which
 * weighs documents by their JSON, or prints the whole schema at start. Trusted documents, by text, are always kept.
 */
export const documentPlugin = (trusted: ReadonlyMap<string, DocumentNode>): Plugin => {
  const documents = new LRUCache<string, DocumentNode>({ maxSize: maxBytes, sizeCalculation: weigh });
  const met = new LRUCache<string, true>({ maxSize: lettersMet, sizeCalculation: (_, { length }) => length + 1 });
  return pluginOf({
    didResolveSource(request) {
      Object.assign(request, { document: trusted.get(request.source) ?? documents.get(request.source) });
    },
    validationDidStart({ source, document }) {
      return (errors) => {
        if (errors?.length) return;
        if (met.delete(source)) documents.set(source, document);
        else met.set(source, true);
      };
    },
  });
};

/**
 * Throws for a text of more lines than `most`. graphql-js reads all lines before an error's place to tell its line, for each error anew, so that
 * half a million empty lines and two hundred errors take seconds.
 */
const checkLines = (text: string, most: number): void => {
  let lines = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) lines += 1;
  }
  if (lines <= most) return;
  const [found, limit] = [lines, most].map(formatNumber);
  throw new GraphQLError(
    `Syntax Error: The document has ${found} lines; ${limit} are the most, as many as it may have tokens. Long texts go into variables.`,
  );
};

/** No document that people write is so deep, and whatever looks at it level by level afterwards has room for as many. */
const mostNesting = 500;

const tooDeep = () =>
  new GraphQLError(`Syntax Error: The document is nested too deep: ${mostNesting} brackets in each other are the most.`);

/** Parses a text. Throws GraphQLError for what is no document, or is too large or too deep for one. */
export const parsed = (text: string, maxTokens: number): DocumentNode => {
  checkLines(text, maxTokens);
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens });
  } catch (error) {
    // The stack was full.
    throw error instanceof RangeError ? tooDeep() : error;
  }
  let depth = 0;
  for (let token = document.loc?.startToken; token; token = token.next ?? undefined) {
    if (token.kind === "{" || token.kind === "[" || token.kind === "(") depth += 1;
    else if (token.kind === "}" || token.kind === "]" || token.kind === ")") depth -= 1;
    if (depth > mostNesting) throw tooDeep();
  }
  return document;
};

/** graphql-js compares fields of one name with each other only so often, and says no more than that of it. */
export const inWords = (error: GraphQLError): GraphQLError =>
  /^Validation aborted/.test(error.message)
    ? new GraphQLError(
        "This document says fields of the same name too often to be compared with each other. Say each once, or give them aliases.",
      )
    : error;
