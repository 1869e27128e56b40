import type { RowOf } from "./row.js";

/** A traffic source. */
export type Source = RowOf<"TrafficSource">;
