import type { RowOf } from "./row.js";

/** A rule that compares two goals of an offer and acts when the share falls short. */
export type KpiRule = RowOf<"KpiRule", { offers: number[] }>;

export interface KpiChange {
  id: string;
  rule_id: string;
  type: "add" | "update" | "delete";
  offers: number[];
  affiliates: number[];
  user_id: string;
  created_at: number;
}

export interface Block {
  number: number;
  time: number;
  offer: number;
  affiliate: number;
  sub: string;
  value: string;
}
