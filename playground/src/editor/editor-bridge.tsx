import { useGraphiQL, useGraphiQLActions, useMonaco } from "@graphiql/react";
import { useEffect, useRef } from "react";
import { isText, isTextByName, tabNotes } from "../browser-storage.js";
import { useStore } from "../store.js";
import { type Sheet, workbench } from "../workbench.js";
import { monacoThemes } from "./editor-theme.js";
import { useRunPresses } from "./run-press.js";
import { useLinkInStep, useSheetBrought } from "./sheet-brought.js";
import { lateAnswers, openTab } from "./under-way.js";
import { useUndo } from "./undo.js";

const look = {
  fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, "JetBrains Mono", "DejaVu Sans Mono", monospace',
  fontSize: 13.5,
  lineHeight: 21,
  padding: { top: 4 },
  wordWrap: "on",
  // The number of the last, empty line would be too faint to read.
  renderFinalNewline: "on",
} as const;

/** Tab indents in an editor. Escape puts the focus on the box around it, where Tab goes on and Enter comes back; first it closes what is open. */
const leaveOnEscape = (event: KeyboardEvent, box: HTMLElement): void => {
  const isBusy = box.querySelector(".suggest-widget.visible, .find-widget.visible, .parameter-hints-widget.visible");
  if (event.key === "Escape" && !isBusy) box.focus();
};

/** Gives the editors their names, their look and a way out by the keyboard. */
const useLook = () => {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const responseEditor = useGraphiQL((state) => state.responseEditor);
  const monaco = useMonaco((state) => state.monaco);

  useEffect(() => {
    if (!monaco) return;
    for (const [name, data] of Object.entries(monacoThemes)) monaco.editor.defineTheme(name, data);
  }, [monaco]);

  useEffect(() => {
    // To colour its brackets Monaco reads an answer of megabytes to its end before the first line is drawn.
    const plainBrackets = { enabled: false, independentColorPoolPerBracketType: false };
    responseEditor?.getModel()?.updateOptions({ bracketColorizationOptions: plainBrackets });
    const names = ["Query", "Variables", "Answer"];
    const watching = [queryEditor, variableEditor, responseEditor].map((editor, index) => {
      editor?.updateOptions({ ...look, ariaLabel: `${names[index]}. Press Escape, then Tab, to leave the editor.` });
      return editor?.onKeyDown((event) => leaveOnEscape(event.browserEvent, editor.getContainerDomNode()));
    });
    return () => {
      for (const one of watching) one?.dispose();
    };
  }, [queryEditor, variableEditor, responseEditor]);
};

/** Shows what came for a tab while another was open. */
const useLateAnswer = (tab: string, isReady: boolean) => {
  const late = useStore(lateAnswers)[tab];
  useEffect(() => {
    const { editor } = workbench.get();
    if (late === undefined || !editor || !isReady) return;
    editor.setAnswer(tab, late);
    lateAnswers.set({ [tab]: undefined });
  }, [tab, late, isReady]);
};

/** Behind a dozen others a new tab would be out of sight. */
const useTabInSight = (tab: string) =>
  useEffect(() => {
    if (tab) document.querySelector(".graphiql-tab[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [tab]);

/** The sheet that the page itself put there last: over a reload too, what somebody has written since is never written over. */
const shownName = "affise-graphql:shown";

const isSheet = (value: unknown): value is Sheet => isTextByName(value) && isText(value.query) && isText(value.variables);

/** Lets the page outside GraphiQL put queries into its editor and run them. */
const useHandle = () => {
  const { addTab, run, stop, updateActiveTabValues } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const responseEditor = useGraphiQL((state) => state.responseEditor);
  const shown = useRef<Sheet>(undefined);
  /** The answer that stood here before a reload: GraphiQL keeps it in its tab, and leaves its editor empty. */
  const answered = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.response ?? undefined);
  const kept = useRef(answered);

  useEffect(() => {
    if (!queryEditor || !variableEditor || !responseEditor) return;
    const sheet = (): Sheet => ({ query: queryEditor.getValue(), variables: variableEditor.getValue() });
    const noteShown = (now: Sheet) => {
      shown.current = now;
      tabNotes.write(shownName, now);
    };
    if (!shown.current) noteShown(tabNotes.read(shownName, isSheet) ?? sheet());
    if (!responseEditor.getValue() && kept.current) responseEditor.setValue(kept.current);
    kept.current = undefined;
    const show = (next: Sheet) => {
      const now = sheet();
      const isShown = now.query === shown.current?.query && now.variables === shown.current.variables;
      const untouched = !now.query.trim() || isShown;
      if (!untouched) addTab();
      queryEditor.setValue(next.query);
      variableEditor.setValue(next.variables);
      queryEditor.setPosition({ lineNumber: 1, column: 1 });
      queryEditor.setScrollTop(0);
      responseEditor.setValue("");
      updateActiveTabValues({ response: "" });
      noteShown(sheet());
    };
    const setAnswer = (of: string, text: string) => {
      if (of !== openTab.get().id) return;
      responseEditor.setValue(text);
      updateActiveTabValues({ response: text });
    };
    const runAnew = () => {
      stop();
      run();
    };
    workbench.set({ editor: { show, run: runAnew, sheet, setAnswer, focus: () => queryEditor.focus() } });
  }, [queryEditor, variableEditor, responseEditor, addTab, run, stop, updateActiveTabValues]);
};

/** Holds together GraphiQL and the page around it. Renders nothing. */
export const EditorBridge = () => {
  const { run } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const responseEditor = useGraphiQL((state) => state.responseEditor);
  const tab = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.id ?? "");
  const fetching = useGraphiQL((state) => state.isFetching);

  // Only the tab that the page begins with is told of nowhere else.
  if (!openTab.get().id) openTab.set({ id: tab });

  useEffect(() => {
    if (fetching) workbench.set({ pane: "answer" });
  }, [fetching]);

  useTabInSight(tab);
  useLook();
  useUndo(queryEditor, variableEditor);
  useHandle();
  useLateAnswer(tab, Boolean(responseEditor));
  const isReady = Boolean(queryEditor && variableEditor && responseEditor);
  useRunPresses(isReady, run);
  useSheetBrought(isReady);
  useLinkInStep(queryEditor, variableEditor);

  return null;
};
