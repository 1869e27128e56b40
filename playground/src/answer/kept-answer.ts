import {
  type Answer,
  type Asked,
  type AskOptions,
  ask,
  askedNow,
  type Cost,
  type GraphQLFault,
  type Question,
  type RestCall,
} from "../ask.js";
import { isChange } from "../change/change.js";
import { changeKey } from "../change/change-key.js";
import { keepAnswer } from "../editor/editor-storage.js";
import { house } from "../house.js";
import { lookAgainAfter } from "../key/viewer.js";
import { inSlices } from "../slices.js";
import { createStore } from "../store.js";
import { workbench } from "../workbench.js";
import { valueAt, withValueAt } from "./list.js";
import { pageOf, takePageInfo, withNextPage, withoutPageInfo, withPageInfo } from "./page-info.js";
import { pageQuery } from "./page-query.js";
import { keepTrace } from "./trace.js";

/** An answer as a tab of the editor has it, with all that was read on since. */
export interface KeptAnswer {
  question: Question;
  asked: Asked;
  result: Answer["result"];
  calls: RestCall[];
  cost: Cost | undefined;
  ms: number;
  /** What the answer editor shows of it: the whole, or a word on where the whole is. */
  text: string;
  isWhole: boolean;
  /** The list that is being read on, if one is. */
  reading: { path: string; stop: AbortController } | undefined;
  /** Why reading on stopped short. */
  fault: string | undefined;
}

/** The answers of this page's life, by the tab of the editor. */
export const answers = createStore<Record<string, KeptAnswer | undefined>>({});

// An editor of code takes long over texts of megabytes, and nobody reads them.
const mostText = 400_000;
const rowsAtOnce = 2_000;

const textFor = (result: Answer["result"], length: number): { shown: Answer["result"]; isWhole: boolean } => {
  if (length <= mostText) return { shown: result, isWhole: true };
  const note = "This answer is long: JSON and Table show all of it; press Text to have it here.";
  return { shown: { extensions: { note, characters: length } }, isWhole: false };
};

const put = (tab: string, kept: KeptAnswer): void => {
  answers.get()[tab]?.reading?.stop.abort();
  answers.set({ [tab]: kept });
};

const asking = async (question: Question, options: AskOptions): Promise<Answer> => {
  const query = isChange(question) || house.get().documents ? question.query : withPageInfo(question.query);
  const answer = await ask({ ...question, query }, options);
  lookAgainAfter(answer);
  // A query that is refused as a whole is asked as it stands: the refusal shall be about what its writer wrote.
  if (query !== question.query && !("data" in answer.result)) return ask(question, options);
  await inSlices(takePageInfo(answer.result.data), options.signal);
  const { errors: all, ...result } = answer.result;
  const errors = withoutPageInfo(all ?? [], result.data);
  return { ...answer, result: errors.length ? { errors, ...result } : result };
};

const changing = async (question: Question, options: AskOptions): Promise<Answer> => {
  const asked = askedNow();
  // Without a key nobody can be told from another: such a change is the server's to take or refuse.
  if (!asked.key) return asking(question, options);
  const { key, settle } = changeKey(question, asked);
  const answer = await asking(question, { ...options, idempotencyKey: key });
  settle(answer);
  return answer;
};

/** Asks a question for a tab and keeps the answer; gives what the answer editor is to show. */
export const answerFor = async (tab: string, question: Question, options: AskOptions = {}): Promise<object> => {
  const answer = await (isChange(question) && !options.dryRun ? changing : asking)(question, options);
  const { shown, isWhole } = textFor(answer.result, answer.length);
  const { asked, result, calls, cost, ms } = answer;
  const text = JSON.stringify(shown, null, 2);
  put(tab, { question, asked, result, calls, cost, ms, text, isWhole, reading: undefined, fault: undefined });
  keepTrace(tab, { ...answer, result: shown });
  keepAnswer(tab, isWhole ? text : "");
  return shown;
};

/** Puts the whole of an answer into the answer editor, however long it is. */
export const showWhole = (tab: string): void => {
  const kept = answers.get()[tab];
  if (!kept || kept.isWhole) return;
  const text = JSON.stringify(kept.result, null, 2);
  answers.set({ [tab]: { ...kept, text, isWhole: true } });
  workbench.get().editor?.setAnswer(tab, text);
};

