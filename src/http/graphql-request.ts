import { HeaderMap, type HTTPGraphQLRequest } from "@apollo/server";
import type { FastifyRequest } from "fastify";
import { isJsonObject } from "../contract/json.js";
import type { SentRequest } from "../documents/resolver.js";
import { refusal } from "../execution/refusal.js";

const badRequest = (message: string) => refusal("BAD_REQUEST", message);

const textIn = (params: Record<string, unknown>, name: string): string | undefined => {
  const value = params[name] ?? undefined;
  if (value === undefined || typeof value === "string") return value;
  throw badRequest(`${name} must be a string.`);
};

const objectIn = (params: Record<string, unknown>, name: string): Record<string, unknown> | undefined => {
  const value = params[name] ?? undefined;
  if (value === undefined || isJsonObject(value)) return value;
  throw badRequest(`${name} must be a JSON object${typeof value === "string" ? ", not a string that holds one" : ""}.`);
};

const fromBody = (body: unknown): Record<string, unknown> => {
  if (isJsonObject(body)) return body;
  if (Array.isArray(body)) throw badRequest("Send one operation a request: lists of operations (batches) are not taken.");
  throw badRequest('The body must be a JSON object: {"query": "…", "variables": {…}}.');
};

/** What Relay's programs call the id of a document. */
const relayNames = ["id", "doc_id"];
const texts = ["query", "operationName", "documentId", ...relayNames];
const names = [...texts, "variables", "extensions"];

const fromSearch = (search: string): Record<string, unknown> => {
  const found = new URLSearchParams(search);
  const read = (name: string): unknown => {
    const [text, more] = found.getAll(name);
    if (more !== undefined) throw badRequest(`${name} stands more than once in the address.`);
    if (!text || texts.includes(name)) return text;
    try {
      return JSON.parse(text);
    } catch {
      throw badRequest(`${name} in the address is not JSON.`);
    }
  };
  return Object.fromEntries(names.map((name) => [name, read(name)]));
};

/** Headers that no page of another site can send unasked; a JSON body is proof too. */
const proofs = ["api-key", "authorization", "apollo-require-preflight", "x-apollo-operation-name"];

const checkOrigin = ({ headers }: FastifyRequest) => {
  if (headers["content-type"]?.startsWith("application/json") || proofs.some((name) => headers[name])) return;
  throw badRequest(
    `A GET without one of the headers ${proofs.join(", ")} may come from any page on the web (Cross-Site Request Forgery), and is not answered.`,
  );
};

/** Looks at the form of `extensions.persistedQuery`; whether its hash is known is another question. */
const checkPersisted = (persisted: unknown): void => {
  if (persisted === undefined || persisted === null) return;
  const { version, sha256Hash } = isJsonObject(persisted) ? persisted : {};
  if (version !== 1) throw badRequest("extensions.persistedQuery.version must be 1.");
  if (typeof sha256Hash !== "string" || !/^[\x21-\x7e]{1,256}$/.test(sha256Hash)) {
    throw badRequest("extensions.persistedQuery.sha256Hash must be the SHA-256 of the query in 64 hexadecimal digits.");
  }
};

/** Relay's words may mean anything beside a query, so there they are not read. */
const documentIdIn = (params: Record<string, unknown>, query: string | undefined): string | undefined => {
  const names = query === undefined ? ["documentId", ...relayNames] : ["documentId"];
  const given = names.flatMap((name) => textIn(params, name) || []);
  if (new Set(given).size > 1) throw badRequest(`${names.join(", ")} name two documents; send one of them.`);
  return given[0];
};

/** The HTTP request as Apollo's plugins know one. Ours read the context, so its headers are copied for who asks. */
class SentHttp implements HTTPGraphQLRequest {
  private copied: HeaderMap | undefined;

  constructor(
    private readonly request: FastifyRequest,
    readonly method: "GET" | "POST",
    readonly search: string,
  ) {}

  get body(): unknown {
    return this.request.body;
  }

  get headers(): HeaderMap {
    if (!this.copied) {
      this.copied = new HeaderMap();
      for (const [name, value] of Object.entries(this.request.headers))
        if (value !== undefined) this.copied.set(name, String(value));
    }
    return this.copied;
  }
}

/** The operation of a request after the GraphQL over HTTP specification. Throws GraphQLError BAD_REQUEST, in words, for what is none. */
export const readRequest = (request: FastifyRequest): SentRequest => {
  const { url, body } = request;
  const method = request.method === "POST" ? "POST" : "GET";
  if (method === "GET") checkOrigin(request);
  const start = url.indexOf("?");
  const search = start === -1 ? "" : url.slice(start);
  const params = method === "POST" ? fromBody(body) : fromSearch(search);
  const query = textIn(params, "query") || undefined;
  const extensions = objectIn(params, "extensions");
  checkPersisted(extensions?.persistedQuery);
  const documentId = documentIdIn(params, query);
  if (!query && documentId === undefined && !extensions?.persistedQuery) {
    throw badRequest("query is missing: send the operation as text, or the documentId of one that this server knows.");
  }
  return {
    documentId,
    request: {
      query,
      operationName: textIn(params, "operationName"),
      variables: objectIn(params, "variables"),
      extensions,
      http: new SentHttp(request, method, search),
    },
  };
};
