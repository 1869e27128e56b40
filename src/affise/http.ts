import { BrokenCircuitError, CircuitState, circuitBreaker, handleWhen, SamplingBreaker } from "cockatiel";
import ky, { HTTPError, TimeoutError } from "ky";
import { type Dispatcher, Pool } from "undici";
import { attempt, type Reply, TooLarge, TooLate } from "./attempt.js";
import { Cancellation } from "./cancellation.js";
import { AffiseError, UpstreamError } from "./error.js";
import { refused } from "./failure.js";
import type { Facts } from "./operation.js";
import { openParser } from "./parse.js";

/** One network: a name to pick it by, and the API URL that its panel shows under Settings > Tracking domains. */
export interface Tenant {
  name: string;
  url: string;
}

export interface HttpOptions {
  /** Milliseconds for one call with all its retries. */
  timeoutMs: number;
  /** The most bytes an answer may have. */
  maxBytes: number;
  /** Open connections to one tenant at the most. */
  connections: number;
  /** How often a GET is tried again after 429, 502, 503, 504 or a broken connection. */
  retries: number;
  /** Milliseconds for which a failing tenant is left alone before it is tried again. */
  breakMs: number;
}

export const defaultHttpOptions: HttpOptions = {
  timeoutMs: 30_000,
  maxBytes: 50_000_000,
  connections: 64,
  retries: 2,
  breakMs: 5_000,
};

/** Bytes of answers that are known again when they come again; parsed they take three to four times as many. */
const maxKnownBytes = 16_000_000;

/** One HTTP exchange: what was sent, and the parsed answer. */
export interface Exchange {
  facts: Facts;
  target: string;
  key?: string;
  body?: URLSearchParams | FormData | string;
  cancellation?: Cancellation;
}

export interface Http {
  /** True while the tenant has been failing and is left alone. */
  isBroken(): boolean;
  /** Sends one request and gives the status and the JSON body, parsed and as it came. Throws AffiseError for everything else. */
  send(exchange: Exchange): Promise<{ status: number; answer: unknown; body: Buffer }>;
  close(): Promise<void>;
}

/** The part of Response that ky needs. A real Response would encode and decode the body once more. */
const answered = ({ status, headers: raw, body }: Reply): Response => {
  const response = {
    status,
    ok: status >= 200 && status < 300,
    body: null,
    get headers() {
      return new Headers(
        Object.entries(raw).flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, one])),
      );
    },
    text: async () => body.toString("utf8"),
    clone: () => response,
  };
  return response as unknown as Response;
};

const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT", "EHOSTUNREACH", "ENETUNREACH"]);
const timedOut = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

const codeIn = (error: unknown): string => {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string") return at.code;
    if (at instanceof AggregateError) return codeIn(at.errors[0]);
  }
  return "";
};

const fateUnknown = "Whether Affise carried it out is unknown: look before you repeat it.";

/** No usable answer came: no connection, too late, cut off, too large. */
const unanswered = (facts: Facts, error: unknown): AffiseError => {
  const code = codeIn(error);
  const unknown = facts.method !== "GET" && !neverSent.has(code);
  const details = { operation: facts.operation, ...(unknown ? { outcome: "UNKNOWN" as const } : {}) };
  const after = unknown ? ` ${fateUnknown}` : "";
  if (error instanceof TimeoutError || error instanceof TooLate || timedOut.has(code)) {
    return new UpstreamError("UPSTREAM_TIMEOUT", `Affise did not answer in time.${after}`, details, error);
  }
  if (error instanceof TooLarge) {
    return new UpstreamError("UPSTREAM_FAILED", `Affise's answer was too large (${error.message}).${after}`, details, error);
  }
  return new UpstreamError(
    "UPSTREAM_UNREACHABLE",
    `Affise cannot be reached${code ? ` (${code})` : ""}.${after}`,
    details,
    error,
  );
};

/** Answered, but with nothing this server can read. */
const unreadable = (facts: Facts, status: number, text: string, cause: unknown): AffiseError => {
  const seen = text.trim() === "" ? "an empty body" : /^\s*</.test(text) ? "a web page" : "something that is not JSON";
  const unknown = facts.method !== "GET";
  return new UpstreamError(
    "UPSTREAM_FAILED",
    `Affise answered with ${seen}.${unknown ? ` ${fateUnknown}` : ""}`,
    { operation: facts.operation, upstreamStatus: status, ...(unknown ? { outcome: "UNKNOWN" as const } : {}) },
    cause,
  );
};

const errorBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

/** Why a call was given up whose clients had all gone: nobody's fault, least of all the upstream's. */
const givenUp = new Error("nobody waited any more");

/** What tells of a failing upstream rather than of one bad question: no answer, or a gateway's. A 500 may be about the question. */
const isUpstreamFault = (error: unknown) => {
  if (!(error instanceof AffiseError)) return false;
  if (error.cause === givenUp) return false;
  const { code, upstreamStatus = 0 } = error.extensions;
  return code === "UPSTREAM_TIMEOUT" || code === "UPSTREAM_UNREACHABLE" || (upstreamStatus >= 502 && upstreamStatus <= 504);
};

