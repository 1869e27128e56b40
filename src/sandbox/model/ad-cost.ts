/** What an affiliate's advertising for an offer cost on a day, by sub8. */
export interface AdCost {
  offer_id: number;
  affiliate_id: number;
  date: string;
  sub8: string;
  costs: number;
}
