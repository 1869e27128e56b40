import { ask } from "./ask.js";
import { givenBy, isMutation, variablesText } from "./example/example.js";
import type { Example } from "./example/shape.js";
import { house } from "./house.js";
import { type Standing, standing } from "./key/viewer.js";
import { createStore } from "./store.js";

export type Pane = "start" | "query" | "answer";
export type View = "json" | "table" | "chart" | "text";

/** What the editor is asked to show. */
export interface Sheet {
  query: string;
  variables: string;
}

/** What the rest of the page may ask of the editor, once it is there. */
interface Editor {
  show(sheet: Sheet): void;
  /** Runs what is shown, in place of what is under way. */
  run(): void;
  sheet(): Sheet;
  focus(): void;
  /** Shows another text in the answer editor, if that tab is still the open one. */
  setAnswer(tab: string, text: string): void;
}

export interface Workbench {
  editor: Editor | undefined;
  /** The example whose text was put into the editor last. */
  example: Example | undefined;
  /** What is shown where the screen has room for one thing only. */
  pane: Pane;
  /** How answers are shown, where they can be. */
  view: View;
}

export const workbench = createStore<Workbench>({ editor: undefined, example: undefined, pane: "start", view: "json" });

/** Whether an example is for other keys than the one in use. */
export const isOutOfReach = (example: Example, now: Standing): boolean =>
  now.state === "known" && !example.keys.includes(now.viewer.kind);

const findFor = async (example: Example): Promise<unknown> => {
  // On a real network a change is never aimed at real rows by us: people name them themselves.
  const { now } = standing.get();
  const mayFind = now.state === "known" && !isOutOfReach(example, now) && (house.get().sandbox || !isMutation(example));
  if (!example.find || !mayFind) return undefined;
  return ask({ query: example.find }).then(
    ({ result }) => result.data,
    () => undefined,
  );
};

let opened = 0;

/** Puts an example into the editor, and runs it where it changes nothing and there is a key that may run it. */
export const openExample = async (example: Example): Promise<void> => {
  const mine = ++opened;
  workbench.set({ example, view: example.view ?? "json" });
  const variables = variablesText(example, givenBy(await findFor(example), new Date()));
  const { editor } = workbench.get();
  if (mine !== opened || !editor) return;
  editor.show({ query: example.query, variables });
  workbench.set({ pane: "query" });
  const { now } = standing.get();
  if (!isMutation(example) && now.state === "known" && !isOutOfReach(example, now)) editor.run();
};

/** Puts a query of any origin into the editor, without running it. */
export const openSheet = (sheet: Sheet): void => {
  workbench.get().editor?.show(sheet);
  workbench.set({ example: undefined, pane: "query" });
};
