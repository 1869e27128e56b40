export type CapScope = "all" | "each" | "exact";

/** One cap rule of an offer. */
export interface CapRule {
  period: "hour" | "day" | "month" | "all";
  type: "budget" | "conversions" | "clicks" | "impressions";
  value: number;
  goal_type: CapScope;
  goals: string[];
  affiliate_type: CapScope;
  affiliates: number[];
  country_type: CapScope;
  country: string[];
  sub_number: number | null;
  sub_value: string[];
}
