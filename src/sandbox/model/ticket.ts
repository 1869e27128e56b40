export interface Ticket {
  id: number;
  status: "open" | "closed";
  type: "common" | "financial" | "technical" | "offer_request" | "smartlink_request" | "payment_request";
  title: string;
  description: string;
  affiliate: number;
  offer: number | null;
  smartlink: string | null;
  attachments: string[];
  created: number;
  updated: number | null;
}
