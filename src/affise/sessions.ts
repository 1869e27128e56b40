import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { Session, type SessionOptions } from "./session.js";
import { type Network, openNetwork } from "./transport/network.js";
import type { Tenant } from "./transport/tenant.js";

export const defaultSessionOptions: SessionOptions = {
  timeoutMs: 30_000,
  maxBytes: 50_000_000,
  connections: 64,
  retries: 2,
  breakMs: 5_000,
  concurrency: 20,
  maxSessions: 10_000,
};

/** All sessions of this process, found by tenant and key, which go no further than here: outside, a session is known by a hash. */
export class Sessions {
  private readonly networks = new Map<string, Network>();
  private readonly sessions: LRUCache<string, Session>;

  constructor(private readonly options: SessionOptions = defaultSessionOptions) {
    this.sessions = new LRUCache({ max: options.maxSessions });
  }

  of(tenant: Tenant, key: string | undefined): Session {
    const asked = `${tenant.name}\n${key ?? ""}`;
    const known = this.sessions.get(asked);
    if (known) return known;
    const network = this.networks.get(tenant.name) ?? openNetwork(tenant, this.options);
    this.networks.set(tenant.name, network);
    const session = new Session(createHash("sha256").update(asked).digest("base64url"), network, key, this.options);
    this.sessions.set(asked, session);
    return session;
  }

  /** All sessions' queues together. */
  queue(): { active: number; waiting: number } {
    const sum = { active: 0, waiting: 0 };
    for (const { queue } of this.sessions.values()) {
      sum.active += queue.active;
      sum.waiting += queue.waiting;
    }
    return sum;
  }

  async close(): Promise<void> {
    await Promise.all([...this.networks.values()].map((network) => network.close()));
  }
}
