import cluster, { type Worker } from "node:cluster";
import { memoryStore, type Store } from "./cache.js";
import { Questions } from "./questions.js";

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

const post = (worker: Worker, letter: Write | Heard) => {
  if (worker.isConnected()) worker.send({ affiseWrites: letter } satisfies Letter);
};

/** In the first process: tells all workers of each one's writes, so that none serves what another has written over. */
export const passOnWrites = (): void => {
  const questions = new Questions<void>();
  const passOn = async (writer: Worker, { number, tenant, nouns }: Write) => {
    const workers = Object.values(cluster.workers ?? {}).filter((one) => one !== undefined);
    const others = workers.filter((one) => one !== writer && one.isConnected());
    await Promise.all(
      others.map((one) =>
        questions.ask(patienceMs, (asked) => post(one, { kind: "write", number: asked, tenant, nouns })).catch(() => {}),
      ),
    );
    post(writer, { kind: "heard", number });
  };
  cluster.on("message", (worker, message: unknown) => {
    const letter = lettersIn(message);
    if (letter?.kind === "write") void passOn(worker, letter);
    if (letter?.kind === "heard") questions.answer(letter.number);
  });
};

/** A worker's own store, which hears of the other workers' writes before these are answered. Reads cost nothing more than alone. */
export const workerStore = (maxBytes: number): Store => {
  const store = memoryStore(maxBytes);
  const questions = new Questions<void>();
  const send = (letter: Write | Heard) => process.send?.({ affiseWrites: letter } satisfies Letter);
  const listener = (message: unknown) => {
    const letter = lettersIn(message);
    if (letter?.kind === "heard") questions.answer(letter.number);
    if (letter?.kind !== "write") return;
    void store.invalidate(letter.tenant, letter.nouns);
    send({ kind: "heard", number: letter.number });
  };
  process.on("message", listener);
  return {
    ...store,
    async invalidate(tenant, nouns) {
      await store.invalidate(tenant, nouns);
      await questions.ask(patienceMs, (number) => send({ kind: "write", number, tenant, nouns })).catch(() => {});
    },
    async close() {
      process.off("message", listener);
      await store.close();
    },
  };
};
