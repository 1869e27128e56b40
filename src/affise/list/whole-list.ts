import { badInput } from "../error/error.js";
import { formatNumber } from "../error/quoted.js";
import type { Pages } from "./list.js";
import { readRows } from "./list-reading.js";

/** So many rows a list may have that is read whole to look for what Affise cannot look for. */
export const mostWhole = 10_000;

/** A list's rows, all of them. Throws BAD_USER_INPUT naming the argument that wants them where there are more than ten thousand. */
export const wholeList = async <Row>(pages: Pages<Row>, argument: string): Promise<readonly Row[]> => {
  const tooLong = () =>
    badInput(
      argument,
      `${argument} is nothing Affise can look for: the whole list is read for it, and that has more than ${formatNumber(mostWhole)} ` +
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

/** A list that is read as a whole, in pages. */
export const pagesOf = <Row>(all: () => Promise<readonly Row[]> | readonly Row[]): Pages<Row> => ({
  max: mostWhole,
  tellsTotal: true,
  length: async () => (await all()).length,
  async read(page, limit) {
    const rows = await all();
    return { rows: rows.slice((page - 1) * limit, page * limit), form: "list", total: rows.length };
  },
});
