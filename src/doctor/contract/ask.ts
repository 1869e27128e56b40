import { target } from "../../affise/encoding/encode.js";
import { Cancellation } from "../../affise/request/cancellation.js";
import { Deadline } from "../../affise/request/deadline.js";
import { replyText, type Send } from "../../affise/request/request.js";
import { retryAfterSeconds } from "../../affise/request/retry-after.js";
import { withKey } from "../../affise/transport/key.js";
import { Limiter, withLimiter } from "../../affise/transport/limiter.js";
import type { Tenant } from "../../affise/transport/tenant.js";
import { openTransport } from "../../affise/transport/transport.js";
import type { OperationInfo } from "../../contract/operation.js";
import type { Asked } from "./plan.js";

/** What came back: the HTTP status, 0 where none came, and the JSON, undefined where it is none. */
export interface Reply {
  status: number;
  answer: unknown;
}

const atOnce = 3;
const longestWait = 30;

/** Reads under one key as they come off the wire, whatever their form: the session of the server would refuse the odd ones. */
export class Reader {
  /** Calls made. */
  calls = 0;
  private readonly transport;
  private readonly send: Send;

  constructor(
    tenant: Tenant,
    key: string,
    private readonly waitMs: number,
  ) {
    this.transport = openTransport(tenant, { maxBytes: 50_000_000, connections: atOnce });
    this.send = withLimiter(withKey(this.transport.send, key), new Limiter(atOnce));
  }

  /** Asks once; once more after the time that a network asks to wait for. */
  async ask(operation: OperationInfo, asked: Asked): Promise<Reply> {
    if (operation.method !== "GET") throw new Error(`${operation.operation} is no reading operation`);
    const where = target(operation, asked.path, asked.query);
    const first = await this.exchange(operation, where);
    if (first.status !== 429) return first;
    await new Promise((resolve) => setTimeout(resolve, first.waitSeconds * 1000));
    return this.exchange(operation, where);
  }

  private async exchange(operation: OperationInfo, where: string): Promise<Reply & { waitSeconds: number }> {
    const cancellation = new Cancellation();
    const deadline = new Deadline(this.waitMs, cancellation);
    this.calls += 1;
    try {
      const headers = { accept: "application/json", "accept-encoding": "gzip" };
      const reply = await this.send({ operation, target: where, headers, cancellation, deadline });
      const waitSeconds = Math.min(retryAfterSeconds(reply.headers) ?? 1, longestWait);
      return { status: reply.status, answer: parsed(replyText(reply)), waitSeconds };
    } catch {
      return { status: 0, answer: undefined, waitSeconds: 0 };
    } finally {
      deadline.end();
    }
  }

  close(): Promise<void> {
    return this.transport.close();
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
