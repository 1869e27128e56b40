import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Listening } from "./http/listen.js";
import type { SandboxOptions } from "./model/state.js";

/** What the thread is told: which sandbox to make, and the port to listen on, 0 for any. */
export interface Assignment {
  options: SandboxOptions;
  port: number;
}

/** Milliseconds before a thread that ended is followed by another. */
const pauseMs = 500;

/** Starts a thread; `death` is what ends it. */
const run = async (assignment: Assignment) => {
  const thread = new Worker(new URL("./thread.js", import.meta.url), { workerData: assignment });
  const death = new Promise<Error>((resolve) => {
    thread.once("error", resolve);
    thread.once("exit", (code) => resolve(new Error(`its thread ended with ${code}`)));
  });
  const died = death.then((error) => {
    throw error;
  });
  const [url] = (await Promise.race([once(thread, "message"), died])) as [string];
  return { url, thread, death };
};

/**
 * Serves a sandbox on a free port of this machine, from a thread of its own: a report of a hundred thousand visits is summed up there, and the
 * server's event loop stays free. Rejects with what kept it from starting. A thread that ends later, of a full memory say, is told of and
 * followed by another on the same port, which has the data of the start.
 */
export const listenInThread = async (options: SandboxOptions, onDeath: (error: Error) => void): Promise<Listening> => {
  let running = await run({ options, port: 0 });
  const port = Number(new URL(running.url).port);
  let isClosing = false;
  const stayUp = async () => {
    for (;;) {
      const error = await running.death;
      if (isClosing) return;
      onDeath(error);
      await sleep(pauseMs);
      if (isClosing) return;
      running = await run({ options, port }).catch((again: Error) => ({ ...running, death: Promise.resolve(again) }));
    }
  };
  void stayUp();
  return {
    url: running.url,
    async close() {
      isClosing = true;
      await running.thread.terminate();
    },
  };
};
