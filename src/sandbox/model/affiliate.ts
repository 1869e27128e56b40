import type { ColumnsOf } from "./row.js";

interface AffiliatePaymentSystem {
  id: number;
  active: number | boolean | string;
  system: string;
  currency: string;
  fields: Record<string, string>;
}

type Own =
  | "created_at"
  | "updated_at"
  | "manager"
  | "status"
  | "payment_systems"
  | "customFields"
  | "balance"
  | "offersCount"
  | "ref";

/** An affiliate, partner on the wire. */
export interface Affiliate extends ColumnsOf<"AffiliateBase", Own> {
  objectId: string;
  manager: string | null;
  status: "active" | "not active" | "banned" | "on moderation";
  payment_systems: AffiliatePaymentSystem[];
  customFields: { id: number; name: string; value: unknown; label: unknown }[];
  timezone: string;
  ref: number | null;
  work_hours: string | null;
  tipalti_payee_id: string | null;
  tipalti_status: string | null;
  tags: string[] | null;
  sub_accounts: Record<"1" | "2", { value: string | null; except: number }>;
  created_at: number;
  updated_at: number;
  password: string;
  enabledSmartlinks: string[];
  disabledSmartlinks: string[];
  /** Which ugly form the row takes, if any; see the seed. */
  quirk: string | null;
}
