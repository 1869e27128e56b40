import { createContext, type HTMLAttributes, type ReactNode, type Ref, useContext, useMemo, useRef } from "react";

/**
 * The one part of framer-motion that GraphiQL uses, for its tabs (vite.config.ts puts it in its place): the rest of that library is a tenth
 * of all the page loads. Its tabs hold buttons, so they are a list here and no tabs for assistive technology, which may hold none.
 */
interface Dragging {
  values: readonly unknown[];
  move(over: unknown): void;
  start(value: unknown): void;
}

const DraggingContext = createContext<Dragging | undefined>(undefined);

interface GroupProps extends Omit<HTMLAttributes<HTMLUListElement>, "role"> {
  values: readonly unknown[];
  onReorder(values: unknown[]): void;
  axis?: string;
  role?: string;
  children?: ReactNode;
  ref?: Ref<HTMLUListElement>;
}

const Group = ({ values, onReorder, axis: _axis, role: _role, children, ...props }: GroupProps) => {
  const dragged = useRef<unknown>(undefined);
  const dragging = useMemo<Dragging>(
    () => ({
      values,
      start(value) {
        dragged.current = value;
      },
      move(over) {
        const one = dragged.current;
        if (one === undefined || one === over || !values.includes(one)) return;
        const others = values.filter((value) => value !== one);
        onReorder(others.toSpliced(values.indexOf(over), 0, one));
      },
    }),
    [values, onReorder],
  );
  return (
    <DraggingContext value={dragging}>
      <ul {...props}>{children}</ul>
    </DraggingContext>
  );
};

interface ItemProps extends Omit<HTMLAttributes<HTMLLIElement>, "role"> {
  value: unknown;
  dragElastic?: boolean;
  role?: string;
  children?: ReactNode;
  ref?: Ref<HTMLLIElement>;
}

const Item = ({ value, dragElastic: _elastic, role: _role, "aria-selected": selected, children, ...props }: ItemProps) => {
  const dragging = useContext(DraggingContext);
  return (
    <li
      {...props}
      aria-current={selected ? "true" : undefined}
      draggable
      onDragStart={() => dragging?.start(value)}
      onDragEnter={() => dragging?.move(value)}
      onDragOver={(event) => event.preventDefault()}
    >
      {children}
    </li>
  );
};

export const Reorder = { Group, Item };
