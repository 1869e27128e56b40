import { useEffect, useState } from "react";
import { createPortal, flushSync } from "react-dom";
import { type Column, headingOf } from "../answer/list.js";
import { isolated } from "../isolated.js";
import { numberText } from "../number.js";
import { cellAt, cellText, type Seen } from "./table-rows.js";

const usePrinting = (): boolean => {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // The browser takes its picture as soon as it has told.
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
    };
  }, []);
  return printing;
};

interface Props {
  seen: Seen;
  columns: readonly Column[];
  numeric: ReadonlySet<string>;
  sumsOf(column: Column): readonly string[];
}

/** The table on paper: all of its rows and columns as they are seen, without the page around them. */
export const PrintedTable = ({ seen: { list, rows, sums }, columns, numeric, sumsOf }: Props) => {
  const printing = usePrinting();
  if (!printing) return null;
  const kindOf = ({ path }: Column) => (numeric.has(path) ? "number" : undefined);
  return createPortal(
    <section className="printed">
      <h1>
        {list.path.join(" ")}: {numberText(rows.length)} rows
      </h1>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.path} className={kindOf(column)}>
                {headingOf(column, list.columns)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.item} ${row.nest ?? ""} ${row.at ?? ""}`}>
              {columns.map((column) => (
                <td key={column.path} className={kindOf(column)}>
                  {isolated(cellText(cellAt(list, row, column), column))}
                </td>
              ))}
            </tr>
          ))}
          {sums.size > 0 && (
            <tr className="printed-sums">
              {columns.map((column) => (
                <td key={column.path} className={kindOf(column)}>
                  {sumsOf(column).join(" ")}
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </section>,
    document.body,
  );
};
