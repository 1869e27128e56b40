import type { RowOf, Timed } from "./row.js";

/** A code that ties a sale to an affiliate. */
export type Promocode = RowOf<"Promocode", Timed & { date_from: number; date_to: number }>;
