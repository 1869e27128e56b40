import type { Answer, Asked, Question } from "../ask.js";
import { isTextByName, tabNotes } from "../browser-storage.js";

const name = "affise-graphql:changes";
const mostNoted = 20;

const noted = (): [string, string][] => Object.entries(tabNotes.read(name, isTextByName) ?? {});

const note = (keys: readonly (readonly [string, string])[]): void =>
  void tabNotes.write(name, keys.length ? Object.fromEntries(keys.slice(-mostNoted)) : undefined);

// Pages on plain http have no crypto.randomUUID.
const random = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The Idempotency-Key of a change. */
export interface ChangeKey {
  key: string;
  /** Lets go of the key where an answer says what became of the change: the next one like it is another. */
  settle(answer: Answer): void;
}

/**
 * The key that a change goes out with. The same change at the same network has the same one until it is known what became of it, over a reload
 * too: whoever sends it again because no answer came is told of the first, and nothing is done twice.
 */
export const changeKey = (question: Question, { network }: Asked): ChangeKey => {
  const change = JSON.stringify([network?.api, question]);
  const key = noted().find(([one]) => one === change)?.[1] ?? random();
  const others = () => noted().filter(([one]) => one !== change);
  note([...others(), [change, key]]);
  return {
    key,
    settle({ result }) {
      // Then the first is still under way, or nothing was sent: the server asks for the same again.
      const isOpen = result.errors?.some(({ extensions }) => extensions?.code === "OVERLOADED");
      if (!isOpen) note(others());
    },
  };
};
