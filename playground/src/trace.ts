import type { Answer } from "./ask.js";

export type Trace = Pick<Answer, "calls" | "ms">;

const kept = new Map<string, Trace>();

// GraphiQL hands the text of an answer around, tab by tab, and nothing else: the text is what its trace can be found by.
export const keepTrace = (answer: Answer): void => {
  const text = JSON.stringify(answer.result, null, 2);
  kept.delete(text);
  kept.set(text, { calls: answer.calls, ms: answer.ms });
  const [oldest] = kept.keys();
  if (kept.size > 20 && oldest !== undefined) kept.delete(oldest);
};

/** The REST calls behind an answer, by the text that the answer editor shows. */
export const traceOf = (text: string): Trace | undefined => kept.get(text);
