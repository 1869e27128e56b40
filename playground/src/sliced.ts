import { useEffect, useState } from "react";
import { inSlices } from "./slices.js";

/** What long work comes to, done in slices; undefined at first, and the last result while newer work is under way. Make the work with `useCallback`. */
export const useSliced = <T>(make: (() => Generator<undefined, T>) | undefined): T | undefined => {
  const [result, setResult] = useState<T>();
  useEffect(() => {
    if (!make) return setResult(undefined);
    const stop = new AbortController();
    inSlices(make(), stop.signal).then(setResult, (error) => {
      // Thrown while drawing, it reaches the part of the page that has nothing to draw now.
      if (!stop.signal.aborted)
        setResult(() => {
          throw error;
        });
    });
    return () => stop.abort();
  }, [make]);
  return result;
};
