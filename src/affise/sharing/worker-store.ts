import cluster, { type Worker } from "node:cluster";
import { memoryStore, type Store } from "./cache.js";

/** A write on its way from one worker to the others. */
interface Write {
  kind: "write";
  number: number;
  tenant: string;
  nouns: readonly string[];
}

interface Heard {
  kind: "heard";
  number: number;
}

interface Letter {
  affiseWrites: Write | Heard;
}

/** Milliseconds that a write waits for the slowest worker to have heard of it. */
const patienceMs = 1_000;

const lettersIn = (message: unknown): Write | Heard | undefined =>
  typeof message === "object" && message !== null && "affiseWrites" in message ? (message as Letter).affiseWrites : undefined;

/** Waits for the answers to what was sent under a number, each at most for a second. */
class Awaited {
  private count = 0;
  private readonly waiting = new Map<string, () => void>();

  /** Sends under a new number; ends when `heard` was called with it by the same `from`, or when the time is over. */
  ask(from: string, send: (number: number) => void): Promise<void> {
    this.count += 1;
    const number = this.count;
    const name = `${from} ${number}`;
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(name);
        resolve();
      };
      const timer = setTimeout(done, patienceMs);
      this.waiting.set(name, done);
      send(number);
    });
  }

  heard(from: string, number: number): void {
    this.waiting.get(`${from} ${number}`)?.();
  }
}

const post = (worker: Worker, letter: Write | Heard) => {
  if (worker.isConnected()) worker.send({ affiseWrites: letter } satisfies Letter);
};

/** In the first process: tells all workers of each one's writes, so that none serves what another has written over. */
export const passOnWrites = (): void => {
  const awaited = new Awaited();
  const passOn = async (writer: Worker, { number, tenant, nouns }: Write) => {
    const others = Object.values(cluster.workers ?? {}).filter((one) => one !== undefined && one !== writer && one.isConnected());
    await Promise.all(
      others.map((one) =>
        one ? awaited.ask(String(one.id), (asked) => post(one, { kind: "write", number: asked, tenant, nouns })) : undefined,
      ),
    );
    post(writer, { kind: "heard", number });
  };
  cluster.on("message", (worker, message: unknown) => {
    const letter = lettersIn(message);
    if (letter?.kind === "write") void passOn(worker, letter);
    if (letter?.kind === "heard") awaited.heard(String(worker.id), letter.number);
  });
};

/** A worker's own store, which hears of the other workers' writes before these are answered. Reads cost nothing more than alone. */
export const workerStore = (maxBytes: number): Store => {
  const store = memoryStore(maxBytes);
  const awaited = new Awaited();
  const send = (letter: Write | Heard) => process.send?.({ affiseWrites: letter } satisfies Letter);
  const listener = (message: unknown) => {
    const letter = lettersIn(message);
    if (letter?.kind === "heard") awaited.heard("first", letter.number);
    if (letter?.kind !== "write") return;
    void store.invalidate(letter.tenant, letter.nouns);
    send({ kind: "heard", number: letter.number });
  };
  process.on("message", listener);
  return {
    ...store,
    async invalidate(tenant, nouns) {
      await store.invalidate(tenant, nouns);
      await awaited.ask("first", (number) => send({ kind: "write", number, tenant, nouns }));
    },
    async close() {
      process.off("message", listener);
      await store.close();
    },
  };
};
