import type { RowOf } from "./row.js";

/** One cap rule of an offer. */
export type CapRule = RowOf<"Cap", { goals: string[]; country: string[]; sub_value: string[] }, "current_value">;

export type CapScope = CapRule["goal_type"];