/** Whether what is asked now goes where the answer came from, with the same key. */
export const isSameAsker = ({ asked }: KeptAnswer): boolean => {
  const { network, key } = askedNow();
  return network?.api === asked.network?.api && network?.name === asked.network?.name && key === asked.key;
};

/** What two questions cost, one after the other; undefined where that of one is not known. */
const costOfBoth = (one: Cost | undefined, other: Cost | undefined): Cost | undefined =>
  one && other && { ...other, requested: (one.requested ?? 0) + (other.requested ?? 0), actual: one.actual + other.actual };

const added = (tab: string, kept: KeptAnswer, path: readonly string[], answer: Answer): boolean => {
  const own = valueAt(kept.result.data, path);
  const next = valueAt(answer.result.data, path);
  if (typeof own !== "object" || own === null || typeof next !== "object" || next === null) return false;
  const errors = [...(kept.result.errors ?? []), ...(answer.result.errors ?? [])];
  const data = withValueAt(kept.result.data, path, withNextPage(own, next));
  const result = { ...kept.result, data, ...(errors.length ? { errors } : {}) };
  const length = (kept.isWhole ? kept.text.length : mostText) + answer.length;
  const { shown, isWhole } = textFor(result, length);
  const text = JSON.stringify(shown, null, 2);
  const later = answer.calls.map((call) => ({
    ...call,
    startMs: call.startMs === undefined ? undefined : call.startMs + kept.ms,
  }));
  const calls = [...kept.calls, ...later];
  const cost = costOfBoth(kept.cost, answer.cost);
  const ms = kept.ms + answer.ms;
  answers.set({ [tab]: { ...kept, result, calls, cost, ms, text, isWhole } });
  keepTrace(tab, { ...answer, calls, cost, ms, result: shown });
  keepAnswer(tab, isWhole ? text : "");
  workbench.get().editor?.setAnswer(tab, text);
  return true;
};

const faultOf = (errors: readonly GraphQLFault[] | undefined): string => errors?.[0]?.message ?? "The server gave no rows.";

const readAll = async (tab: string, path: readonly string[], all: boolean, signal: AbortSignal): Promise<void> => {
  let first = all ? rowsAtOnce : undefined;
  for (;;) {
    const kept = answers.get()[tab];
    const connection = valueAt(kept?.result.data, path);
    const page = typeof connection === "object" && connection ? pageOf(connection) : undefined;
    if (!kept || !page?.hasNextPage || page.endCursor === undefined) return;
    const answer = await asking(pageQuery(kept.question, path, { after: page.endCursor, first }), { signal });
    const { errors } = answer.result;
    if (errors?.[0]?.extensions?.code === "QUERY_TOO_EXPENSIVE" && first !== undefined && first > 50) {
      first = Math.ceil(first / 4);
      continue;
    }
    if (!added(tab, answers.get()[tab] ?? kept, path, answer)) throw new Error(faultOf(errors));
    if (!all) return;
  }
};

/** Reads a list on: its next page, or all that is left of it. */
export const readOn = async (tab: string, path: readonly string[], all: boolean): Promise<void> => {
  const before = answers.get()[tab];
  if (!before || before.reading || !isSameAsker(before)) return;
  const stop = new AbortController();
  answers.set({ [tab]: { ...before, reading: { path: path.join("."), stop }, fault: undefined } });
  const fault = await readAll(tab, path, all, stop.signal).then(
    () => undefined,
    (error: Error) => (stop.signal.aborted ? undefined : error.message),
  );
  const kept = answers.get()[tab];
  if (kept?.reading?.stop === stop) answers.set({ [tab]: { ...kept, reading: undefined, fault } });
};

const pageRows = 500;

/** How many REST calls reading the rest of a list takes, as the answer so far lets expect. */
export const callsToRead = ({ calls }: KeptAnswer, read: number, left: number): number => {
  const byOperation = new Map<string, number>();
  for (const { operation } of calls) byOperation.set(operation, (byOperation.get(operation) ?? 0) + 1);
  const share = (count: number) =>
    read > 0 && count > read / 2 && count > 2 ? Math.ceil((count / read) * left) : Math.ceil(left / pageRows);
  return [...byOperation.values()].reduce((sum, count) => sum + share(count), 0);
};
