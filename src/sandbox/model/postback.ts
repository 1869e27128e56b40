/** A URL that Affise calls when an affiliate has a conversion; without an offer it is global. */
export interface Postback {
  id: number;
  url: string;
  affiliate: number;
  offer: number | null;
  status: string;
  goal: string | null;
  integration_method: string;
  forced: number;
  created: number;
  updated: number;
}
