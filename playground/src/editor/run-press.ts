import { useEffect } from "react";
import { isChanging } from "./under-way.js";

const isRunKey = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean => key === "Enter" && (ctrlKey || metaKey);

/** Whether a key press means "run", wherever the focus is; the editors hear it themselves, and a dialog asks something else. */
const isRun = (event: KeyboardEvent): boolean =>
  isRunKey(event) && !(event.target instanceof Element && event.target.closest(".monaco-editor, dialog, [role=dialog]"));

const isOnRunButton = ({ target }: Event): boolean =>
  target instanceof Element && target.closest(".graphiql-execute-button, .variables-form [type=submit]") !== null;

/**
 * Running again stops what runs: the second press of a double click, or of a key that is held, is not meant so. While a change is under way
 * only the button stops it.
 */
const isOneTooMany = (event: KeyboardEvent | MouseEvent): boolean => {
  if (event instanceof MouseEvent) return event.detail > 1 && isOnRunButton(event);
  return isRunKey(event) ? event.repeat || isChanging() : event.repeat && isOnRunButton(event);
};

const leaveOut = (event: KeyboardEvent | MouseEvent): void => {
  if (!isOneTooMany(event)) return;
  event.preventDefault();
  event.stopPropagation();
};

/** Runs where the focus is outside the editors, and once for each time that somebody means it. */
export const useRunPresses = (isReady: boolean, run: () => void): void =>
  useEffect(() => {
    if (!isReady) return;
    const runByKey = (event: KeyboardEvent) => {
      if (!isRun(event)) return;
      event.preventDefault();
      run();
    };
    window.addEventListener("click", leaveOut, true);
    window.addEventListener("keydown", leaveOut, true);
    window.addEventListener("keydown", runByKey);
    return () => {
      window.removeEventListener("click", leaveOut, true);
      window.removeEventListener("keydown", leaveOut, true);
      window.removeEventListener("keydown", runByKey);
    };
  }, [isReady, run]);
