import type { VirtualItem } from "@tanstack/react-virtual";
import { Fragment, memo } from "react";
import type { Column, List, Scalar } from "../answer/list.js";
import { Isolated } from "../isolated-text.js";
import { cellAt, cellText, nestedCount, type TableRow } from "./table-rows.js";

interface Shown {
  list: List;
  columns: readonly Column[];
  numeric: ReadonlySet<string>;
  /** The first column that is seen of each nested list: it has the button that unfolds. */
  handles: ReadonlyMap<string, string>;
  toggle: (item: number, nest: string) => void;
}

interface RowProps extends Shown {
  row: TableRow;
  index: number;
  /** Whether the row above is of the same item. */
  isAgain: boolean;
}

const Handle = ({ list, row, nest, toggle }: { list: List; row: TableRow; nest: string; toggle: Shown["toggle"] }) => {
  const count = nestedCount(list, row.item, nest);
  const open = row.nest === nest;
  if (count < 2 || (open && row.at !== 0)) return <span className="handle" />;
  return (
    <button
      type="button"
      className="handle"
      aria-expanded={open}
      aria-label={`${count} ${nest}`}
      title={open ? `${nest} in one row` : `A row for each of ${count} ${nest}`}
      onClick={() => toggle(row.item, nest)}
    >
      {open ? "▾" : "▸"}
    </button>
  );
};

/** The values of a cell, each of which keeps to its own place. */
const Values = ({ cell, column }: { cell: readonly Scalar[]; column: Column }) =>
  cell.map((one, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the same value may come twice
    <Fragment key={index}>
      {index > 0 && " | "}
      <Isolated text={cellText(one, column)} />
    </Fragment>
  ));

const Row = memo(({ list, columns, numeric, handles, toggle, row, index, isAgain }: RowProps) => (
  <tr aria-rowindex={index + 3} className={isAgain ? "again" : undefined}>
    {columns.map((column) => {
      const cell = cellAt(list, row, column);
      const text = cellText(cell, column);
      const own = row.nest !== undefined && column.nest === row.nest;
      const nest = handles.get(column.path);
      const kind = [numeric.has(column.path) && "number", isAgain && !own && "repeated"].filter(Boolean).join(" ");
      return (
        <td key={column.path} className={kind || undefined} title={text.length > 24 ? text : undefined}>
          {nest !== undefined && <Handle list={list} row={row} nest={nest} toggle={toggle} />}
          {Array.isArray(cell) && cell.length > 1 ? <Values cell={cell} column={column} /> : <Isolated text={text} />}
        </td>
      );
    })}
  </tr>
));

interface Props extends Shown {
  rows: readonly TableRow[];
  window: readonly VirtualItem[];
  height: number;
}

/** The rows that are in the window, with the room of the others above and below. */
export const TableBody = ({ rows, window, height, ...shown }: Props) => {
  const above = window[0]?.start ?? 0;
  const below = height - (window.at(-1)?.end ?? 0);
  return (
    <tbody>
      {above > 0 && <tr className="room" style={{ height: above }} />}
      {window.map(({ index }) => {
        const row = rows[index];
        return (
          row && (
            <Row
              key={`${row.item} ${row.nest ?? ""} ${row.at ?? ""}`}
              {...shown}
              row={row}
              index={index}
              isAgain={rows[index - 1]?.item === row.item}
            />
          )
        );
      })}
      {below > 0 && <tr className="room" style={{ height: below }} />}
      {!rows.length && (
        <tr className="none">
          <td colSpan={shown.columns.length}>No row fits the filter.</td>
        </tr>
      )}
    </tbody>
  );
};
