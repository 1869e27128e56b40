import { headingOf, type List } from "../answer/list.js";
import { moved, type TableLook, visibleColumns } from "./table-look.js";

interface Props {
  list: List;
  look: TableLook;
  numeric: ReadonlySet<string>;
  change: (look: Partial<TableLook>) => void;
}

/** The headings, which sort and can be dragged to another place, and a filter under each. */
export const TableHead = ({ list, look, numeric, change }: Props) => {
  const columns = visibleColumns(list, look);
  const sort = (path: string, nest: string | undefined) => {
    const mine = look.sorting?.column === path;
    const descending = mine ? !look.sorting?.descending : numeric.has(path);
    // What is sorted by a nested list's own values needs a row for each of its items.
    change({ sorting: { column: path, descending }, openAll: nest ?? look.openAll });
  };
  const drop = (from: string, to: string) => {
    const paths = visibleColumns(list, { ...look, hidden: [] }).map(({ path }) => path);
    if (paths.includes(from) && from !== to) change({ order: moved(paths, from, to) });
  };
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => {
          const { path, nest } = column;
          const mine = look.sorting?.column === path ? look.sorting : undefined;
          return (
            <th
              key={path}
              scope="col"
              className={numeric.has(path) ? "number" : undefined}
              aria-sort={mine ? (mine.descending ? "descending" : "ascending") : undefined}
              draggable
              onDragStart={(event) => event.dataTransfer.setData("text/plain", path)}
              onDragOver={(event) => event.preventDefault()}
              onDrop={(event) => {
                event.preventDefault();
                drop(event.dataTransfer.getData("text/plain"), path);
              }}
            >
              <button type="button" title={`${path}: click to sort, drag to move`} onClick={() => sort(path, nest)}>
                {headingOf(column, list.columns)}
                <span aria-hidden="true">{mine ? (mine.descending ? " ↓" : " ↑") : ""}</span>
              </button>
            </th>
          );
        })}
      </tr>
      <tr className="filters" aria-rowindex={2}>
        {columns.map(({ path }) => (
          <td key={path}>
            <input
              type="search"
              aria-label={`Filter ${path}`}
              placeholder={numeric.has(path) ? "> 0" : "has …"}
              title="A text that the cell has, = and the whole text, or a bound such as > 80"
              value={look.filters[path] ?? ""}
              onChange={(event) => change({ filters: { ...look.filters, [path]: event.currentTarget.value } })}
            />
          </td>
        ))}
      </tr>
    </thead>
  );
};
