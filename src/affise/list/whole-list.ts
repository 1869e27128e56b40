import { badInput } from "../error/error.js";
import type { Pages } from "./list.js";
import { readRows } from "./list-reading.js";

/** So many rows a list may have that is read whole to look for what Affise cannot look for. */
export const mostWhole = 10_000;

/** A list's rows, all of them. Throws BAD_USER_INPUT naming the argument that wants them where there are more than ten thousand. */
export const wholeList = async <Row>(pages: Pages<Row>, argument: string): Promise<readonly Row[]> => {
  const tooLong = () =>
    badInput(
      argument,
      `${argument} is nothing Affise can look for: the whole list is read for it, and that has more than ${mostWhole.toLocaleString("en")} ` +
        "rows. Narrow it with other filters first.",
    );
  const bounded: Pages<Row> = {
    ...pages,
    async read(number, limit) {
      const page = await pages.read(number, limit);
      if (page.total !== undefined && page.total > mostWhole) throw tooLong();
      return page;
    },
  };
  const { rows, hasMore } = await readRows(bounded, 0, mostWhole);
  if (hasMore) throw tooLong();
  return rows;
};

/** What is looked for in a list after it was read whole, because Affise has no way to. */
export interface Sieve<Row> {
  /** The arguments that want it. */
  arguments: readonly string[];
  keep?: (row: Row) => boolean;
  /** As for `Array.sort`. */
  compare?: (one: Row, other: Row) => number;
}

/** Pages of the rows that a sieve leaves, in its order. The list is read whole at the first look, and further windows cost no call. */
export const siftedPages = <Row>(pages: Pages<Row>, { arguments: [argument], keep, compare }: Sieve<Row>): Pages<Row> => {
  if (argument === undefined) return pages;
  let all: Promise<readonly Row[]> | undefined;
  const sift = async () => {
    const rows = (await wholeList(pages, argument)).filter(keep ?? (() => true));
    return compare ? rows.sort(compare) : rows;
  };
  return {
    max: mostWhole,
    tellsTotal: true,
    async read(page, limit) {
      all ??= sift();
      const rows = await all;
      return { rows: rows.slice((page - 1) * limit, page * limit), form: "list", total: rows.length };
    },
  };
};
