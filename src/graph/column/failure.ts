import { AffiseError } from "../../affise/error/error.js";
import type { FailureCode } from "../../affise/error/error-code.js";

/** What to do `instead` of failing with one of these codes of Affise's; any other error is thrown on. */
export const onFailure =
  <T>(codes: readonly FailureCode[], instead: (error: AffiseError) => T) =>
  (error: unknown): T => {
    if (error instanceof AffiseError && codes.some((code) => code === error.extensions.code)) return instead(error);
    throw error;
  };

/** Null for what Affise answers NOT_FOUND to: a single read of something that is not there is no failure. */
export const nullIfNotFound = <T>(reading: Promise<T>): Promise<T | null> => reading.catch(onFailure(["NOT_FOUND"], () => null));
