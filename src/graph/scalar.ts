import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";

const badInput = (message: string) => new TypeError(message);
const badColumn = (name: string, value: unknown) =>
  new GraphQLError(`Affise printed ${JSON.stringify(value)}, which is no ${name}.`, { extensions: { code: "UPSTREAM_FAILED" } });

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

const isRealDay = (day: string) => {
  const time = dayPattern.test(day) ? globalThis.Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new globalThis.Date(time).toISOString().startsWith(day);
};

const parseDay = (value: unknown): string => {
  if (typeof value === "string" && isRealDay(value)) return value;
  throw badInput(`${JSON.stringify(value)} is no date; write it like 2026-01-31.`);
};

const timePattern = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2}))?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;

const parseTime = (value: unknown): string => {
  const [, day = "", time = "00:00:00"] = (typeof value === "string" && value.match(timePattern)) || [];
  if (isRealDay(day)) return `${day} ${time}`;
  throw badInput(`${JSON.stringify(value)} is no date and time; write it like 2026-01-31T09:30:00.`);
};

/** Affise prints 0000-00-00 where there is no date. */
const isNoDate = (value: unknown) => value === "" || (typeof value === "string" && value.startsWith("0000-00-00"));

const serializeTime = (value: unknown): string | null => {
  if (isNoDate(value)) return null;
  if (typeof value === "string") {
    const [, day, time = "00:00:00", zone = ""] = value.match(timePattern) ?? [];
    if (day && isRealDay(day)) return `${day}T${time}${/^[+-]00:?00$/.test(zone) ? "Z" : zone}`;
  }
  const seconds = (value as { sec?: unknown } | null)?.sec;
  if (typeof seconds === "number") return new globalThis.Date(seconds * 1000).toISOString().replace(".000Z", "Z");
  throw badColumn("date and time", value);
};

const serializeDay = (value: unknown): string | null => {
  if (isNoDate(value)) return null;
  const day = typeof value === "string" ? value.slice(0, 10) : "";
  if (isRealDay(day)) return day;
  throw badColumn("date", value);
};

const text = (node: ValueNode): unknown => (node.kind === Kind.STRING ? node.value : undefined);

const scalar = (name: string, parse: (value: unknown) => unknown, serialize: (value: unknown) => unknown, literal = text) =>
  new GraphQLScalarType({ name, parseValue: parse, serialize, parseLiteral: (node) => parse(literal(node)) });

const wholeNumber = (value: unknown): number => {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw badInput(`${JSON.stringify(value)} is no whole number.`);
};

/** A calendar day. In: 2026-01-31. Out: the day of whatever Affise prints; null where it prints no date. */
export const Date = scalar("Date", parseDay, serializeDay);

/** A date and time. In: with T or a space between; given on as Affise writes it. Out: with T, and with a zone only where Affise prints one. */
export const LocalDateTime = scalar("LocalDateTime", parseTime, serializeTime);

/** A whole number up to 2^53. */
export const Count = scalar("Count", wholeNumber, wholeNumber, (node) =>
  node.kind === Kind.INT ? Number(node.value) : undefined,
);
