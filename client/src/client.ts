import { AnswerError, type ClientError, faultsOf, NoAnswerError } from "./error.js";
import { mayRepeat, pause, pauseBefore } from "./retry.js";

/** A document with its types, as graphql-codegen makes it (`documentMode: "string"`), or a plain text. */
export interface TypedDocument<Data, Variables> {
  toString(): string;
  __apiType?: (variables: Variables) => Data;
}

export interface ClientOptions {
  /** The endpoint, such as `http://127.0.0.1:4000/graphql`. */
  url: string | URL;
  /** Affise's API key, or what gives it for each request. */
  apiKey: string | (() => string | Promise<string>);
  /** Which network, where the server has several. */
  tenant?: string | undefined;
  /** The program's name and version, for the server's log. */
  client?: { name: string; version?: string | undefined } | undefined;
  /** Milliseconds for one attempt; 60,000 unless told. */
  timeoutMs?: number | undefined;
  /** How often a request is repeated where that is safe; twice unless told. */
  retries?: number | undefined;
  /** The longest that the server may ask to wait before a repeat, in milliseconds; 30,000 unless told. */
  mostWaitMs?: number | undefined;
  /** More headers for each request. */
  headers?: Readonly<Record<string, string>> | undefined;
  fetch?: typeof globalThis.fetch | undefined;
}

export interface RequestOptions {
  signal?: AbortSignal | undefined;
  /** The mutation's own; a random one unless told. Whoever repeats a mutation on purpose after a crash gives the same. */
  idempotencyKey?: string | undefined;
  /** True sends no change and tells in `extensions.affise.dryRun` what it would send; an error says what would fail in earnest. */
  dryRun?: boolean | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

export type Result<Data> =
  | { ok: true; data: Data; extensions?: Record<string, unknown> }
  | { ok: false; error: ClientError; extensions?: Record<string, unknown> };

/** Variables, which may be left out where none must be given, and options. */
type Rest<Variables> =
  Record<never, never> extends Variables
    ? [variables?: Variables, options?: RequestOptions]
    : [variables: Variables, options?: RequestOptions];

export interface Client {
  /** Gives the data, or throws AnswerError or NoAnswerError. */
  request<Data, Variables>(document: TypedDocument<Data, Variables>, ...rest: Rest<Variables>): Promise<Data>;
  /** Gives data or error, and the extensions; rejects only when its signal says so, or where nothing can be sent: the key is not to be had. */
  result<Data, Variables>(document: TypedDocument<Data, Variables>, ...rest: Rest<Variables>): Promise<Result<Data>>;
}

/** Whether a document has a mutation: a definition that begins with the word, outside all braces, texts and comments. */
const hasMutation = (text: string): boolean => {
  let bare = text.replaceAll(/"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#.*/g, "");
  for (let before = ""; before !== bare; ) {
    before = bare;
    bare = bare.replaceAll(/\{[^{}]*\}/g, ";");
  }
  return /(^|;)[\s,\ufeff]*mutation\b/.test(bare);
};

interface Attempt<Data> {
  result: Result<Data>;
  retryAfter: string | null;
}

/** A browser hides where it was sent on to, and with what status. */
const sentOn = ({ status, headers }: Response): NoAnswerError => {
  const location = headers.get("location");
  const message = `The server sends callers on${location ? ` to ${location}` : ""}; the client takes its key nowhere else: give the endpoint's own address as url.`;
  return new NoAnswerError(message, status || 302);
};

const readAnswer = async <Data>(response: Response): Promise<Result<Data>> => {
  if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400))
    return { ok: false, error: sentOn(response) };
  const text = await response.text();
  let answer: { data?: Data | null; errors?: unknown; extensions?: Record<string, unknown> };
  try {
    answer = JSON.parse(text) ?? {};
  } catch (cause) {
    const message = `The server answered ${response.status} with something that is not JSON.`;
    return { ok: false, error: new NoAnswerError(message, response.status, { cause }) };
  }
  const { data, extensions } = answer;
  const [first, ...more] = faultsOf(answer.errors);
  if (first) return { ok: false, error: new AnswerError([first, ...more], response.status, data), extensions };
  if (data != null) return { ok: true, data, extensions };
  return { ok: false, error: new NoAnswerError("The answer has neither data nor errors.", response.status) };
};

