import type { FastifyBaseLogger } from "fastify";
import { pino } from "pino";
import type { Audit } from "./audit.js";
import { logAudit } from "./log-audit.js";

/**
 * The audit as a file, one JSON object a line, appended at once: a line is with the system before its mutation is answered. SIGHUP opens the
 * file anew, for programs that rotate it. Several processes may share it. Throws where the file cannot be opened; a line that cannot be
 * written later goes to the log.
 */
export const openFileAudit = (path: string, logger: FastifyBaseLogger): Audit => {
  const file = pino.destination({ dest: path, append: true, sync: true });
  const log = logAudit(logger);
  const reopen = () => file.reopen();
  file.on("error", (error) => logger.error({ err: error }, "The audit's file cannot be written; its lines go to the log"));
  process.on("SIGHUP", reopen);
  return {
    take(entry) {
      try {
        file.write(`${JSON.stringify(entry)}\n`);
      } catch (error) {
        logger.error({ err: error }, "The audit's file cannot be written; its lines go to the log");
        log.take(entry);
      }
    },
    async close() {
      process.off("SIGHUP", reopen);
      file.end();
    },
  };
};
