import type { State } from "./state.js";

/** The same state again, which shares no row with it; throws where a change waits to be applied. */
export const copyOf = ({ now, queue, ...data }: State): State => {
  if (queue.length) throw new Error("A state cannot be copied while changes wait in its queue");
  return { ...structuredClone(data), now, queue: [] };
};
