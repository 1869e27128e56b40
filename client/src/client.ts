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
  tenant?: string;
  /** The program's name and version, for the server's log. */
  client?: { name: string; version?: string };
  /** Milliseconds for one attempt; 60,000 unless told. */
  timeoutMs?: number;
  /** How often a request is repeated where that is safe; twice unless told. */
  retries?: number;
  /** The longest that the server may ask to wait before a repeat, in milliseconds; 30,000 unless told. */
  mostWaitMs?: number;
  /** More headers for each request. */
  headers?: Readonly<Record<string, string>>;
  fetch?: typeof globalThis.fetch;
}

export interface RequestOptions {
  signal?: AbortSignal;
  /** The mutation's own; a random one unless told. Whoever repeats a mutation on purpose after a crash gives the same. */
  idempotencyKey?: string;
  /** True sends no change and tells in `extensions.affise.dryRun` what it would send; an error says what would fail in earnest. */
  dryRun?: boolean;
  headers?: Readonly<Record<string, string>>;
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
  /** Gives data or error, and the extensions; rejects only when its signal says so. */
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

const readAnswer = async <Data>(response: Response): Promise<Result<Data>> => {
  const text = await response.text();
  let answer: { data?: Data | null; errors?: unknown; extensions?: Record<string, unknown> };
  try {
    answer = JSON.parse(text);
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

/** A client of one endpoint and one key. It keeps nothing: what caches belongs to whoever asks. */
export const createClient = (options: ClientOptions): Client => {
  const { url, apiKey, tenant, client, timeoutMs = 60_000, retries = 2, mostWaitMs = 30_000 } = options;
  const send = options.fetch ?? globalThis.fetch;

  /** A header that is given again takes the place of the first, however it is spelled. */
  const headersFor = async (isMutation: boolean, { idempotencyKey, dryRun, headers }: RequestOptions): Promise<Headers> => {
    const all = new Headers({
      "content-type": "application/json",
      accept: "application/graphql-response+json",
      "api-key": typeof apiKey === "string" ? apiKey : await apiKey(),
      ...(tenant ? { "x-affise-tenant": tenant } : {}),
      ...(client ? { "apollographql-client-name": client.name } : {}),
      ...(client?.version ? { "apollographql-client-version": client.version } : {}),
      ...(isMutation ? { "idempotency-key": idempotencyKey ?? crypto.randomUUID() } : {}),
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
      const message = timeout.aborted ? `The server did not answer within ${timeoutMs} ms.` : "The server was not reached.";
      return { result: { ok: false, error: new NoAnswerError(message, 0, { cause }) }, retryAfter: null };
    }
  };

  const ask = async <Data>(text: string, variables: unknown, request: RequestOptions = {}): Promise<Result<Data>> => {
    const { signal } = request;
    const isMutation = hasMutation(text);
    const headers = await headersFor(isMutation, request);
    const init = { method: "POST", headers, body: JSON.stringify({ query: text, variables }) };
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
