import type { ExecutionResult } from "graphql";
import { createStore } from "../store.js";
import { workbench } from "../workbench.js";

/** What GraphiQL hands to what it watches, and gives up by. */
interface Observer {
  next(result: ExecutionResult): void;
  complete(): void;
}

/** The tab that is open, as GraphiQL tells of it at once: the page draws it a moment later. */
export const openTab = createStore<{ id: string }>({ id: "" });

/** Answers that came when another tab was open, by the tab that asked. */
export const lateAnswers = createStore<Record<string, string | undefined>>({});

/** What each tab waits for, and whether it changes something. */
const underWay = new Map<string, { stop: AbortController; changes: boolean }>();

/** Whether the open tab waits for the outcome of a change: whoever presses "run" again then does not mean to give it up, nor to send it twice. */
export const isChanging = (): boolean => underWay.get(openTab.get().id)?.changes === true;

const stopped = { errors: [{ message: "Stopped: the page waits for this answer no more.", extensions: { code: "STOPPED" } }] };

/**
 * The work of the tab that is open, for GraphiQL to watch. GraphiQL writes an answer into the tab that is open when it comes, and lets go
 * of it where another is chosen: here it goes on then, and is put into its own tab. What is stopped by hand is given up.
 */
export const forOpenTab = (changes: boolean, work: (tab: string, signal: AbortSignal) => Promise<ExecutionResult>) => ({
  subscribe(observer: unknown) {
    const { next, complete } = observer as Observer;
    const tab = openTab.get().id;
    const stop = new AbortController();
    const isOurs = () => underWay.get(tab)?.stop === stop;
    const isOpen = () => openTab.get().id === tab;
    underWay.get(tab)?.stop.abort();
    underWay.set(tab, { stop, changes });
    let isWatched = true;
    const leave = openTab.subscribe(() => {
      if (isOpen()) return;
      isWatched = false;
      leave();
      complete();
    });
    void work(tab, stop.signal).then((result) => {
      leave();
      if (!isOurs()) return;
      underWay.delete(tab);
      if (!isWatched) return lateAnswers.set({ [tab]: JSON.stringify(result, null, 2) });
      next(result);
      complete();
    });
    return {
      unsubscribe() {
        isWatched = false;
        // Where another tab is chosen GraphiQL stops first, and opens it then.
        setTimeout(() => {
          if (!isOurs() || !isOpen()) return;
          underWay.delete(tab);
          stop.abort();
          workbench.get().editor?.setAnswer(tab, JSON.stringify(stopped, null, 2));
        });
      },
    };
  },
});