/** Pages may give a path. What is wrong is told without the address, which may hold a password. */
const endpointOf = (url: string | URL): URL => {
  const page = (globalThis as { location?: { href?: string } }).location?.href;
  if (!url || !URL.canParse(url, page)) throw new TypeError("url must be an address such as http://127.0.0.1:4000/graphql.");
  const endpoint = new URL(url, page);
  if (endpoint.username || endpoint.password)
    throw new TypeError("url must not hold a user or password; the key goes into apiKey.");
  return endpoint;
};

/** The platform's own complaint would show the key. */
const sendable = (apiKey: string): string => {
  const key = apiKey.trim();
  if (/^[ -~]*$/.test(key)) return key;
  throw new TypeError("apiKey must be Affise's key: ASCII characters alone.");
};

/** Not crypto.randomUUID: pages that came by http:// do not have it. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A client of one endpoint and one key. It keeps nothing: what caches belongs to whoever asks. */
export const createClient = (options: ClientOptions): Client => {
  const { apiKey, tenant, client, timeoutMs = 60_000, retries = 2, mostWaitMs = 30_000 } = options;
  const url = endpointOf(options.url);
  const send = options.fetch ?? globalThis.fetch;

  /** A header that is given again takes the place of the first, however it is spelled. */
  const headersFor = async (isMutation: boolean, { idempotencyKey, dryRun, headers }: RequestOptions): Promise<Headers> => {
    const all = new Headers({
      "content-type": "application/json",
      accept: "application/graphql-response+json",
      "api-key": sendable(typeof apiKey === "string" ? apiKey : await apiKey()),
      ...(tenant ? { "x-affise-tenant": tenant } : {}),
      ...(client ? { "apollographql-client-name": client.name } : {}),
      ...(client?.version ? { "apollographql-client-version": client.version } : {}),
      ...(isMutation ? { "idempotency-key": idempotencyKey ?? randomKey() } : {}),
      ...(dryRun ? { "x-affise-dry-run": "1" } : {}),
    });
    for (const more of [options.headers, headers]) for (const [name, value] of Object.entries(more ?? {})) all.set(name, value);
    return all;
  };

  const attempt = async <Data>(init: RequestInit, signal: AbortSignal | undefined): Promise<Attempt<Data>> => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await send(url, { ...init, signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
      return { result: await readAnswer<Data>(response), retryAfter: response.headers.get("retry-after") };
    } catch (cause) {
      signal?.throwIfAborted();
      const message = timeout.aborted
        ? `The server did not answer within ${timeoutMs} ms.`
        : "The server was not reached, or its answer broke off.";
      return { result: { ok: false, error: new NoAnswerError(message, 0, { cause }) }, retryAfter: null };
    }
  };

  const ask = async <Data>(text: string, variables: unknown, request: RequestOptions = {}): Promise<Result<Data>> => {
    const { signal } = request;
    const isMutation = hasMutation(text);
    const headers = await headersFor(isMutation, request);
    const init: RequestInit = { method: "POST", redirect: "manual", headers, body: JSON.stringify({ query: text, variables }) };
    for (let count = 0; ; count += 1) {
      signal?.throwIfAborted();
      const { result, retryAfter } = await attempt<Data>(init, signal);
      if (result.ok || count >= retries || !mayRepeat(result.error, isMutation)) return result;
      const ms = pauseBefore(count, retryAfter);
      if (ms > mostWaitMs) return result;
      await pause(ms, signal);
    }
  };

  const result: Client["result"] = (document, ...rest) => {
    const [variables, request]: [unknown?, RequestOptions?] = rest;
    return ask(document.toString(), variables, request);
  };

  return {
    result,
    async request(document, ...rest) {
      const answer = await result(document, ...rest);
      if (!answer.ok) throw answer.error;
      return answer.data;
    },
  };
};
