const parts = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
} as const;

/** What the clocks of a time zone show at an instant, as if that were UTC. */
const shownIn = (timeZone: string, instant: number): number => {
  const format = new Intl.DateTimeFormat("en-US", { ...parts, timeZone, hourCycle: "h23" });
  const shown = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

/**
 * The instant of a LocalDateTime (`2026-01-31T09:30:00`), which carries no zone: it is that of the network's own time zone, such as
 * `Europe/Madrid`. Of an hour that the clocks show twice it is one of the two.
 */
export const instantOf = (local: string, timeZone: string): Date => {
  const wanted = Date.parse(`${local}Z`);
  if (Number.isNaN(wanted)) throw new RangeError(`${JSON.stringify(local)} is not a date and time such as 2026-01-31T09:30:00.`);
  const near = 2 * wanted - shownIn(timeZone, wanted);
  return new Date(near + wanted - shownIn(timeZone, near));
};

/** The Date scalar (`2026-01-31`) of the day that the clocks of a time zone show at an instant. */
export const dayOf = (instant: Date, timeZone: string): string =>
  new Date(shownIn(timeZone, Math.floor(instant.getTime() / 1_000) * 1_000)).toISOString().slice(0, 10);
