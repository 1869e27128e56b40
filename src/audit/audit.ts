import type { SentWrite } from "../affise/scope.js";

/** One write as the audit tells it: who, what, and what came of it. Never a key, a password, or a value that was sent. */
export interface AuditEntry {
  /** When it left, as ISO 8601. */
  time: string;
  requestId: string;
  tenant: string;
  /** The first digits of a hash of tenant and key: equal for the same caller, and no way back to the key. */
  key: string;
  /** Whose key it is, where the caller's profile has been read before. */
  user?: string;
  client?: string;
  /** A hash of the Idempotency-Key. */
  idempotencyKey?: string;
  /** The mutation's field, by the name that the answer has it under. */
  field: string;
  operation: string;
  /** The path that was asked, with its ids. */
  path: string;
  ids: readonly string[];
  /** The HTTP status; 0 where no answer came. */
  status: number;
  outcome: NonNullable<SentWrite["outcome"]>;
  ms: number;
}

/** Where the audit goes. Taking an entry never fails: what cannot be delivered goes to the log, which says so. */
export interface Audit {
  take(entry: AuditEntry): void;
  /** Delivers what waits. */
  close(): Promise<void>;
}

/** The entries of several places at once. */
export const allOf = (audits: readonly Audit[]): Audit => ({
  take: (entry) => {
    for (const audit of audits) audit.take(entry);
  },
  close: async () => {
    await Promise.all(audits.map((audit) => audit.close()));
  },
});
