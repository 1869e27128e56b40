import type { City, Country, Profile } from "./geo.js";
import { addTo } from "./group.js";

/** The status of a conversion as a number, in filters, details and logs. */
export const statusNumbers = { confirmed: 1, pending: 2, declined: 3, hold: 5 } as const;

export type ConversionStatus = keyof typeof statusNumbers;

/** What a visit leaves behind: shared by the clicks of an hour and by a conversion. */
export interface Visit {
  /** When it happened, in milliseconds. */
  time: number;
  offer: number;
  advertiser: string;
  affiliate: number;
  country: Country;
  city: City;
  isp: string;
  profile: Profile;
  /** sub1 to sub8. */
  subs: readonly string[];
  landing: number | null;
  prelanding: number | null;
  smartlink: string | null;
}

/** The clicks that one affiliate sent to one offer within an hour, from like visitors. */
export interface Click extends Visit {
  raw: number;
  uniq: number;
  views: number;
  /** Why the clicks were turned away, or null when they went through. */
  reason: string | null;
}

export interface Conversion extends Visit {
  id: string;
  number: number;
  /** As sent with an import; null for the seeded, whose ids follow from their number. */
  actionId: string | null;
  clickId: string | null;
  clickTime: number;
  updated: number;
  goal: string;
  goalValue: string;
  status: ConversionStatus;
  /** What the affiliate gets and what the advertiser pays, in the conversion's currency. */
  payout: number;
  revenue: number;
  currency: string;
  sum: number | null;
  ip: string;
  referrer: string;
  custom: readonly (string | null)[];
  comment: string | null;
  declineReason: string | null;
  fraudRisk: string;
  fraudType: readonly string[];
  paymentType: string;
  paymentStatus: "opened" | "pending" | "closed";
  invoice: number | null;
  holdUntil: number | null;
  promocode: string | null;
  imported: boolean;
}

export interface Traffic {
  clicks: Click[];
  conversions: Map<string, Conversion>;
  clicksByOffer: Map<number, Click[]>;
  byOffer: Map<number, Conversion[]>;
  byAffiliate: Map<number, Conversion[]>;
  /** Goes up with every change, so that what is computed from the traffic can be kept until then. */
  version: number;
}

export const createTraffic = (): Traffic => ({
  ...{ clicks: [], conversions: new Map(), clicksByOffer: new Map(), byOffer: new Map(), byAffiliate: new Map(), version: 0 },
});

export const addClick = (traffic: Traffic, click: Click): void => {
  traffic.clicks.push(click);
  addTo(traffic.clicksByOffer, click.offer, click);
};

export const addConversion = (traffic: Traffic, conversion: Conversion): void => {
  traffic.conversions.set(conversion.id, conversion);
  addTo(traffic.byOffer, conversion.offer, conversion);
  addTo(traffic.byAffiliate, conversion.affiliate, conversion);
  traffic.version += 1;
};
