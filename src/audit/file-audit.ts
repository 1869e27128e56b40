import { appendFileSync, closeSync, openSync } from "node:fs";
import type { FastifyBaseLogger } from "fastify";
import type { Audit } from "./audit.js";
import { logAudit } from "./log-audit.js";

/**
 * The audit as a file, one JSON object a line, appended at once: a line is with the system before its mutation is answered. SIGHUP opens the
 * file anew, for programs that rotate it; where that fails the one that was open stays. Several processes may share it. Throws where the file
 * cannot be opened; a line that cannot be written later goes to the log.
 */
export const openFileAudit = (path: string, logger: FastifyBaseLogger): Audit => {
  const open = () => openSync(path, "a");
  let file = open();
  let isClosed = false;
  const log = logAudit(logger);
  const reopen = () => {
    try {
      const before = file;
      file = open();
      closeSync(before);
    } catch (error) {
      logger.error({ err: error }, "The audit's file cannot be opened anew; its lines go on to the one that was open");
    }
  };
  process.on("SIGHUP", reopen);
  return {
    take(entry) {
      if (isClosed) return log.take(entry);
      try {
        appendFileSync(file, `${JSON.stringify(entry)}\n`);
      } catch (error) {
        logger.error({ err: error }, "The audit's file cannot be written; its lines go to the log");
        log.take(entry);
      }
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      process.off("SIGHUP", reopen);
      closeSync(file);
    },
  };
};
