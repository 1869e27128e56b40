import { dateOnly, day } from "../model/clock.js";
import type { State } from "../model/state.js";
import { rejected } from "./failure.js";

const dayNumber = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / day);

/** Refuses a period of more days than Affise takes; a period without an end reaches to today, one without a beginning is not looked at. */
export const requireDays = (state: State, from: string | undefined, to: string | undefined, most: number): void => {
  if (from === undefined) return;
  const days = dayNumber(to ?? dateOnly(state.now())) - dayNumber(from);
  if (days > most) throw rejected(`Date range must not be longer than ${most} days`);
};

/** The date some months later; the last day of the month where it has no such day. */
const monthsLater = (date: string, months: number): string => {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return dateOnly(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, last)));
};

/** Refuses a period of more than some months. */
export const requireMonths = (from: string, to: string, most: number): void => {
  if (to > monthsLater(from, most)) throw rejected(`Date range must not be longer than ${most} months`);
};
