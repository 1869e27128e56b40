import type { MonacoEditor } from "@graphiql/react";
import { useEffect } from "react";
import { openSheet, workbench } from "../workbench.js";
import { sheetInLink } from "./share.js";

const followLink = (): void => {
  const linked = sheetInLink();
  if (linked) openSheet(linked);
};

// Whatever is dropped, the browser would leave the page for it.
const allowFile = (event: DragEvent): void => {
  if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
};

const takeFile = async (event: DragEvent): Promise<void> => {
  allowFile(event);
  const file = event.dataTransfer?.files[0];
  if (file && /\.(graphql|gql|txt)$/i.test(file.name)) openSheet({ query: await file.text(), variables: "" });
};

/** Opens the query of a link that is followed inside the page, and of a file that is dropped on it. Neither runs by itself. */
export const useSheetBrought = (isReady: boolean): void =>
  useEffect(() => {
    if (!isReady) return;
    window.addEventListener("hashchange", followLink);
    window.addEventListener("dragover", allowFile);
    window.addEventListener("drop", takeFile);
    return () => {
      window.removeEventListener("hashchange", followLink);
      window.removeEventListener("dragover", allowFile);
      window.removeEventListener("drop", takeFile);
    };
  }, [isReady]);

const oneLineEnd = (text: string): string => text.replaceAll(/\r\n?/g, "\n");

/** Takes the link out of the address once the editor shows another query than it brings. */
const dropOldLink = (): void => {
  const [linked, shown] = [sheetInLink(), workbench.get().editor?.sheet()];
  if (!linked || !shown) return;
  const isShown = (["query", "variables"] as const).every((part) => oneLineEnd(linked[part]) === oneLineEnd(shown[part]));
  if (!isShown) history.replaceState(null, "", location.href.split("#")[0]);
};

/** Keeps the address true: a reload would bring an old link back over what was written since, and whoever copies the address means what they see. */
export const useLinkInStep = (queryEditor: MonacoEditor | undefined, variableEditor: MonacoEditor | undefined): void =>
  useEffect(() => {
    // A sheet is put in part by part.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watching = [queryEditor, variableEditor].map((editor) =>
      editor?.onDidChangeModelContent(() => {
        clearTimeout(timer);
        timer = setTimeout(dropOldLink);
      }),
    );
    return () => {
      clearTimeout(timer);
      for (const one of watching) one?.dispose();
    };
  }, [queryEditor, variableEditor]);
