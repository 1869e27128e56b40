import type { MonacoEditor } from "@graphiql/react";
import { useEffect } from "react";
import { openTab } from "./under-way.js";

/**
 * Makes each text that is put into an editor as a whole a step that undo takes back. Prettifying, merging and the history put theirs in so,
 * and Monaco forgets every step before. Returns what forgets them all the same.
 */
const keepSteps = (editor: MonacoEditor): (() => void) | undefined => {
  const model = editor.getModel();
  if (!model) return undefined;
  const putAnew = model.setValue.bind(model);
  model.setValue = (next) => {
    const text = typeof next === "string" ? next : model.getValue();
    if (text === model.getValue()) return;
    editor.pushUndoStop();
    editor.executeEdits("page", [{ range: model.getFullModelRange(), text }], editor.getSelections() ?? undefined);
    editor.pushUndoStop();
  };
  return () => putAnew(model.getValue());
};

const isUndo = ({ key, ctrlKey, metaKey, shiftKey, altKey, target }: KeyboardEvent): boolean =>
  key.toLowerCase() === "z" &&
  (ctrlKey || metaKey) &&
  !shiftKey &&
  !altKey &&
  !(target instanceof Element && target.closest(".monaco-editor, input, textarea, select, dialog, [role=dialog]"));

/** Keeps the steps of the editors as long as their tab is open, and takes back the query's from wherever nothing else is typed. */
export const useUndo = (queryEditor: MonacoEditor | undefined, variableEditor: MonacoEditor | undefined): void =>
  useEffect(() => {
    if (!queryEditor || !variableEditor) return;
    const forget = [queryEditor, variableEditor].map(keepSteps);
    // Another tab has a text of its own, which is there a moment later: undo must not bring the last one's into it.
    const forgetAll = () => {
      for (const one of forget) one?.();
    };
    const leave = openTab.subscribe(() => queueMicrotask(forgetAll));
    const undo = (event: KeyboardEvent) => {
      if (!isUndo(event)) return;
      event.preventDefault();
      queryEditor.trigger("keyboard", "undo", undefined);
    };
    window.addEventListener("keydown", undo);
    return () => {
      leave();
      window.removeEventListener("keydown", undo);
    };
  }, [queryEditor, variableEditor]);
