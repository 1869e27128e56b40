import { AffiseError } from "../../affise/error/error.js";

/** Null for what Affise answers NOT_FOUND to: a single read of something that is not there is no failure. */
export const nullIfNotFound = <T>(reading: Promise<T>): Promise<T | null> =>
  reading.catch((error: unknown) => {
    if (error instanceof AffiseError && error.extensions.code === "NOT_FOUND") return null;
    throw error;
  });
