import { badInput } from "../error/error.js";
import { formatNumber } from "../error/quoted.js";

/** Days from one to another, both included, as Affise writes them: 2026-01-31. */
export interface DateRange {
  from: string;
  to: string;
}

const dayMs = 86_400_000;

/** No day is later: one more digit, and days could not be compared as texts. */
const lastDay = "9999-12-31";

/** So many parts a range may be read in. */
const mostParts = 1_000;

const dateAt = (time: number): string => (time > timeOf(lastDay) ? lastDay : new Date(time).toISOString().slice(0, 10));

const timeOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** The day that is so many days after another, before it where negative. */
export const daysAfter = (date: string, days: number): string => dateAt(timeOf(date) + days * dayMs);

/** The same day of the month some months later; the last day of that month where it has no such day. */
const monthsAfter = (date: string, months: number): string => {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  // Date.UTC takes the years before 100 for those of the last century.
  const last = new Date(new Date(0).setUTCFullYear(year, month + months, 0)).getUTCDate();
  return dateAt(new Date(0).setUTCFullYear(year, month - 1 + months, Math.min(day, last)));
};

const cut = ({ from, to }: DateRange, lastOf: (from: string) => string): DateRange[] => {
  const parts: DateRange[] = [];
  for (let start = from; start <= to; ) {
    const end = lastOf(start);
    parts.push({ from: start, to: end < to ? end : to });
    if (end >= to) break;
    if (parts.length === mostParts) {
      throw badInput(
        "from",
        `from: ${from} to ${to} would be read in more than ${formatNumber(mostParts)} parts; ask for less time.`,
      );
    }
    start = daysAfter(end, 1);
  }
  return parts;
};

/** Parts of a range in order, none longer than so many months, without gap or overlap. A range that fits stays whole. */
export const cutByMonths = (range: DateRange, months: number): DateRange[] =>
  range.to <= monthsAfter(range.from, months) ? [range] : cut(range, (from) => daysAfter(monthsAfter(from, months), -1));

/** Parts of a range in order, none longer than so many days, without gap or overlap. A range that fits stays whole. */
export const cutByDays = (range: DateRange, days: number): DateRange[] =>
  range.to <= daysAfter(range.from, days) ? [range] : cut(range, (from) => daysAfter(from, days - 1));
