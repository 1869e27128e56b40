import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { Listener, Plugin } from "./plugin.js";

/** Documents that may be kept take so many bytes together. */
const maxBytes = 32_000_000;
/** What a token of a document holds: itself, its part of a node, and that node's location. Measured, rounded up. */
const bytesPerToken = 500;

/** The bytes that a document holds, about. */
export const weigh = (document: DocumentNode): number => {
  let tokens = 1;
  for (let token = document.loc?.startToken.next; token; token = token.next) tokens += 1;
  return tokens * bytesPerToken + (document.loc?.source.body.length ?? 0);
};

/**
 * Keeps what was parsed and found valid, weighed by what it holds: a text of few letters may be a document of many nodes. A plugin in place
 * of Apollo's own store, which weighs documents by their JSON, or prints the whole schema at start. Trusted documents, by text, are always kept.
 */
export const documentPlugin = (trusted: ReadonlyMap<string, DocumentNode>): Plugin => {
  const documents = new LRUCache<string, DocumentNode>({ maxSize: maxBytes, sizeCalculation: weigh });
  const listener: Listener = {
    didResolveSource(request) {
      Object.assign(request, { document: trusted.get(request.source) ?? documents.get(request.source) });
    },
    validationDidStart({ source, document }) {
      return (errors) => {
        if (!errors?.length) documents.set(source, document);
      };
    },
  };
  return { requestDidStart: () => listener };
};
