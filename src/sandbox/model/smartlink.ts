/** A SmartLink category. */
export interface Smartlink {
  id: string;
  name: string;
  domain: string;
  description: string | null;
  use_https: boolean;
  privacy_level: "public" | "premoderated" | "private";
  excluded_affiliates: number[];
  included_affiliates: number[];
  created_at: number;
  updated_at: number;
}
