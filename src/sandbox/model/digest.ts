import { createHash } from "node:crypto";
import type { State } from "./state.js";

/** Lists of rows that stand in another list, too. */
const indexes = new Set(["keys", "clicksByOffer", "byOffer", "byAffiliate", "paymentsByAffiliate"]);

const plain = (name: string, value: unknown): unknown => {
  if (typeof value !== "object" || value === null) return value;
  if (indexes.has(name)) return undefined;
  // A country has all its cities in it; its code says as much.
  if (name === "country" && "code" in value) return value.code;
  return value instanceof Map || value instanceof Set ? [...value] : value;
};

/** Not data: the clock, the settings, what waits to be applied, the numbers that were given away, and how often something was asked to change. */
const aside = new Set(["now", "queueDelay", "ugly", "queue", "changes", "numbers", "tagNumbers"]);

/** What a sandbox holds, by noun, as hashes: they are equal while nothing of the noun has changed. */
export const digestOf = (state: State): Record<string, string> =>
  Object.fromEntries(
    Object.entries(state)
      .filter(([noun]) => !aside.has(noun) && !indexes.has(noun))
      .map(([noun, rows]) => [noun, createHash("sha256").update(JSON.stringify(rows, plain)).digest("hex").slice(0, 16)]),
  );
