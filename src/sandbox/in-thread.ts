import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Listening } from "./http/listen.js";
import type { SandboxOptions } from "./model/state.js";

/**
 * Serves a sandbox on a free port of this machine, from a thread of its own: a report of a hundred thousand visits is summed up there, and the
 * server's event loop stays free. A fault of the thread is a fault of the process.
 */
export const listenInThread = async (options: SandboxOptions): Promise<Listening> => {
  const thread = new Worker(new URL("./thread.js", import.meta.url), { workerData: options });
  const [url] = (await once(thread, "message")) as [string];
  return {
    url,
    close: async () => {
      const ended = once(thread, "exit");
      thread.postMessage("close");
      await ended;
    },
  };
};
