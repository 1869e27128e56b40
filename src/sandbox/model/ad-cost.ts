import type { RowOf } from "./row.js";

/** What an affiliate's advertising for an offer cost on a day, by sub8. */
export type AdCost = RowOf<"AdCost">;
