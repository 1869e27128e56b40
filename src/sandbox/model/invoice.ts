interface InvoiceLine {
  offer_id: number;
  payout_type: string;
  actions: number;
  amount: number;
  comment: string | null;
}

/** An invoice to an advertiser. */
export interface Invoice {
  number: number;
  advertiser: string;
  created: number;
  updated: number;
  start: string;
  end: string;
  status: "paid" | "unpaid";
  lines: InvoiceLine[];
  currency: string;
  comment: string | null;
}
