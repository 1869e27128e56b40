export const hour = 3_600_000;

export const day = 24 * hour;

const pad = (value: number): string => String(value).padStart(2, "0");

/** `YYYY-MM-DD HH:mm:ss`, as most operations print times. */
export const spaced = (time: number | Date): string => new Date(time).toISOString().slice(0, 19).replace("T", " ");

/** ISO with Z, as the single reads print times. */
export const iso = (time: number | Date): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

export const isoMillis = (time: number | Date): string => new Date(time).toISOString();

export const dateOnly = (time: number | Date): string => new Date(time).toISOString().slice(0, 10);

/** A moment on the wall clock of a time zone. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  date: string;
}

const zones = new Map<string, (time: number) => WallTime>();

const utc = (time: number): WallTime => {
  const date = new Date(time);
  const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return { year, month, day: dayOfMonth, hour: date.getUTCHours(), date: `${year}-${pad(month)}-${pad(dayOfMonth)}` };
};

const zoned = (timezone: string): ((time: number) => WallTime) => {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
  });
  return (time) => {
    const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
    const date = `${part.year}-${part.month}-${part.day}`;
    return { year: Number(part.year), month: Number(part.month), day: Number(part.day), hour: Number(part.hour), date };
  };
};

/** Reads the wall clock of a zone; undefined for a zone that does not exist. Remembers quarter hours, which Intl is slow at. */
export const wallClock = (timezone = "UTC"): ((time: number) => WallTime) | undefined => {
  const known = zones.get(timezone);
  if (known) return known;
  let read: (time: number) => WallTime;
  try {
    read = timezone === "UTC" ? utc : zoned(timezone);
  } catch {
    return undefined;
  }
  const seen = new Map<number, WallTime>();
  const remembered = (time: number): WallTime => {
    const quarter = Math.floor(time / 900_000);
    const before = seen.get(quarter);
    if (before) return before;
    const wall = read(time);
    seen.set(quarter, wall);
    return wall;
  };
  zones.set(timezone, remembered);
  return remembered;
};

/** The UTC moment at which a calendar date begins in a zone. */
export const startOfDate = (date: string, timezone = "UTC"): number => {
  const guess = Date.parse(`${date}T00:00:00Z`);
  const read = wallClock(timezone);
  if (!read || timezone === "UTC") return guess;
  let best = guess;
  for (let offset = -14 * hour; offset <= 14 * hour; offset += hour / 4) {
    const wall = read(guess + offset);
    if (wall.date === date) {
      best = guess + offset;
      break;
    }
  }
  return best;
};

/** Today plus or minus days, as a date. */
export const dateAgo = (now: Date, days: number): string => dateOnly(now.getTime() - days * day);

/** DD-MM-YYYY, as some reports want dates, turned round. */
export const dayFirst = (text: string): string => text.split("-").reverse().join("-");

/** A date in either spelling, DD-MM-YYYY or YYYY-MM-DD, as YYYY-MM-DD. */
export const eitherDate = (text: string): string => (/^\d{2}-/.test(text) ? dayFirst(text) : text);
