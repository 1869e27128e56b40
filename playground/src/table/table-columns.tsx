import { type Column, headingOf, type List } from "../answer/list.js";
import { Popover } from "../popover.js";
import { moved, type TableLook, visibleColumns } from "./table-look.js";

interface Props {
  list: List;
  look: TableLook;
  change: (look: Partial<TableLook>) => void;
}

/** Which columns are seen, and in what order. */
export const ColumnChoice = ({ list, look, change }: Props) => {
  const all = visibleColumns(list, { ...look, hidden: [] });
  const paths = all.map(({ path }) => path);
  const seen = all.length - look.hidden.filter((path) => paths.includes(path)).length;

  const toggle = ({ path }: Column) =>
    change({
      hidden: look.hidden.includes(path) ? look.hidden.filter((one) => one !== path) : [...look.hidden, path],
      filters: { ...look.filters, [path]: "" },
    });
  const step = ({ path }: Column, by: number) => {
    const other = paths[paths.indexOf(path) + by];
    if (other !== undefined) change({ order: by < 0 ? moved(paths, path, other) : moved(paths, other, path) });
  };

  return (
    <Popover words={seen < all.length ? `Columns ${seen} of ${all.length}` : "Columns"}>
      <ul>
        {all.map((column, index) => (
          <li key={column.path}>
            <label title={column.path}>
              <input
                type="checkbox"
                checked={!look.hidden.includes(column.path)}
                disabled={seen === 1 && !look.hidden.includes(column.path)}
                onChange={() => toggle(column)}
              />
              {headingOf(column, list.columns)}
            </label>
            <button type="button" disabled={index === 0} onClick={() => step(column, -1)}>
              <span aria-hidden="true">↑</span>
              <span className="unseen">Move {column.path} to the left</span>
            </button>
            <button type="button" disabled={index === all.length - 1} onClick={() => step(column, 1)}>
              <span aria-hidden="true">↓</span>
              <span className="unseen">Move {column.path} to the right</span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="link-button" onClick={() => change({ hidden: [], order: [] })}>
        All columns, as they were asked
      </button>
    </Popover>
  );
};
