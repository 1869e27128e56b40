import type { ColumnsOf } from "./row.js";

type Own = "email" | "hash_password" | "manager_obj" | "sub_accounts" | "created_at" | "updated_at";

/** An advertiser, supplier on the wire. */
export interface Advertiser extends ColumnsOf<"AdvertiserBase", Own> {
  number: number;
  email: string;
  hash_password: string;
  sub_accounts: Record<"1" | "2", { value: string | null; except: boolean }>;
  created_at: number;
  updated_at: number;
  disabled_choice_postback_status: boolean;
  affiliates_enabled: number[];
  affiliates_disabled: number[];
  has_user: boolean;
  api_key: string;
  password: string;
  status: string;
  /** Which ugly form the row takes, if any; see the seed. */
  quirk: string | null;
}
