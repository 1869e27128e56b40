import type { CapRule } from "./cap.js";
import type { Row } from "./row.js";

/** A payout rule; with partners it is personal to those affiliates. */
export interface OfferPayment extends Row {
  id: number | string;
  goal: string;
  total: number;
  revenue: number;
  currency: string;
  type: string;
  countries: string[];
  country_exclude: boolean | number | string;
  partners?: number[];
}

export interface OfferLanding extends Row {
  id: number;
  title: string;
  url: string;
  url_preview: string;
  type: string;
}

export interface Offer {
  id: number;
  offer_id: string;
  title: string;
  advertiser: string;
  status: "active" | "stopped" | "suspended";
  privacy: "public" | "premoderated" | "private";
  /** The affiliates connected to the offer and those shut out of it. */
  enabled: Set<number>;
  disabled: Set<number>;
  categories: string[];
  sources: { id: string; allowed: number | boolean }[];
  payments: OfferPayment[];
  partner_payments: OfferPayment[];
  landings: OfferLanding[];
  caps: CapRule[];
  caps_status: string[];
  caps_timezone: string | null;
  targeting: Row[];
  commission_tiers: Row[];
  creatives: Row[];
  tags: string[];
  countries: string[];
  smartlink_categories: string[];
  hold_period: number;
  hold_type: string;
  created_at: number;
  updated_at: number;
  /** The remaining columns, printed as they are: those of every row, and those only the single offer has. */
  columns: Row;
  detail: Row;
  /** Which ugly form the row takes, if any; see the seed. */
  quirk: string | null;
}
