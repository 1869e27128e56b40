import type { GraphQLRequest } from "@apollo/server";
import { LRUCache } from "lru-cache";
import { quoted } from "../affise/error/quoted.js";
import { refusal } from "../execution/refusal.js";
import { cut } from "../telemetry/telemetry.js";
import { sha256 } from "./entry.js";
import type { TrustedDocuments } from "./trusted.js";

/** A request as it was sent: its document as a text, or by a name. */
export interface SentRequest {
  request: GraphQLRequest;
  /** As `documentId` says, or Relay's `id` or `doc_id`. */
  documentId?: string;
}

export interface DocumentOptions {
  /** Undefined where no manifest was given. */
  trusted?: TrustedDocuments;
  /** The texts of automatic persisted queries; undefined where they are switched off. */
  persisted?: { get(hash: string): Promise<string | undefined> };
  /** Told, once for each client and text, of a document that no manifest has. */
  onUnknown(found: { client?: string; operationName?: string; sha256: string; query: string }): void;
}

const unknownId = (id: string) =>
  refusal(
    "PERSISTED_QUERY_NOT_FOUND",
    `documentId: this server knows no document ${quoted(id)}. Give it the manifest of this release (TRUSTED_DOCUMENTS), or send the text in query.`,
  );

// The two words are what Apollo's and urql's clients look for, and the status is the one they expect.
const unknownHash = () => refusal("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound", {}, 200);
const switchedOff = () => refusal("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported");

const notTrusted = (what: string) =>
  refusal(
    "DOCUMENT_NOT_TRUSTED",
    `${what} is in no manifest of this server, which runs no other documents. Add it to the manifest of your app and give that to the server (TRUSTED_DOCUMENTS). Nothing was sent.`,
  );

const oddHash = () =>
  refusal(
    "BAD_REQUEST",
    "extensions.persistedQuery.sha256Hash must be the SHA-256 of the query in 64 hexadecimal digits, or an id of a manifest.",
  );

const hashOf = (extensions: GraphQLRequest["extensions"]): string | undefined => {
  const hash = extensions?.persistedQuery?.sha256Hash;
  return typeof hash === "string" ? hash : undefined;
};

const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text);

/** A document as a log may have it: people write passwords into texts. */
const withoutTexts = (query: string): string => query.replaceAll(/"""[\s\S]*?(?:"""|$)|"(?:\\.|[^"\\\n])*"?/g, '""');

/** So many unknown documents are remembered, to be told of once each. */
const mostTold = 10_000;

/** Finds the text of what a request names, and refuses or logs what no manifest has. Everything behind it sees texts only. */
export class DocumentResolver {
  private readonly told = new LRUCache<string, true>({ max: mostTold });

  constructor(private readonly options: DocumentOptions) {}

  /** The request with its text; a promise only where it has to be looked up. Throws GraphQLError where there is none, or where it may not be run. */
  resolve(sent: SentRequest, client: string | undefined): GraphQLRequest | Promise<GraphQLRequest> {
    const hash = hashOf(sent.request.extensions);
    return sent.documentId === undefined && hash === undefined
      ? this.allowed(sent.request, client)
      : this.lookUp(sent, hash, client);
  }

  private async lookUp({ request, documentId }: SentRequest, hash: string | undefined, client: string | undefined) {
    const { query, extensions } = request;
    const text = documentId === undefined ? await this.byHash(hash ?? "", query, client) : await this.byId(documentId, client);
    if (query !== undefined && documentId !== undefined && query !== text) {
      throw refusal("BAD_REQUEST", "documentId and query are two documents; send one of them.");
    }
    // Only a hash beside its text is Apollo's business: it keeps the text once it is valid.
    const { persistedQuery, ...others } = extensions ?? {};
    const isNew = documentId === undefined && query !== undefined && this.options.persisted !== undefined && isHash(hash ?? "");
    return this.allowed({ ...request, query: text, extensions: isNew ? { ...others, persistedQuery } : others }, client);
  }

  private allowed(request: GraphQLRequest, client: string | undefined): GraphQLRequest {
    const { trusted } = this.options;
    const { query = "" } = request;
    const mode = trusted?.modeOf(client) ?? "off";
    if (mode === "off" || trusted?.has(query, client)) return request;
    if (mode === "enforce")
      throw notTrusted(request.operationName ? `The document of ${cut(request.operationName, 100)}` : "This document");
    this.tell(request, client);
    return request;
  }

  private async byId(id: string, client: string | undefined): Promise<string> {
    const found = this.options.trusted?.find(id, client);
    if (found !== undefined) return found;
    const [, hash] = /^sha256:([0-9a-f]{64})$/.exec(id) ?? [];
    const persisted = hash === undefined ? undefined : await this.options.persisted?.get(hash);
    if (persisted === undefined) throw unknownId(id);
    return persisted;
  }

  private async byHash(hash: string, query: string | undefined, client: string | undefined): Promise<string> {
    const { trusted, persisted } = this.options;
    const found = trusted?.find(hash, client);
    if (query !== undefined) {
      if (found === query || sha256(query) === hash) return query;
      throw isHash(hash)
        ? refusal("BAD_REQUEST", "extensions.persistedQuery.sha256Hash is not the SHA-256 of the query beside it.")
        : oddHash();
    }
    if (found !== undefined) return found;
    if (trusted?.modeOf(client) === "enforce") throw notTrusted(`The hash ${cut(hash, 64)}`);
    if (!isHash(hash)) throw oddHash();
    if (!persisted) throw switchedOff();
    const kept = await persisted.get(hash);
    if (kept === undefined) throw unknownHash();
    return kept;
  }

  private tell({ query = "", operationName }: GraphQLRequest, client: string | undefined): void {
    const hash = sha256(query);
    const key = `${client ?? ""}\n${hash}`;
    if (this.told.has(key)) return;
    this.told.set(key, true);
    this.options.onUnknown({
      client,
      operationName: operationName && cut(operationName, 100),
      sha256: hash,
      query: cut(withoutTexts(query), 500),
    });
  }
}
