import type { List } from "../answer/list.js";
import { createStore } from "../store.js";
import type { Sorting } from "./table-rows.js";

/** How somebody wants a table; kept over further runs of the same query. */
export interface TableLook {
  /** Undefined until somebody sorts, null where somebody took the sorting away. */
  sorting: Sorting | undefined;
  filters: Readonly<Record<string, string>>;
  /** The columns in an order of somebody's own; those that are not named stand behind. */
  order: readonly string[];
  hidden: readonly string[];
  /** The nested list that has a row for each of its items. */
  openAll: string | undefined;
}

export const looks = createStore<Record<string, TableLook | undefined>>({});

/** What a table's look is kept under: lists of the same path and columns are the same table. */
export const lookName = ({ path, columns }: List): string => [path.join("."), ...columns.map((one) => one.path)].join(" ");

/** The look of a table that nobody has touched: sorted as its example says. */
export const firstLook = (list: List, sort: string | undefined): TableLook => {
  const column = list.columns.find(({ path }) => path === sort);
  return {
    sorting: column && { column: column.path, descending: true },
    filters: {},
    order: [],
    hidden: [],
    openAll: column?.nest,
  };
};

/** The columns that are seen, as they stand. */
export const visibleColumns = ({ columns }: List, { order, hidden }: TableLook): List["columns"] => {
  const place = (path: string) => (order.includes(path) ? order.indexOf(path) : order.length);
  return columns
    .filter(({ path }) => !hidden.includes(path))
    .map((column, index) => ({ column, index }))
    .sort((left, right) => place(left.column.path) - place(right.column.path) || left.index - right.index)
    .map(({ column }) => column);
};

/** The order of columns with one of them moved to another's place. */
export const moved = (paths: readonly string[], from: string, to: string): string[] => {
  const rest = paths.filter((path) => path !== from);
  const at = paths.indexOf(to);
  return at < 0 ? [...paths] : [...rest.slice(0, at), from, ...rest.slice(at)];
};
