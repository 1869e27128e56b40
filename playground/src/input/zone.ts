import { isText, localNotes } from "../browser-storage.js";
import { createStore } from "../store.js";

const name = "affise-graphql:zone";

const isZone = (value: unknown): value is string => {
  try {
    return isText(value) && Boolean(new Intl.DateTimeFormat("en", { timeZone: value }));
  } catch {
    return false;
  }
};

/** The zone whose days the presets count in. Affise tells a network's zone to nobody; until it is chosen here, this computer's stands in. */
export const zone = createStore<{ now: string }>({
  now: localNotes.read(name, isZone) ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
});

export const chooseZone = (now: string): void => {
  localNotes.write(name, now);
  zone.set({ now });
};

export const zones: readonly string[] = [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), zone.get().now])];

/** Today in a zone, as midnight in UTC: days can be counted from it without a clock changing in between. */
const todayIn = (timeZone: string): Date => {
  const parts = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "numeric", day: "numeric" }).formatToParts();
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return new Date(Date.UTC(part("year"), part("month") - 1, part("day")));
};

const text = (date: Date): string => date.toISOString().slice(0, 10);

const moved = (date: Date, days: number): Date => new Date(date.getTime() + days * 86_400_000);

const monthOf = (date: Date, months: number): Date => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));

const mondayOf = (date: Date): Date => moved(date, -((date.getUTCDay() + 6) % 7));

export interface Span {
  from: string;
  to: string;
}

const spans: readonly [string, (today: Date) => [Date, Date]][] = [
  ["Today", (today) => [today, today]],
  ["Yesterday", (today) => [moved(today, -1), moved(today, -1)]],
  ["Last 7 days", (today) => [moved(today, -6), today]],
  ["This week", (today) => [mondayOf(today), today]],
  ["Last week", (today) => [moved(mondayOf(today), -7), moved(mondayOf(today), -1)]],
  ["Last 30 days", (today) => [moved(today, -29), today]],
  ["This month", (today) => [monthOf(today, 0), today]],
  ["Last month", (today) => [monthOf(today, -1), moved(monthOf(today, 0), -1)]],
  ["This year", (today) => [new Date(Date.UTC(today.getUTCFullYear(), 0, 1)), today]],
];

/** The spans that people mean, as dates in a zone. Weeks begin on Monday. */
export const spansIn = (timeZone: string): { title: string; span: Span }[] => {
  const today = todayIn(timeZone);
  return spans.map(([title, make]) => {
    const [from, to] = make(today);
    return { title, span: { from: text(from), to: text(to) } };
  });
};
