import { isText, tabNotes } from "../browser-storage.js";

/** What GraphiQL keeps of the queries that are open: each browser tab has its own, and a new one begins with a copy of the last. */
const ownNames = /^graphiql:(tabState|query|variables|headers)$/;

const defaults: Readonly<Record<string, string>> = { "graphiql:secondaryEditorFlex": "1.1" };

const answerName = (tab: string) => `affise-graphql:answer:${tab}`;

// A browser gives a tab about five million characters; one answer may have a tenth of it.
const longestAnswer = 500_000;

/** Keeps an answer with its tab, so that a reload does not lose it. It never leaves this browser tab. */
export const keepAnswer = (tab: string, text: string): void => {
  tabNotes.write(answerName(tab), text.length <= longestAnswer ? text : undefined);
};

const withAnswers = (state: string): string => {
  try {
    const { tabs, ...rest } = JSON.parse(state) as { tabs: { id: string; response: string | null }[] };
    const full = tabs.map((tab) => ({ ...tab, response: tabNotes.read(answerName(tab.id), isText) ?? null }));
    return JSON.stringify({ ...rest, tabs: full });
  } catch {
    return state;
  }
};

const forgetAnswersBut = (state: string): void => {
  const kept = Object.keys(sessionStorage).filter((name) => name.startsWith(answerName("")));
  for (const name of kept) if (!state.includes(name.slice(answerName("").length))) sessionStorage.removeItem(name);
};

const quietly = <T>(work: () => T): T | null => {
  try {
    return work();
  } catch {
    return null;
  }
};

/** GraphiQL reads its lists of queries without a look: what is no list it is not given. */
const isFit = (name: string, text: string): boolean => {
  const list = /^graphiql:(queries|favorites)$/.exec(name)?.[1];
  return list === undefined || Array.isArray((quietly(() => JSON.parse(text)) as Record<string, unknown> | null)?.[list]);
};

/** The storage that GraphiQL is given. */
export const editorStorage = {
  getItem: (name: string): string | null => {
    const own = quietly(() => sessionStorage.getItem(name));
    const text = own ?? quietly(() => localStorage.getItem(name)) ?? defaults[name] ?? null;
    if (text && !isFit(name, text)) return null;
    return name === "graphiql:tabState" && text ? withAnswers(text) : text;
  },
  setItem(name: string, value: string): void {
    if (ownNames.test(name)) quietly(() => sessionStorage.setItem(name, value));
    if (name === "graphiql:tabState") quietly(() => forgetAnswersBut(value));
    localStorage.setItem(name, value);
  },
  removeItem(name: string): void {
    quietly(() => sessionStorage.removeItem(name));
    quietly(() => localStorage.removeItem(name));
  },
  clear(): void {
    quietly(() => {
      for (const name of Object.keys(localStorage)) if (name.startsWith("graphiql:")) editorStorage.removeItem(name);
    });
  },
  get length(): number {
    return quietly(() => Object.keys(localStorage).filter((name) => name.startsWith("graphiql:")).length) ?? 0;
  },
};
