import { type ReactNode, useEffect, useRef } from "react";

interface Props {
  className?: string;
  /** What stands on its button. */
  words: ReactNode;
  title?: string;
  children: ReactNode;
}

/** What opens over the page at a button. Escape closes it and gives the focus back; so does whatever is pressed beside it. */
export const Popover = ({ className = "", words, title, children }: Props) => {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const box = ref.current;
    const leave = ({ target }: Event) => {
      if (box?.open && target instanceof Node && !box.contains(target)) box.open = false;
    };
    document.addEventListener("pointerdown", leave);
    return () => document.removeEventListener("pointerdown", leave);
  }, []);
  return (
    <details
      ref={ref}
      className={`popover ${className}`}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !ref.current?.open) return;
        event.stopPropagation();
        ref.current.open = false;
        ref.current.querySelector("summary")?.focus();
      }}
    >
      <summary className="action" title={title}>
        {words}
      </summary>
      <div className="popover-body">{children}</div>
    </details>
  );
};
