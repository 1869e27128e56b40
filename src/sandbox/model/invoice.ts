import type { RowOf, Timed } from "./row.js";

/** An invoice to an advertiser. */
export type Invoice = RowOf<"AdvertiserInvoice", Timed & { detail: RowOf<"AdvertiserInvoiceLine">[] }>;
