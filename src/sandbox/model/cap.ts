import type { ColumnsOf } from "./row.js";

/** One cap rule of an offer. */
export interface CapRule extends ColumnsOf<"Cap", "goals" | "country" | "current_value" | "sub_value"> {
  goals: string[];
  country: string[];
  sub_value: string[];
}

export type CapScope = CapRule["goal_type"];
