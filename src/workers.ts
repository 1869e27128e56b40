import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("./cli.js", import.meta.url));

/** What the first process tells the others: where the sandbox it runs listens. */
export const sandboxUrlVariable = "AFFISE_GRAPHQL_SANDBOX_URL";

export interface Workers {
  /** Where the workers listen together. */
  address: { port: number; host: string };
  /** Passes a signal on to each of them. */
  signal(name: NodeJS.Signals): void;
  close(): Promise<void>;
}

export interface WorkersOptions {
  count: number;
  /** The settings, as every worker shall read them. */
  environment: NodeJS.ProcessEnv;
  /** How long a worker may take to end, in milliseconds. */
  shutdownMs: number;
  onDeath(worker: Worker, how: string): void;
}

/** Milliseconds before a worker that did not come up is started again: longer each time, up to half a minute. */
const pause = (failures: number) => Math.min(500 * 2 ** Math.min(failures, 6), 30_000);

const ended = (worker: Worker) => (worker.isDead() ? undefined : once(worker, "exit"));

/**
 * Starts processes that share one port; the system hands connections round. One that never came up is a fault of the settings and ends the
 * start. A worker that dies later is replaced, and again for as long as it takes: what it needs may be away for a while.
 */
export const startWorkers = async ({ count, environment, shutdownMs, onDeath }: WorkersOptions): Promise<Workers> => {
  cluster.setupPrimary({ exec: cli, args: ["start"], silent: false });
  const closing = new AbortController();
  let port: number | undefined;
  const fork = () =>
    new Promise<{ port: number; host: string }>((resolve, reject) => {
      // With every worker gone the port of `--port 0` is given up too; those that come after want the one that was told.
      const worker = cluster.fork(port === undefined ? environment : { ...environment, PORT: String(port) });
      let listens = false;
      worker.once("listening", (where) => {
        listens = true;
        port ??= where.port;
        resolve({ port: where.port, host: where.address });
      });
      worker.once("exit", (code, signal) => {
        if (closing.signal.aborted) return;
        if (!listens) return reject(new Error(`a worker ended with ${signal ?? code} before it listened`));
        onDeath(worker, signal ?? String(code));
        void replace(worker);
      });
    });
  const replace = async (worker: Worker) => {
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      try {
        await fork();
        return;
      } catch (error) {
        onDeath(worker, (error as Error).message);
        // With no worker left this is all that keeps the process going.
        await sleep(pause(failures), undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  };
  const [address] = await Promise.all(Array.from({ length: count }, fork));
  if (!address) throw new Error("no worker was asked for");
  const living = () => Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  const signal = (name: NodeJS.Signals, workers = living()) => {
    for (const worker of workers) worker.process.kill(name);
  };
  return {
    address,
    signal: (name) => signal(name),
    async close() {
      closing.abort();
      const workers = living();
      const all = Promise.all(workers.map(ended));
      signal("SIGTERM", workers);
      const timer = setTimeout(() => signal("SIGKILL", workers), shutdownMs + 5_000);
      await all;
      clearTimeout(timer);
    },
  };
};
