import { GraphQLError, Kind, type ValueNode } from "graphql";
import { quoted } from "../../affise/error/quoted.js";

const badInput = (message: string) => new TypeError(message);
const badColumn = (name: string, value: unknown) =>
  new GraphQLError(`Affise printed ${quoted(value)}, which is no ${name}.`, { extensions: { code: "UPSTREAM_FAILED" } });

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const isDate = (year: number, month: number, day: number) => {
  const last = month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year > 0 && month > 0 && month <= 12 && day > 0 && day <= last;
};

const isRealDay = (text: string) => {
  const found = dayPattern.exec(text);
  return found !== null && isDate(Number(found[1]), Number(found[2]), Number(found[3]));
};

const parseDay = (value: unknown): string => {
  if (typeof value === "string" && isRealDay(value)) return value;
  throw badInput(`${quoted(value)} is no date; write it like 2026-01-31.`);
};

const timePattern = /^((\d{4})-(\d{2})-(\d{2}))(?:[ T]((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d)?(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Day, time and zone as they stand in a text; nothing where it has no real day. */
const timeParts = (value: string) => {
  const found = timePattern.exec(value);
  if (!found || !isDate(Number(found[2]), Number(found[3]), Number(found[4]))) return undefined;
  const [, day, , , , minute = "00:00", second = ":00", zone = ""] = found;
  return { day, time: minute + second, zone };
};

const parseTime = (value: unknown): string => {
  const parts = typeof value === "string" ? timeParts(value) : undefined;
  if (parts?.zone) throw badInput(`${quoted(value)} has a zone; write the network's own time, like 2026-01-31T09:30:00.`);
  if (parts) return `${parts.day} ${parts.time}`;
  throw badInput(`${quoted(value)} is no date and time; write it like 2026-01-31T09:30:00.`);
};

/** Affise prints 0000-00-00 where there is no date. */
const isNoDate = (value: unknown) =>
  value === "" || value === null || value === undefined || (typeof value === "string" && value.startsWith("0000-00-00"));

/** A date and time as it goes out; null where Affise prints none, undefined where what it prints is no date and time. */
export const timeIn = (value: unknown): string | null | undefined => {
  if (isNoDate(value)) return null;
  if (typeof value === "string") {
    const parts = timeParts(value);
    if (parts) return `${parts.day}T${parts.time}${/^[+-]00:?00$/.test(parts.zone) ? "Z" : parts.zone}`;
  }
  const { sec } = value as { sec?: unknown };
  if (typeof sec !== "number" && !(typeof sec === "string" && /^\d{1,12}$/.test(sec))) return undefined;
  return new globalThis.Date(Number(sec) * 1000).toISOString().replace(".000Z", "Z");
};

/** A day as it goes out; null where Affise prints none, undefined where what it prints is no date. */
export const dayIn = (value: unknown): string | null | undefined => {
  if (isNoDate(value)) return null;
  const day = typeof value === "string" ? value.slice(0, 10) : "";
  return isRealDay(day) ? day : undefined;
};

const serialized = (name: string, read: (value: unknown) => string | null | undefined) => (value: unknown) => {
  const found = read(value);
  if (found === undefined) throw badColumn(name, value);
  return found;
};

const text = (node: ValueNode): unknown => (node.kind === Kind.STRING ? node.value : undefined);

/** What makeExecutableSchema gives to a scalar of the SDL; a whole GraphQLScalarType would take the SDL's description away. */
const scalar = (parse: (value: unknown) => unknown, serialize: (value: unknown) => unknown, literal = text) => ({
  parseValue: parse,
  serialize,
  parseLiteral: (node: ValueNode) => parse(literal(node)),
});

const wholeNumber = (value: unknown): number => {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw badInput(`${quoted(value)} is no whole number.`);
};

/** A calendar day. In: 2026-01-31. Out: the day of whatever Affise prints; null where it prints no date. */
export const Date = scalar(parseDay, serialized("date", dayIn));

/** A date and time. In: with T or a space between; given on as Affise writes it. Out: with T, and with a zone only where Affise prints one. */
export const LocalDateTime = scalar(parseTime, serialized("date and time", timeIn));

/** A whole number up to 2^53. */
export const Count = scalar(wholeNumber, wholeNumber, (node) => (node.kind === Kind.INT ? Number(node.value) : undefined));
