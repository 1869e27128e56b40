import { LRUCache } from "lru-cache";
import type { Budget, Verdict } from "./budget.js";

/** How far a network that was idle may run ahead, in milliseconds: a tenth of a second's calls at once, one at the least. */
export const burstOf = (perSecond: number): number => Math.max(100, 1_000 / perSecond);

/** The budget of one process: calls a second to each network (0 for any number), and the pauses that networks asked for. */
export class LocalBudget implements Budget {
  private readonly nextByTenant = new Map<string, number>();
  private readonly pauses = new LRUCache<string, number>({ max: 10_000 });

  constructor(private readonly perSecond: number) {}

  /** A session asks for one call at a time, so the order of asking is turns. */
  ask(tenant: string, session: string, patienceMs: number): Verdict {
    const now = Date.now();
    const paused = this.pauses.get(session);
    if (paused !== undefined) {
      if (paused > now) return { isGranted: false, waitMs: paused - now, isPause: true };
      this.pauses.delete(session);
    }
    if (this.perSecond === 0) return { isGranted: true, waitMs: 0 };
    const slot = Math.max(this.nextByTenant.get(tenant) ?? 0, now - burstOf(this.perSecond)) + 1_000 / this.perSecond;
    const waitMs = Math.max(0, slot - now);
    if (waitMs > patienceMs) return { isGranted: false, waitMs };
    this.nextByTenant.set(tenant, slot);
    return { isGranted: true, waitMs };
  }

  pause(_: string, session: string, ms: number): void {
    if (ms > 0) this.pauses.set(session, Math.max(this.pauses.get(session) ?? 0, Date.now() + ms));
  }
}