/**
 * The connection to one tenant: ky over an undici pool. Only GETs are tried again, since nothing upstream is idempotent.
 * Redirects are not followed: the key must not travel to another host. When most calls of ten seconds have failed, the tenant is left
 * alone for a while and callers are told so at once.
 */
export const connect = (tenant: Tenant, options: HttpOptions = defaultHttpOptions): Http => {
  const base = new URL(tenant.url);
  const prefix = base.pathname.replace(/\/$/, "");
  const pool = new Pool(base.origin, {
    connections: options.connections,
    connect: { timeout: Math.min(10_000, options.timeoutMs) },
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
  });
  const viaPool = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : null;
    const cancellation = new Cancellation();
    const cancel = () => cancellation.cancel(request.signal.reason as Error);
    if (request.signal.aborted) cancel();
    else request.signal.addEventListener("abort", cancel, { once: true });
    const reply = await attempt(pool, {
      path: url.pathname + url.search,
      method: request.method as Dispatcher.HttpMethod,
      headers: Object.fromEntries(request.headers),
      body,
      maxBytes: options.maxBytes,
      cancellation,
    });
    request.signal.removeEventListener("abort", cancel);
    return answered(reply);
  };
  const client = ky.create({
    retry: {
      limit: options.retries,
      methods: ["get"],
      statusCodes: [429, 502, 503, 504],
      maxRetryAfter: options.timeoutMs,
      jitter: true,
    },
  });
  const breaker = circuitBreaker(handleWhen(isUpstreamFault), {
    halfOpenAfter: options.breakMs,
    breaker: new SamplingBreaker({ threshold: 0.6, duration: 10_000, minimumRps: 5 }),
  });
  const viaKy = (
    { facts, target, body, cancellation }: Exchange,
    headers: Record<string, string>,
    known?: Promise<Reply>,
    spent = 0,
  ) => {
    let first = known;
    const fetch = (input: unknown) => {
      const given = first?.then(answered);
      first = undefined;
      return given ?? viaPool(input as Request);
    };
    const timeout = Math.max(1, options.timeoutMs - spent);
    const [signal, end] = cancellation?.signal() ?? [];
    const asked = client(base.origin + prefix + target, { method: facts.method, headers, body, signal, fetch, timeout });
    return end ? asked.finally(end) : asked;
  };

  /**
   * A read goes straight to the pool, since ky's Request, Headers and signal cost more than all the rest of a call. What is not plainly
   * good is handed to ky as the answer to its own first attempt: what to try again, when and how often is ky's to say.
   */
  const fetched = async (sent: Exchange, headers: Record<string, string>): Promise<{ status: number; body: Buffer }> => {
    const start = performance.now();
    let known: Promise<Reply> | undefined;
    if (sent.facts.method === "GET") {
      const { maxBytes, timeoutMs } = options;
      known = attempt(pool, {
        path: prefix + sent.target,
        method: "GET",
        headers,
        maxBytes,
        timeoutMs,
        cancellation: sent.cancellation,
      });
      const reply = await known.catch((error: unknown) => {
        if (error instanceof TooLate) throw error;
      });
      if (reply && reply.status >= 200 && reply.status < 300) return reply;
    }
    const response = await viaKy(sent, headers, known, performance.now() - start);
    return { status: response.status, body: Buffer.from(await response.text()) };
  };

  const parse = openParser(maxKnownBytes);
  const parsed = ({ facts, target }: Exchange, status: number, body: Buffer): unknown => {
    try {
      return facts.method === "GET" ? parse(target, body) : JSON.parse(body.toString("utf8"));
    } catch (cause) {
      throw unreadable(facts, status, body.toString("utf8"), cause);
    }
  };

  const exchange: Http["send"] = async (sent) => {
    const { facts, key } = sent;
    const headers: Record<string, string> = { accept: "application/json" };
    if (key) headers["api-key"] = key;
    if (typeof sent.body === "string") headers["content-type"] = "application/json";
    try {
      const { status, body } = await fetched(sent, headers);
      const answer = parsed(sent, status, body);
      if ((answer as { status?: unknown } | null)?.status === 2)
        throw refused(facts.operation, status, answer, facts.audience, key);
      return { status, answer, body };
    } catch (error) {
      if (error instanceof AffiseError) throw error;
      if (error instanceof HTTPError) {
        const { status } = error.response;
        throw refused(facts.operation, status, errorBody(await error.response.text()), facts.audience, key);
      }
      if (sent.cancellation?.reason) {
        throw new UpstreamError(
          "UPSTREAM_UNREACHABLE",
          "Nobody waited for the answer any more.",
          { operation: facts.operation },
          givenUp,
        );
      }
      throw unanswered(facts, error);
    }
  };

  return {
    isBroken: () => breaker.state === CircuitState.Open,
    async send(sent) {
      try {
        return await breaker.execute(() => exchange(sent));
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        const message = `Affise has been failing and is left alone for ${Math.ceil(options.breakMs / 1000)} seconds; nothing was sent.`;
        throw new UpstreamError("UPSTREAM_UNREACHABLE", message, { operation: sent.facts.operation }, error);
      }
    },
    close: () => pool.destroy(),
  };
};
