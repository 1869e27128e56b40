import type { RowOf, Timed } from "./row.js";

interface Own extends Timed {
  id: string;
  privacy_level: "public" | "premoderated" | "private";
  excluded_affiliates: number[];
}

/** A SmartLink category. */
export type Smartlink = RowOf<"SmartlinkCategory", Own, "_id">;
