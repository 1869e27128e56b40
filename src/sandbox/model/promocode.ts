/** A code that ties a sale to an affiliate. */
export interface Promocode {
  id: string;
  code: string;
  description: string;
  offer: number;
  affiliate: number;
  usage_limit: number;
  usage_value: number;
  from: number;
  to: number;
  created: number;
  updated: number;
}
