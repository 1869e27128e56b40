import { UpstreamError } from "../error/error.js";

/**
 * What a call answers; or, where this network's Affise has no such page (404), what the older path does that Affise's own SDKs call.
 * Only for operations without an id in their path: there a 404 can mean nothing else, so a write was not carried out.
 */
export const orOlder = async <T, U>(newer: Promise<T>, older: () => Promise<U>): Promise<T | U> => {
  try {
    return await newer;
  } catch (error) {
    const isAbsent = error instanceof UpstreamError && error.extensions.upstreamStatus === 404;
    if (isAbsent && error.extensions.outcome !== "UNKNOWN") return older();
    throw error;
  }
};
