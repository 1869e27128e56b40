import type { RowOf, Timed } from "./row.js";

/** A tracking pixel of an affiliate on an offer. */
export type Pixel = RowOf<"Pixel", Timed & { offer_id: number; pid: number; is_active: number; moderation_status: number }>;
