import cluster, { type Worker } from "node:cluster";
import { Questions } from "../affise/sharing/questions.js";
import { CannotHold, type Claim, type IdempotencyStore, MemoryStore } from "./store.js";

type Question =
  | { kind: "claim"; id: string; fingerprint: string }
  | { kind: "settle"; id: string; fingerprint: string; answer: string | undefined };

/** Why the first process makes no claim. */
interface Refusal {
  state: "refused";
  why: string;
}

const refusal = (error: unknown): Refusal => ({ state: "refused", why: (error as Error).message });

type Told = Claim | Refusal | undefined;

interface Envelope {
  idempotency: number;
}

interface Asked extends Envelope {
  ask: Question;
}

interface Answered extends Envelope {
  told: Told;
  /** The claim that was asked for. */
  of?: Pick<Question, "id" | "fingerprint">;
}

const isEnvelope = (message: unknown): message is Envelope =>
  typeof message === "object" && message !== null && "idempotency" in message;

/** The first process holds the claims of all workers, so that a repeat may reach any of them. Give it before the first worker starts. */
export const holdClaimsForWorkers = (maxBytes: number): void => {
  const store = new MemoryStore(maxBytes);
  const answer = async (worker: Worker, { idempotency, ask }: Asked) => {
    const { id, fingerprint } = ask;
    if (ask.kind === "settle") await store.complete(id, fingerprint, ask.answer);
    const claim = ask.kind === "claim" ? await store.claim(id, fingerprint, String(worker.id)).catch(refusal) : undefined;
    // A promise cannot travel; the worker asks again.
    const told = claim?.state === "under way" ? { state: claim.state, fingerprint: claim.fingerprint } : claim;
    const of = claim && { id, fingerprint };
    if (worker.isConnected()) worker.send({ idempotency, told, of } satisfies Answered);
  };
  cluster.on("message", (worker, message: unknown) => {
    if (isEnvelope(message)) void answer(worker, message as Asked);
  });
  cluster.on("exit", (worker) => store.lose(String(worker.id)));
};

const answerMs = 5_000;

/** A worker's side: claims are made in the first process. */
export class ClusterStore implements IdempotencyStore {
  readonly isForeign = false;
  private readonly questions = new Questions<Told>();
  private readonly listener = (message: unknown) => {
    if (!isEnvelope(message)) return;
    const { idempotency, told, of } = message as Answered;
    const isLate = !this.questions.answer(idempotency, told);
    // Nothing was sent under a claim that came too late: it must not stand in the way of a repeat.
    if (isLate && of && told?.state === "first") void this.complete(of.id, of.fingerprint, undefined);
  };

  constructor() {
    process.on("message", this.listener);
  }

  async claim(id: string, fingerprint: string): Promise<Claim> {
    const claim = await this.ask({ kind: "claim", id, fingerprint });
    if (!claim || claim.state === "refused") throw new CannotHold(claim?.why ?? "the first process gave no claim");
    return claim;
  }

  /** What the first process does not take in time it takes later, before any claim that is made after it. */
  async complete(id: string, fingerprint: string, answer: string | undefined): Promise<void> {
    await this.ask({ kind: "settle", id, fingerprint, answer }).catch(() => {});
  }

  async close(): Promise<void> {
    process.off("message", this.listener);
  }

  private ask(ask: Question): Promise<Told> {
    const told = this.questions.ask(answerMs, (idempotency) => process.send?.({ idempotency, ask }));
    return told.catch(() => Promise.reject(new CannotHold("the first process does not answer")));
  }
}
