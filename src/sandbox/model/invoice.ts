import type { ColumnsOf } from "./row.js";

/** An invoice to an advertiser. */
export interface Invoice extends ColumnsOf<"AdvertiserInvoice", "created_at" | "updated_at" | "detail"> {
  created_at: number;
  updated_at: number;
  detail: ColumnsOf<"AdvertiserInvoiceLine", never>[];
}
