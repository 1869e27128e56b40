/** An advertiser, supplier on the wire. */
export interface Advertiser {
  id: string;
  number: number;
  title: string;
  contact: string;
  email: string;
  skype: string | null;
  manager: string | null;
  url: string;
  address_1: string | null;
  address_2: string | null;
  city: string;
  country: string | null;
  zip_code: string;
  vat_code: string;
  allowed_ip: string[] | null;
  disallowed_ip: string[] | null;
  consider_personal_targeting_only: boolean;
  tags: string[] | null;
  hash_password: string;
  skad_network_id: string[];
  hide_conversion_status: boolean;
  hosts_only: boolean;
  sign_clicks_integration: string;
  sub_accounts: Record<"1" | "2", { value: string | null; except: boolean }>;
  note: string | null;
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
