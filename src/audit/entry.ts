import { createHash } from "node:crypto";
import type { SentWrite } from "../affise/scope.js";
import type { Context } from "../context.js";
import { cut } from "../telemetry/telemetry.js";
import type { AuditEntry } from "./audit.js";

/** A key that a caller made up may be a secret to it. */
const hashed = (key: string) => createHash("sha256").update(key).digest("base64url").slice(0, 16);

/** What the audit tells of a write of one request. */
export const entryOf = (context: Context, write: SentWrite, idempotencyKey: string | undefined): AuditEntry => ({
  time: new Date(write.at ?? Date.now()).toISOString(),
  requestId: context.requestId,
  tenant: context.tenant.name,
  key: context.callerHash.slice(0, 8),
  user: write.user,
  client: context.client.name,
  idempotencyKey: idempotencyKey === undefined ? undefined : hashed(idempotencyKey),
  field: cut(context.mutation ?? ""),
  operation: write.operation,
  path: write.path,
  ids: write.ids,
  status: write.status,
  outcome: write.outcome ?? "UNKNOWN",
  ms: write.ms,
});
