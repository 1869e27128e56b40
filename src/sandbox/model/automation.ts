/** A rule that compares two goals of an offer and acts when the share falls short. */
export interface KpiRule {
  id: string;
  offers: number[];
  action_type: "block" | "conversion";
  period: string;
  sub: string;
  change_to: string | null;
  affiliates: number[];
  goal1: string;
  goal2: string;
  kpi: number;
  notify_manager: number;
}

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
