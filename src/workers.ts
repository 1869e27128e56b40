import cluster, { type Worker } from "node:cluster";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("./cli.js", import.meta.url));

/** What the first process tells the others: where the sandbox it runs listens. */
export const sandboxUrlVariable = "AFFISE_GRAPHQL_SANDBOX_URL";

export interface Workers {
  /** Where the workers listen together. */
  address: { port: number; host: string };
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

const ended = (worker: Worker) =>
  new Promise<void>((resolve) => (worker.isDead() ? resolve() : worker.once("exit", () => resolve())));

/**
 * Starts processes that share one port; the system hands connections round. A worker that dies is replaced, one that never came up is a
 * fault of the settings and ends the start.
 */
export const startWorkers = async ({ count, environment, shutdownMs, onDeath }: WorkersOptions): Promise<Workers> => {
  cluster.setupPrimary({ exec: cli, args: ["start"], silent: false });
  let closing = false;
  const fork = () =>
    new Promise<{ port: number; host: string }>((resolve, reject) => {
      const worker = cluster.fork(environment);
      let listens = false;
      worker.once("listening", ({ port, address }) => {
        listens = true;
        resolve({ port, host: address });
      });
      worker.once("exit", (code, signal) => {
        if (closing) return;
        if (!listens) return reject(new Error(`a worker ended with ${signal ?? code} before it listened`));
        onDeath(worker, signal ?? String(code));
        fork().catch((error: Error) => onDeath(worker, error.message));
      });
    });
  const [address] = await Promise.all(Array.from({ length: count }, fork));
  if (!address) throw new Error("no worker was asked for");
  return {
    address,
    async close() {
      closing = true;
      const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
      const all = Promise.all(workers.map(ended));
      for (const worker of workers) worker.process.kill("SIGTERM");
      const timer = setTimeout(() => {
        for (const worker of workers) worker.process.kill("SIGKILL");
      }, shutdownMs + 5_000);
      await all;
      clearTimeout(timer);
    },
  };
};
