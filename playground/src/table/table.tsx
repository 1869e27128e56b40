import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { type Column, headingOf, type List } from "../answer/list.js";
import { isMoney } from "../answer/money.js";
import { moneyText, numberText } from "../number.js";
import { TableBody } from "./table-body.js";
import { TableHead } from "./table-head.js";
import { type TableLook, visibleColumns } from "./table-look.js";
import { PrintedTable } from "./table-print.js";
import { cellAt, cellText, numberIn, type Seen } from "./table-rows.js";

const rowHeight = 34;
const letterWidth = 7.3;
const capitalsMore = 2;
const sample = 80;

/** How much room a text takes: capitals, as in SUSPENDED, are wider. */
const widthOf = (text: string): number => text.length * letterWidth + (text.match(/[A-Z]/g)?.length ?? 0) * capitalsMore;

/** The sums of a column as they stand below it, the largest first. */
const sumLines = (column: Column, sums: Seen["sums"]): string[] => {
  const show = isMoney(column) ? moneyText : numberText;
  const all = [...(sums.get(column.path) ?? [])].sort(([, left], [, right]) => right - left);
  return all.map(([currency, sum]) => `${show(sum)} ${currency}`.trim());
};

/** What some rows say of the columns: which hold numbers, and how wide they should be. A list that has a row for each item needs room for one of them. */
const measured = (
  list: List,
  openAll: string | undefined,
  sums: Seen["sums"],
): { numeric: ReadonlySet<string>; widths: ReadonlyMap<string, number> } => {
  const numeric = new Set<string>();
  const widths = new Map<string, number>();
  const step = Math.max(1, Math.floor(list.items.length / sample));
  for (const column of list.columns) {
    let widest = widthOf(`${headingOf(column, list.columns)}  `);
    for (let item = 0; item < list.items.length; item += step) {
      const cell = cellAt(list, { item }, column);
      if (numberIn(cell) !== undefined) numeric.add(column.path);
      const single = column.nest !== undefined && column.nest === openAll && Array.isArray(cell);
      for (const text of single ? cell.map((one) => cellText(one, column)) : [cellText(cell, column)])
        widest = Math.max(widest, widthOf(text));
    }
    for (const line of sumLines(column, sums)) widest = Math.max(widest, widthOf(line));
    widths.set(column.path, Math.min(Math.max(widest + 36, 84), 300));
  }
  return { numeric, widths };
};

const SumRow = ({ seen, columns }: { seen: Seen; columns: readonly Column[] }) => (
  <tfoot>
    <tr>
      {columns.map((column, index) => {
        const sums = sumLines(column, seen.sums);
        return (
          <td key={column.path} className={sums.length ? "number" : undefined}>
            {!sums.length && index === 0 && <span className="faint">Sum of {numberText(seen.rows.length)} rows</span>}
            {sums.map((line) => (
              <div key={line}>{line}</div>
            ))}
          </td>
        );
      })}
    </tr>
  </tfoot>
);

interface Props {
  seen: Seen;
  look: TableLook;
  change: (look: Partial<TableLook>) => void;
  toggle: (item: number, nest: string) => void;
}

/** A list as a table of which only the rows in the window are drawn. */
export const Table = ({ seen, look, change, toggle }: Props) => {
  const { list, rows } = seen;
  const box = useRef<HTMLElement>(null);
  const columns = visibleColumns(list, look);
  const { numeric, widths } = useMemo(() => measured(list, look.openAll, seen.sums), [list, look.openAll, seen.sums]);
  const handles = useMemo(() => {
    const first = (nest: string) => columns.find((column) => column.nest === nest)?.path ?? "";
    return new Map(list.nests.map((nest) => [first(nest), nest]));
  }, [list, columns]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });

  return (
    // A scrolling region has to be reachable without a mouse.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
    <section className="table-view" aria-label={`Table of ${list.path.join(".")}`} tabIndex={0} ref={box}>
      <table
        aria-rowcount={rows.length + 2}
        style={{ width: columns.reduce((sum, { path }) => sum + (widths.get(path) ?? 0), 0) }}
      >
        <colgroup>
          {columns.map(({ path }) => (
            <col key={path} style={{ width: widths.get(path) }} />
          ))}
        </colgroup>
        <TableHead list={list} look={look} numeric={numeric} change={change} />
        <TableBody
          list={list}
          columns={columns}
          numeric={numeric}
          handles={handles}
          toggle={toggle}
          rows={rows}
          window={virtual.getVirtualItems()}
          height={virtual.getTotalSize()}
        />
        {seen.sums.size > 0 && <SumRow seen={seen} columns={columns} />}
      </table>
      <PrintedTable seen={seen} columns={columns} numeric={numeric} sumsOf={(column) => sumLines(column, seen.sums)} />
    </section>
  );
};
