import { createHash } from "node:crypto";
import type { State } from "./state.js";

const plain = (_: string, value: unknown): unknown => {
  if (value instanceof Map) return [...value];
  return value instanceof Set ? [...value] : value;
};

/** Not data: the clock, the settings, what waits to be applied, the numbers that were given away, and how often something was asked to change. */
const aside = new Set(["now", "city", "queueDelay", "ugly", "queue", "changes", "numbers", "tagNumbers"]);

/** What a sandbox holds, by noun, as hashes: they are equal while nothing of the noun has changed. */
export const digestOf = (state: State): Record<string, string> =>
  Object.fromEntries(
    Object.entries(state)
      .filter(([noun]) => !aside.has(noun))
      .map(([noun, rows]) => [noun, createHash("sha256").update(JSON.stringify(rows, plain)).digest("hex").slice(0, 16)]),
  );
