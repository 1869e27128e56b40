import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { getOperationAST, parse } from "graphql";
import type { Claim, IdempotencyStore } from "./idempotency-store.js";
import { refuse } from "./refusal.js";

const visible = /^[\x21-\x7e]{1,255}$/;

const sorted = (_: string, value: unknown) =>
  value && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value;

const fingerprintOf = ({ query, operationName, variables }: Record<string, unknown>): string =>
  createHash("sha256")
    .update(JSON.stringify([query, operationName ?? null, variables ?? {}], sorted))
    .digest("base64url");

const isMutation = (body: unknown, maxTokens: number): body is Record<string, unknown> => {
  const { query, operationName } = (body ?? {}) as Record<string, unknown>;
  if (typeof query !== "string") return false;
  try {
    const document = parse(query, { maxTokens, noLocation: true });
    return getOperationAST(document, typeof operationName === "string" ? operationName : undefined)?.operation === "mutation";
  } catch {
    return false;
  }
};

interface Open {
  id: string;
  fingerprint: string;
  secret: string;
}

/** An answer is kept once Affise may have carried a write out; else a repeat may try again. */
const maySettle = (request: FastifyRequest, body: string): boolean =>
  (request.restCalls ?? []).some(({ operation, status }) => !operation.startsWith("GET ") && status > 0) ||
  body.includes('"outcome":"UNKNOWN"');

const other = "This Idempotency-Key was used for another request in the last 24 hours; take a new one for a new request.";
const lost =
  "The first request with this Idempotency-Key never ended: its server went away. Whether Affise carried it out is unknown: look before you repeat it with a new key.";

/**
 * The header Idempotency-Key on a mutation: the first answer is kept for 24 hours, and a repeat gets it without a second POST to Affise.
 * A repeat that comes while the first is under way waits for it.
 */
export const idempotentMutations = (scope: FastifyInstance, store: IdempotencyStore, maxTokens: number, waitMs: number): void => {
  const open = new WeakMap<FastifyRequest, Open>();

  const claimOf = async ({ id, fingerprint, secret }: Open): Promise<Claim> => {
    const end = Date.now() + waitMs;
    for (;;) {
      const claim = await store.claim(id, fingerprint, secret);
      if (claim.state !== "under way" || claim.fingerprint !== fingerprint || Date.now() > end) return claim;
      await (claim.settled ?? sleep(100));
    }
  };

  const answerFrom = (
    claim: Exclude<Claim, { state: "first" }>,
    fingerprint: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => {
    const first = claim.state === "kept" ? claim.kept.fingerprint : claim.fingerprint;
    if (first !== fingerprint) return refuse(request, reply, 422, "BAD_USER_INPUT", other, { header: "Idempotency-Key" });
    if (claim.state === "kept") {
      const { status, type, body } = claim.kept;
      return reply
        .code(status)
        .header("content-type", type)
        .header("idempotent-replayed", "true")
        .header("cache-control", "no-store")
        .send(body);
    }
    if (claim.state === "lost") return refuse(request, reply, 409, "UPSTREAM_TIMEOUT", lost, { outcome: "UNKNOWN" });
    return refuse(
      request,
      reply.header("retry-after", "1"),
      409,
      "OVERLOADED",
      "The first request with this Idempotency-Key is still under way.",
    );
  };

  const begin = async (request: FastifyRequest, reply: FastifyReply, key: unknown) => {
    if (request.method !== "POST" || !isMutation(request.body, maxTokens)) return undefined;
    if (typeof key !== "string" || !visible.test(key)) {
      return refuse(request, reply, 400, "BAD_USER_INPUT", "Idempotency-Key must be 1 to 255 visible ASCII characters.", {
        header: "Idempotency-Key",
      });
    }
    const { hash, key: secret = "" } = request.caller;
    const mine: Open = { id: `${hash} ${key}`, fingerprint: fingerprintOf(request.body), secret };
    const claim = await claimOf(mine);
    if (claim.state !== "first") return answerFrom(claim, mine.fingerprint, request, reply);
    open.set(request, mine);
    return undefined;
  };

  scope.addHook("preHandler", (request, reply, next) => {
    const key = request.headers["idempotency-key"];
    if (key === undefined) {
      next();
      return;
    }
    begin(request, reply, key).then((answered) => answered ?? next(), next);
  });

  scope.addHook("onSend", (request, reply, payload, next) => {
    const mine = open.get(request);
    if (!mine) {
      next(null, payload);
      return;
    }
    open.delete(request);
    const body = typeof payload === "string" ? payload : "";
    const kept = maySettle(request, body)
      ? { fingerprint: mine.fingerprint, status: reply.statusCode, type: String(reply.getHeader("content-type")), body }
      : undefined;
    store.settle(mine.id, kept, mine.secret).then(
      () => next(null, payload),
      (error: Error) => next(error),
    );
  });
};
