import type { Input } from "../../contract/operation.js";
import { badInput, UpstreamError } from "../error/error.js";
import { cutByDays, daysAfter } from "./date-range.js";
import type { Pages } from "./list.js";
import { readRows } from "./list-reading.js";

/** What the list of conversions is asked for. */
export type ConversionQuery = Exclude<Input<"GET /3.0/stats/conversions">["query"], undefined>;

/** Affise lists no conversions over more days. */
const mostDays = 365;

const lengthOf = async <Row>(part: Pages<Row>): Promise<number> => {
  const { total } = await part.read(1, 1);
  if (total !== undefined) return total;
  const message = `Affise does not tell how many conversions there are, so more than ${mostDays} days of them cannot be joined.`;
  throw new UpstreamError("UPSTREAM_FAILED", message, { operation: "GET /3.0/stats/conversions" });
};

/** Several lists as one, the rows of each behind those of the one before. Their lengths are asked for once. */
const joinedPages = <Row>(parts: readonly Pages<Row>[], max: number): Pages<Row> => {
  let known: Promise<number[]> | undefined;
  const lengthsOf = () => {
    known ??= Promise.all(parts.map(lengthOf));
    return known;
  };
  const length = async () => (await lengthsOf()).reduce((sum, one) => sum + one, 0);
  return {
    max,
    tellsTotal: true,
    length,
    async read(page, limit) {
      const lengths = await lengthsOf();
      let before = (page - 1) * limit;
      let wanted = limit;
      const windows = parts.map(async (part, index) => {
        const length = lengths[index] ?? 0;
        const start = Math.min(before, length);
        const count = Math.min(wanted, length - start);
        before -= start;
        wanted -= count;
        return count > 0 ? (await readRows(part, start, count)).rows : [];
      });
      const rows = (await Promise.all(windows)).flat();
      return { rows, form: "list", total: await length() };
    },
  };
};

/**
 * The pages of a list of conversions over any range: Affise's own where it takes the range, else those of its parts, joined in order of
 * when they were made. Throws BAD_USER_INPUT where they are to be sorted otherwise.
 */
export const conversionPages = <Row>(query: ConversionQuery, open: (part: ConversionQuery) => Pages<Row>): Pages<Row> => {
  const { date_from, date_to, order = "created_at", orderType } = query;
  if (!date_from) return open(query);
  const to = date_to ?? daysAfter(new Date().toISOString().slice(0, 10), 1);
  const ranges = cutByDays({ from: date_from, to }, mostDays);
  if (ranges.length < 2) return open(query);
  if (order !== "created_at") {
    throw badInput(
      "orderBy",
      `orderBy: more than ${mostDays} days of conversions can be sorted by CREATED_AT only; Affise lists no more at once.`,
    );
  }
  const parts = ranges.map((range, index) => {
    // A time is one of the whole range's first or last day.
    const time_from = index === 0 ? query.time_from : undefined;
    const time_to = index === ranges.length - 1 ? query.time_to : undefined;
    return open({ ...query, date_from: range.from, date_to: range.to, time_from, time_to });
  });
  return joinedPages(orderType === "asc" ? parts : parts.reverse(), parts[0]?.max ?? 1);
};
