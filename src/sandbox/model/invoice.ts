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
  supplier_id: string;
  created_at: number;
  updated_at: number;
  start_date: string;
  end_date: string;
  status: "paid" | "unpaid";
  detail: InvoiceLine[];
  currency: string;
  comment: string | null;
}
