import type { GraphQLResolveInfo } from "graphql";
import { badInput } from "../../affise/error/error.js";
import type { Pages } from "../../affise/list/list.js";
import { everyRow } from "../../affise/list/list-reading.js";
import type { StatisticsConnectionTotalsByCurrencyArgs } from "../../generated/schema.js";
import type { Load, ReportArgs } from "../../loaders.js";
import type { FiguresRow } from "../column/row.js";
import { columnsFor } from "./statistics-columns.js";
import { figures, together, wholeFigures } from "./statistics-figures.js";

/**
 * The figures over all pages of a report, as a connection has them beside its rows: of everything that is asked for, or the sum of the rows
 * that `having` kept.
 */
export const totalsOf = (load: Load, asked: ReportArgs, kept?: Pages<unknown>) => ({
  totals: async (_: unknown, _context: unknown, info: GraphQLResolveInfo): Promise<FiguresRow> =>
    kept ? together(await everyRow(kept), asked) : wholeFigures(load, { ...asked, fields: columnsFor(info, []) }),

  totalsByCurrency: ({ currencies }: StatisticsConnectionTotalsByCurrencyArgs, _: unknown, info: GraphQLResolveInfo) => {
    if (kept) throw badInput("having", "totalsByCurrency cannot be added up of the rows that having keeps: leave having out.");
    const { currency } = asked.filter;
    const fields = columnsFor(info, ["figures"]);
    return currencies.map((code) => {
      const isLeftOut = Array.isArray(currency) && !currency.includes(code);
      const filter = { ...asked.filter, currency: [code] };
      return {
        currency: code,
        figures: isLeftOut ? figures(null, { ...asked, filter }) : wholeFigures(load, { ...asked, filter, fields }),
      };
    });
  },
});
