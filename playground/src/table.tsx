import { useMemo, useState } from "react";
import { type Cell, headingOf, type List, numberIn, perItem, type Row, type Scalar } from "./rows.js";
import { numberText } from "./series.js";

interface Sorting {
  column: string;
  descending: boolean;
}

const shownAtOnce = 200;

const textOf = (value: Scalar): string => {
  if (value === null || value === "") return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? numberText(value) : value;
};

const textToSortBy = (cell: Cell | undefined): string =>
  Array.isArray(cell) ? cell.map(textOf).join(" ") : textOf(cell ?? null);

const compare = (column: string) => (left: Row, right: Row) => {
  const [a, b] = [numberIn(left[column]), numberIn(right[column])];
  if (a !== undefined || b !== undefined) return (a ?? Number.NEGATIVE_INFINITY) - (b ?? Number.NEGATIVE_INFINITY);
  return textToSortBy(left[column]).localeCompare(textToSortBy(right[column]), "en", { numeric: true });
};

// The items of a nested list have no names; their place is what lines them up with the other columns.
const CellLines = ({ cell }: { cell: Cell }) =>
  // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity here
  Array.isArray(cell) ? cell.map((line, index) => <div key={index}>{textOf(line)}</div>) : textOf(cell);

/** A list as a table: click a heading to sort. */
export const Table = ({ list, sort }: { list: List; sort?: string }) => {
  const [chosen, setChosen] = useState<Sorting>();
  const [all, setAll] = useState(false);
  const sorting = chosen ?? (sort && list.columns.includes(sort) ? { column: sort, descending: true } : undefined);
  const rows = useMemo(() => {
    if (!sorting) return list.rows;
    const nest = list.nests.find((one) => sorting.column.startsWith(`${one}.`));
    const sorted = (nest ? perItem(list, nest) : [...list.rows]).sort(compare(sorting.column));
    return sorting.descending ? sorted.reverse() : sorted;
  }, [list, sorting]);
  const numeric = useMemo(
    () => new Set(list.columns.filter((column) => list.rows.some((row) => numberIn(row[column]) !== undefined))),
    [list],
  );
  const shown = all ? rows : rows.slice(0, shownAtOnce);

  return (
    // A scrolling region has to be reachable without a mouse.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
    <section className="table-view" aria-label={`Table of ${list.path}`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {list.columns.map((column) => {
              const mine = sorting?.column === column;
              return (
                <th
                  key={column}
                  scope="col"
                  className={numeric.has(column) ? "number" : undefined}
                  aria-sort={mine ? (sorting.descending ? "descending" : "ascending") : undefined}
                >
                  <button
                    type="button"
                    title={`${column}: click to sort`}
                    onClick={() => setChosen({ column, descending: mine ? !sorting.descending : numeric.has(column) })}
                  >
                    {headingOf(column, list.columns)}
                    <span aria-hidden="true">{mine ? (sorting.descending ? " ↓" : " ↑") : ""}</span>
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of an answer have no key in common
            <tr key={index}>
              {list.columns.map((column) => (
                <td key={column} className={numeric.has(column) ? "number" : undefined}>
                  <CellLines cell={row[column] ?? null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shown.length && (
        <button type="button" className="button quiet more" onClick={() => setAll(true)}>
          Show all {rows.length} rows
        </button>
      )}
    </section>
  );
};
