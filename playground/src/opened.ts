import { type KeyboardEvent, useLayoutEffect, useRef } from "react";

/** A part that a button has opened: its first box has the focus, Escape closes it, and the focus goes back to the button. What no button opened has no `close`. */
export const useOpened = <T extends HTMLElement>(close: (() => void) | undefined) => {
  const ref = useRef<T>(null);
  const isOpened = close !== undefined;
  useLayoutEffect(() => {
    if (!isOpened) return;
    const opener = document.activeElement;
    const box = ref.current;
    box?.querySelector("input")?.focus();
    return () => {
      if (opener instanceof HTMLElement && box?.contains(document.activeElement)) opener.focus();
    };
  }, [isOpened]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !close) return;
    event.stopPropagation();
    close();
  };
  return { ref, onKeyDown };
};
