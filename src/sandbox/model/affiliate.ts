interface AffiliatePaymentSystem {
  id: number;
  active: number | boolean | string;
  system: string;
  currency: string;
  fields: Record<string, string>;
}

/** An affiliate, partner on the wire. */
export interface Affiliate {
  id: number;
  objectId: string;
  email: string;
  login: string;
  contactPerson: string | null;
  ref_percent: string | null;
  name: string | null;
  notes: string;
  manager: string | null;
  status: "active" | "not active" | "banned" | "on moderation";
  payment_systems: AffiliatePaymentSystem[];
  customFields: { id: number; name: string; value: unknown; label: unknown }[];
  api_key: string;
  lang: string | null;
  timezone: string;
  address_1: string | null;
  address_2: string | null;
  city: string | null;
  country: string | null;
  zip_code: string | null;
  phone: string | null;
  ref: number | null;
  level: number | null;
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
