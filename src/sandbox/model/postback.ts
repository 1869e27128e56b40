/** A URL that Affise calls when an affiliate has a conversion; without an offer it is global. */
export interface Postback {
  id: number;
  url: string;
  pid: number;
  offer_id: number | null;
  status: string;
  goal: string | null;
  integration_method: string;
  forced: number;
  created: number;
  updated_at: number;
}
