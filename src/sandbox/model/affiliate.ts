import type { RowOf, Timed } from "./row.js";

interface AffiliatePaymentSystem {
  id: number;
  active: number | boolean | string;
  system: string;
  currency: string;
  fields: Record<string, string>;
}

interface Own extends Timed {
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
  password: string;
  enabledSmartlinks: string[];
  disabledSmartlinks: string[];
  /** Which ugly form the row takes, if any; see the seed. */
  quirk: string | null;
}

/** An affiliate, partner on the wire. */
export type Affiliate = RowOf<"AffiliateBase", Own, "balance" | "offersCount">;
