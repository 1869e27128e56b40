import { GraphQLError } from "graphql";
import type { Load } from "../../loaders.js";
import { list, number, record, text } from "./decode.js";

const noId = (value: unknown) =>
  new GraphQLError(`Affise printed ${JSON.stringify(value)} where an id should be.`, { extensions: { code: "UPSTREAM_FAILED" } });

/**
 * The number of another row, out of a column; null where it names none. What is no id must not reach a loader: the contract would refuse
 * the whole batch, and with it what other rows asked for.
 */
export const numberIn = (value: unknown): number | null => {
  const id = number(value);
  if (id === null || id === 0) return null;
  if (Number.isSafeInteger(id) && id > 0) return id;
  throw noId(value);
};

/** As `numberIn`, for ids of 24 hex digits. */
export const hexIn = (value: unknown): string | null => {
  const id = text(value);
  if (id === null || id === "0") return null;
  if (/^[0-9a-f]{24}$/i.test(id)) return id;
  throw noId(value);
};

/** The number that a row itself has, to read more of it by. Throws where it lost it. */
export const ownNumber = (value: unknown): number => {
  const id = numberIn(value);
  if (id === null) throw noId(value);
  return id;
};

/** As `ownNumber`, for ids of 24 hex digits. */
export const ownHex = (value: unknown): string => {
  const id = hexIn(value);
  if (id === null) throw noId(value);
  return id;
};

/** The affiliates that a column names, by bare number or by objects that have one; a number that leads nowhere is left out. */
export const affiliatesIn = async (load: Load, column: unknown) => {
  const named = list(column)?.map((one) => numberIn(one !== null && typeof one === "object" ? record(one)?.id : one));
  if (!named) return null;
  const found = await load.affiliate.loadMany(named.filter((id) => id !== null));
  return found.filter((affiliate) => affiliate !== null);
};
