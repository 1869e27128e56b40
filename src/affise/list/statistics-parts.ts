import { setImmediate as turn } from "node:timers/promises";
import type { Input } from "../../contract/operation.js";
import { badInput } from "../error/error.js";
import { chunks } from "./chunks.js";
import { cutByMonths } from "./date-range.js";
import type { Pages } from "./list.js";
import { everyRow } from "./list-reading.js";
import { mergeParts, type StatisticsRow, sortRows } from "./statistics-merge.js";
import { pagesOf, wholeList } from "./whole-list.js";

/** What the free report is asked for. */
export type StatisticsQuery = Input<"GET /3.0/stats/custom">["query"];

/** Affise answers no report over a longer range. */
export const mostMonths = 6;

/** Addresses longer than some 8 KB are refused on the way; this much of one the lists of a filter may take. */
const longestFilter = 5_000;

/** Of these every click and conversion has exactly one, so that parts of a list never count anything twice. Tags are not among them. */
const partitions = [
  ...["offer", "partner", "advertiser", "manager", "affiliate_manager_id", "advertiser_manager_id", "smart_id"],
  ...["country", "city", "os", "device", "goal", "sub1", "sub2", "sub3", "sub4", "sub5", "sub6", "sub7", "sub8"],
] as const;

type Filter = Record<string, unknown>;

/** How much of an address one value of a list takes at most. */
const lengthOfOne = (column: string, values: readonly unknown[]): number =>
  encodeURIComponent(`filter[${column}][]=`).length +
  Math.max(...values.map((value) => encodeURIComponent(String(value)).length));

const listsOf = (filter: Filter) =>
  partitions.flatMap((column) => {
    const values = filter[column];
    if (!Array.isArray(values) || values.length < 2) return [];
    const distinct: unknown[] = [...new Set<unknown>(values)];
    return [{ column, distinct, one: lengthOfOne(column, distinct) }];
  });

/** One filter as several whose lists fit into an address together. Equal values are asked for once. */
const cutFilter = (filter: Filter): Filter[] => {
  const lists = listsOf(filter);
  const heavy = lists.filter(({ distinct, one }) => distinct.length * one > longestFilter / 5);
  if (heavy.reduce((sum, { distinct, one }) => sum + distinct.length * one, 0) <= longestFilter) return [filter];
  return heavy.reduce<Filter[]>(
    (all, { column, distinct, one }) => {
      const size = Math.max(1, Math.floor(longestFilter / heavy.length / one));
      return all.flatMap((rest) => chunks(distinct, size).map((chunk) => ({ ...rest, [column]: chunk })));
    },
    [filter],
  );
};

/**
 * The reports that a report is put together from, where Affise takes it in no single call: none longer than six months, no filter longer
 * than an address. One where it fits.
 */
const partsOf = (query: StatisticsQuery): StatisticsQuery[] => {
  const { date_from, date_to } = query.filter;
  const ranges = cutByMonths({ from: date_from, to: date_to }, mostMonths);
  const filters = cutFilter(query.filter);
  if (ranges.length * filters.length === 1) return [query];
  return filters.flatMap((filter) =>
    ranges.map(({ from, to }) => ({
      ...query,
      // Rates are worked out anew of all that was confirmed, whatever statuses are looked at.
      conversionTypes: undefined,
      order: undefined,
      orderType: undefined,
      filter: { ...filter, date_from: from, date_to: to },
    })),
  );
};

/** What is done with a report after it was read whole, because Affise has no way to. */
export interface ReportSieve {
  /** The argument that wants it. */
  argument: string;
  /** A figure that Affise cannot sort by, in the words of `figureIn`. */
  order?: string;
  keep?(row: StatisticsRow): boolean;
}

const joined = async <Row extends StatisticsRow>(
  query: StatisticsQuery,
  parts: readonly StatisticsQuery[],
  open: (part: StatisticsQuery) => Pages<Row>,
  sieve: ReportSieve | undefined,
): Promise<Row[]> => {
  const orders: readonly string[] = sieve?.order ? [sieve.order] : (query.order ?? []);
  if (parts.length > 1 && orders.includes("uniq")) {
    const message = `cannot sort by unique clicks: over more than ${mostMonths} months, or over so long a filter, they cannot be added up.`;
    throw badInput("orderBy", `orderBy ${message}`);
  }
  const rowsOf = (part: StatisticsQuery) => (sieve ? wholeList(open(part), sieve.argument) : everyRow(open(part)));
  const read = await Promise.all(parts.map(rowsOf));
  // Each step looks at tens of thousands of rows: others have their turn between them.
  await turn();
  const rows = (parts.length > 1 ? mergeParts(read) : read.flat()).filter((row) => sieve?.keep?.(row) ?? true);
  await turn();
  const sorted = sortRows(rows, orders.length ? [...orders, ...query.slice] : query.slice, query.orderType) as Row[];
  await turn();
  return sorted;
};

/**
 * The pages of a report of any range and any filter: Affise's own where it takes the report in one call. Else all its parts are read at the
 * first look, side by side, added up and sorted as one report, and windows of it cost no further call. So is a report with a sieve. Reading
 * throws BAD_USER_INPUT where the rows cannot be sorted so.
 */
export const statisticsPages = <Row extends StatisticsRow>(
  query: StatisticsQuery,
  open: (part: StatisticsQuery) => Pages<Row>,
  sieve?: ReportSieve,
): Pages<Row> => {
  const parts = partsOf(query);
  if (parts.length === 1 && !sieve) return open(query);
  let all: Promise<Row[]> | undefined;
  return pagesOf(() => {
    all ??= joined(query, parts, open, sieve);
    return all;
  });
};
