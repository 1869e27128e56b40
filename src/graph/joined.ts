import { GraphQLError } from "graphql";
import { number, text } from "./read.js";

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
