/** A tracking pixel of an affiliate on an offer. */
export interface Pixel {
  id: number;
  name: string;
  code: string;
  code_type: string;
  offer_id: number;
  pid: number;
  is_active: number;
  moderation_status: number;
  created_at: number;
  updated_at: number;
}
