import type { RowOf, Timed } from "./row.js";

interface Own extends Timed {
  number: number;
  email: string;
  hash_password: string;
  sub_accounts: Record<"1" | "2", { value: string | null; except: boolean }>;
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

/** An advertiser, supplier on the wire. */
export type Advertiser = RowOf<"AdvertiserBase", Own, "manager_obj">;
