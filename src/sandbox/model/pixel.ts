/** A tracking pixel of an affiliate on an offer. */
export interface Pixel {
  id: number;
  name: string;
  code: string;
  code_type: string;
  offer: number;
  affiliate: number;
  is_active: number;
  moderation_status: number;
  created: number;
  updated: number;
}
