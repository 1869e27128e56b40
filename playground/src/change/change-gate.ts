import type { Question } from "../ask.js";
import { house, type Network, networkInWords } from "../house.js";
import { isReadOnly, networkNow } from "../key/session.js";
import { createStore } from "../store.js";
import { isChange } from "./change.js";

export type Decision = "send" | "dry-run" | "leave";

/** A mutation that waits for somebody to mean it. */
export interface WaitingChange {
  question: Question;
  network: Network;
  decide(decision: Decision): void;
}

/** `dryRun` makes the next change a dry run. */
export const gate = createStore<{ waiting: WaitingChange | undefined; dryRun: boolean }>({ waiting: undefined, dryRun: false });

/** What was not sent, and why, as an answer of GraphQL: this is where people look. */
export const notSent = (message: string) => ({ errors: [{ message, extensions: { code: "NOT_SENT" } }] });

const askPerson = (question: Question, network: Network): Promise<Decision> => {
  gate.get().waiting?.decide("leave");
  return new Promise((resolve) => {
    gate.set({
      waiting: {
        question,
        network,
        decide(decision) {
          gate.set({ waiting: undefined });
          resolve(decision);
        },
      },
    });
  });
};

/** Whether a question may be sent. A change is held back while the page is read-only, and asks first on every network but the sandbox. */
export const passGate = async (question: Question): Promise<Decision | { refused: string }> => {
  const { dryRun } = gate.get();
  gate.set({ dryRun: false });
  if (!isChange(question)) return "send";
  if (dryRun && house.get().dryRun) return "dry-run";
  const network = networkNow();
  if (!network) return { refused: "Nothing was sent: the server does not say which network it reaches." };
  if (house.get().readOnly) return { refused: "Nothing was sent: this server is read-only (READ_ONLY)." };
  if (isReadOnly(network)) {
    return { refused: `Nothing was sent: this page is read-only for ${networkInWords(network)}. The switch is at the top.` };
  }
  return house.get().sandbox ? "send" : askPerson(question, network);
};
