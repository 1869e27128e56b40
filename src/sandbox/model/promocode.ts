/** A code that ties a sale to an affiliate. */
export interface Promocode {
  id: string;
  type: "manual";
  code: string;
  code_template: "";
  description: string;
  offer_id: number;
  affiliate_id: number;
  usage_limit: number;
  usage_value: number;
  date_from: number;
  date_to: number;
  created_at: number;
  updated_at: number;
}
