import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

/** Documents that may be kept take so many bytes together. */
const maxBytes = 32_000_000;
/** What a token of a document holds: itself, its part of a node, and that node's location. Measured, rounded up. */
const bytesPerToken = 500;

const weigh = (document: DocumentNode): number => {
  let tokens = 1;
  for (let token = document.loc?.startToken.next; token; token = token.next) tokens += 1;
  return tokens * bytesPerToken + (document.loc?.source.body.length ?? 0);
};

/** Keeps what was parsed and found valid, weighed by what it holds: a text of few letters may be a document of many nodes. */
export const openDocumentStore = () => {
  const documents = new LRUCache<string, DocumentNode>({ maxSize: maxBytes, sizeCalculation: weigh });
  return {
    get: async (key: string) => documents.get(key),
    set: async (key: string, document: DocumentNode) => void documents.set(key, document),
    delete: async (key: string) => documents.delete(key),
  };
};
