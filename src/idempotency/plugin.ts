import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type GraphQLResponse, HeaderMap } from "@apollo/server";
import type { FormattedExecutionResult } from "graphql";
import type { CallRecord } from "../affise/scope.js";
import type { Seal } from "../affise/sharing/seal.js";
import type { Context } from "../context.js";
import { inOrderOfNames } from "../contract/json.js";
import type { Plugin } from "../execution/plugin.js";
import { CannotHold, type Claim, type IdempotencyStore } from "./store.js";

export interface IdempotencyOptions {
  store: IdempotencyStore;
  /** Milliseconds that a repeat waits for the first. */
  waitMs: number;
  /** True carries a mutation out although its claim cannot be held; the operator gives the promise up for that time. */
  isLenient: boolean;
}

const visible = /^[\x21-\x7e]{1,255}$/;

const fingerprintOf = (source: string, operationName: string | null, variables: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify([source, operationName, variables ?? {}], inOrderOfNames))
    .digest("base64url");

const response = (
  status: number | undefined,
  result: FormattedExecutionResult,
  headers: [string, string][] = [],
): GraphQLResponse => ({
  http: { status, headers: new HeaderMap(headers) },
  body: { kind: "single", singleResult: result },
});

const refused = (
  status: number,
  code: string,
  message: string,
  more: Record<string, unknown> = {},
  headers: [string, string][] = [],
) => response(status, { errors: [{ message, extensions: { code, ...more } }] }, headers);

const notAKey = refused.bind(undefined, 400, "BAD_REQUEST", "Idempotency-Key must be 1 to 255 visible ASCII characters.", {
  header: "Idempotency-Key",
});
const another = refused.bind(
  undefined,
  422,
  "BAD_USER_INPUT",
  "This Idempotency-Key was used for another request in the last 24 hours; take a new one for a new request.",
  { header: "Idempotency-Key" },
);
const lost = refused.bind(
  undefined,
  409,
  "UPSTREAM_TIMEOUT",
  "The answer of the first request with this Idempotency-Key is not here: its server went away, or it was too much to keep. Whether Affise carried it out is unknown: look before you repeat it with a new key.",
  { outcome: "UNKNOWN" },
);
const stillUnderWay = refused.bind(
  undefined,
  409,
  "OVERLOADED",
  "The first request with this Idempotency-Key is still under way.",
  {},
  [["retry-after", "1"]],
);
const cannotHold = (why: string) =>
  refused(
    503,
    "OVERLOADED",
    `The promise of the Idempotency-Key cannot be held just now: ${why}. Nothing was sent; repeat the request as it is.`,
    { outcome: "NOT_SENT" },
    [["retry-after", "1"]],
  );

/** What is kept of the first answer. */
interface Kept {
  status?: number;
  result: FormattedExecutionResult;
}

/** Only what Affise has carried out, or may have, must not be done again; what it declined may be tried anew. */
const isWorthKeeping = (calls: readonly CallRecord[]): boolean =>
  calls.some(({ outcome }) => outcome === "DONE" || outcome === "UNKNOWN");

/** The promise of one request. */
class Promised {
  readonly id: string;

  constructor(
    private readonly options: IdempotencyOptions,
    { callerHash }: Context,
    key: string,
    private readonly fingerprint: string,
    private readonly seal: Seal | undefined,
  ) {
    this.id = `${callerHash} ${key}`;
  }

  /** The answer that a repeat gets; undefined for the first request, which is to be carried out. */
  async begin(): Promise<GraphQLResponse | undefined> {
    const { store, isLenient } = this.options;
    if (store.isForeign && !this.seal)
      return cannotHold("without an API key the answer cannot be sealed; the operator can set STORE_SECRET");
    try {
      const claim = await this.claim();
      return claim.state === "first" ? undefined : this.repeated(claim);
    } catch (error) {
      if (!(error instanceof CannotHold)) throw error;
      return isLenient ? undefined : cannotHold(error.message);
    }
  }

  async end({ http, body }: GraphQLResponse, calls: readonly CallRecord[]): Promise<void> {
    const { store } = this.options;
    if (body.kind !== "single" || !isWorthKeeping(calls)) return store.complete(this.id, this.fingerprint, undefined);
    const { extensions: _, ...result } = body.singleResult;
    const text = JSON.stringify({ status: http.status, result } satisfies Kept);
    return store.complete(this.id, this.fingerprint, this.seal && store.isForeign ? this.seal.close(text) : text);
  }

  /** Waits for the first while it is under way. */
  private async claim(): Promise<Claim> {
    const end = Date.now() + this.options.waitMs;
    for (;;) {
      const claim = await this.options.store.claim(this.id, this.fingerprint);
      if (claim.state !== "under way" || claim.fingerprint !== this.fingerprint || Date.now() > end) return claim;
      await (claim.settled ?? sleep(100));
    }
  }

  private repeated(claim: Exclude<Claim, { state: "first" }>): GraphQLResponse {
    if (claim.fingerprint !== this.fingerprint) return another();
    if (claim.state === "lost") return lost();
    if (claim.state === "under way") return stillUnderWay();
    const text = this.seal && this.options.store.isForeign ? this.seal.open(claim.answer) : claim.answer;
    if (text === undefined) return lost();
    const { status, result } = JSON.parse(text) as Kept;
    return response(status, result, [["idempotent-replayed", "true"]]);
  }
}

/**
 * The header Idempotency-Key on a mutation: the first answer is kept for 24 hours, and a repeat gets it without a second POST to Affise. A
 * repeat that comes while the first is under way waits for it. Where that cannot be promised the mutation is refused, unsent. It looks at
 * the operation, however that came: as text or as a persisted query.
 */
export const idempotencyPlugin = (options: IdempotencyOptions): Plugin => ({
  requestDidStart({ request: { operationName, variables }, contextValue }) {
    const given = contextValue.headers["idempotency-key"];
    const key = Array.isArray(given) ? given.join(", ") : given;
    // A dry run changes nothing, so it neither uses up the key nor gets the answer of what did.
    if (key === undefined || contextValue.planned) return undefined;
    let first: Promised | undefined;
    return {
      async responseForOperation({ operation, source }) {
        if (operation.operation !== "mutation") return null;
        if (!visible.test(key)) return notAKey();
        const fingerprint = fingerprintOf(source, operationName ?? null, variables);
        const promised = new Promised(options, contextValue, key, fingerprint, contextValue.seal);
        const answer = await promised.begin();
        if (answer) return answer;
        first = promised;
        return null;
      },
      async willSendResponse({ response: answer, contextValue: { calls } }) {
        await first?.end(answer, calls);
      },
    };
  },
});
