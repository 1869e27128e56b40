import type { FastifyBaseLogger } from "fastify";
import { type Audit, allOf } from "./audit.js";
import { openFileAudit } from "./file-audit.js";
import { logAudit } from "./log-audit.js";
import { openWebhookAudit } from "./webhook-audit.js";

/** The audit where the settings want it: a file, a webhook, both, or else the log. Throws where the file cannot be opened. */
export const openAudit = ({ file, webhook }: { file?: string; webhook?: string }, logger: FastifyBaseLogger): Audit => {
  const audits = [...(file ? [openFileAudit(file, logger)] : []), ...(webhook ? [openWebhookAudit(webhook, logger)] : [])];
  return audits.length ? allOf(audits) : logAudit(logger);
};
