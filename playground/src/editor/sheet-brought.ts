import { useEffect } from "react";
import { openSheet } from "../workbench.js";
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
