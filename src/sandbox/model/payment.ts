/** A payment invoice of an affiliate. */
export interface Payment {
  id: number;
  affiliate: number;
  currency: string;
  /** 1 waiting, 2 completed, 3 paid partly, 4 pending, -1 declined. */
  status: number;
  revenue: number;
  system: number;
  systemName: string;
  account: string;
  comment: string;
  notes: string;
  conversions: string[];
  corrections: Map<number, { posted: number; revenue: number; comment: string }>;
  posted: number;
  updated: number;
}
