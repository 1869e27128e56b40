import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";

/** What is counted, operation by operation, over the whole suite. */
const counted = ["client", "sandbox-good", "sandbox-bad", "graphql"] as const;

export type Counted = (typeof counted)[number];

declare module "vitest" {
  export interface ProvidedContext {
    /** The folder that notes of one run go to. */
    tally: string;
  }
}

const noted = new Set<string>();

/** Notes that a test has seen these operations do what is counted; the end of the run prints how many of the reference that makes. */
export const note = (what: Counted, operations: Iterable<string>): void => {
  const fresh = [...new Set(operations)].filter((operation) => !noted.has(`${what} ${operation}`));
  if (!fresh.length) return;
  for (const operation of fresh) noted.add(`${what} ${operation}`);
  appendFileSync(join(inject("tally"), what), fresh.map((operation) => `${operation}\n`).join(""));
};
