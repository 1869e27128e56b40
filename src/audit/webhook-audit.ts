import type { FastifyBaseLogger } from "fastify";
import type { Audit, AuditEntry } from "./audit.js";
import { logAudit } from "./log-audit.js";

/** So many entries travel in one POST, so many wait at the most, and so long the first of them waits for others. */
const [mostInOne, mostWaiting, gatherMs] = [100, 10_000, 500];

/** A webhook that is away is tried for about half a minute. */
const retryOptions = { limit: 5, methods: ["post"], statusCodes: [408, 413, 429, 500, 502, 503, 504], backoffLimit: 10_000 };

/**
 * The audit as POSTs of JSON lists to an address of the operator's. Entries that cannot be delivered go to the log, with their number, so
 * that none is lost; nothing waits for it, so a webhook that is slow slows no mutation.
 */
export const openWebhookAudit = (url: string, logger: FastifyBaseLogger): Audit => {
  const log = logAudit(logger);
  let waiting: AuditEntry[] = [];
  let timer: NodeJS.Timeout | undefined;
  let delivery: Promise<void> = Promise.resolve();

  const giveUp = (entries: readonly AuditEntry[], error: unknown) => {
    const host = new URL(url).host;
    logger.error(
      { err: error, entries: entries.length },
      `The audit's webhook at ${host} takes nothing; its entries follow here`,
    );
    for (const entry of entries) log.take(entry);
  };
  const post = async (entries: readonly AuditEntry[]) => {
    try {
      // Loaded when it is first needed, as in `transport/retry.ts`: it brings Node's own fetch with it.
      const { default: ky } = await import("ky");
      await ky.post(url, { json: entries, retry: retryOptions, timeout: 10_000, redirect: "error" });
    } catch (error) {
      giveUp(entries, (error as Error).name);
    }
  };
  const deliver = async () => {
    while (waiting.length) {
      const batch = waiting.slice(0, mostInOne);
      waiting = waiting.slice(mostInOne);
      await post(batch);
    }
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    delivery = delivery.then(deliver);
    return delivery;
  };

  return {
    take(entry) {
      if (waiting.length >= mostWaiting) return giveUp([entry], "too many entries wait");
      waiting.push(entry);
      timer ??= setTimeout(flush, gatherMs);
    },
    close: flush,
  };
};
