import type { AdCost } from "./ad-cost.js";
import type { Advertiser } from "./advertiser.js";
import type { Affiliate } from "./affiliate.js";
import type { Block, KpiChange, KpiRule } from "./automation.js";
import type { Caller } from "./caller.js";
import type { Category } from "./category.js";
import type { Invoice } from "./invoice.js";
import type { NewsItem } from "./news.js";
import type { Offer } from "./offer.js";
import type { Payment } from "./payment.js";
import type { Pixel } from "./pixel.js";
import type { Postback } from "./postback.js";
import type { Preset } from "./preset.js";
import type { Promocode } from "./promocode.js";
import type { CustomField, PaymentSystem } from "./reference.js";
import type { Smartlink } from "./smartlink.js";
import type { Source } from "./source.js";
import type { Ticket } from "./ticket.js";
import type { Traffic } from "./traffic.js";
import type { User } from "./user.js";

/** The nouns that have odd rows. */
export const uglyNouns = ["offer", "cap", "affiliate", "advertiser", "conversion", "reference"] as const;

export type UglyNoun = (typeof uglyNouns)[number];

/** How much data a sandbox holds. */
export interface SandboxOptions {
  offers?: number;
  affiliates?: number;
  advertisers?: number;
  users?: number;
  categories?: number;
  conversions?: number;
  /** The moment all dates count back from; the clock then stands still. */
  now?: Date;
  /** The nouns whose rows take the odd forms met in the field beside the recorded ones; "all" is all of them. */
  ugly?: "all" | readonly UglyNoun[];
  /** How long a queued conversion edit or import takes to show, in milliseconds; by default the next read shows it. */
  queueDelay?: number;
}

/** Everything a sandbox knows. */
export interface State {
  now(): number;
  queueDelay: number;
  /** Goes up with every call that may change anything, so that what was worked out can be kept until then. */
  changes: number;
  ugly: ReadonlySet<UglyNoun>;
  /** Changes that are accepted and not applied yet. */
  queue: { due: number; apply(): void }[];
  /** Whose each API key is. */
  keys: Map<string, Caller>;
  users: Map<string, User>;
  affiliates: Map<number, Affiliate>;
  advertisers: Map<string, Advertiser>;
  categories: Map<string, Category>;
  sources: Map<string, Source>;
  offers: Map<number, Offer>;
  /** Deleted offers, whose titles reports go on printing. */
  deletedOffers: Map<number, Offer>;
  traffic: Traffic;
  payments: Map<number, Payment>;
  paymentsByAffiliate: Map<number, Payment[]>;
  smartlinks: Map<string, Smartlink>;
  tickets: Map<number, Ticket>;
  postbacks: Map<number, Postback>;
  pixels: Map<number, Pixel>;
  news: Map<string, NewsItem>;
  promocodes: Map<string, Promocode>;
  presets: Map<string, Preset>;
  adCosts: Map<string, AdCost>;
  invoices: Map<number, Invoice>;
  kpiRules: Map<string, KpiRule>;
  kpiChanges: KpiChange[];
  blocks: Block[];
  paymentSystems: readonly PaymentSystem[];
  customFields: readonly CustomField[];
  tagNumbers: Map<string, number>;
  numbers: Map<string, number>;
}

/** The next free number of a kind. */
export const nextNumber = (state: State, kind: string): number => {
  const number = (state.numbers.get(kind) ?? 100_000) + 1;
  state.numbers.set(kind, number);
  return number;
};

/** Accepts a change now and applies it when its delay is over, as Affise's queue does. */
export const enqueue = (state: State, apply: () => void): void => {
  state.queue.push({ due: Date.now() + state.queueDelay, apply });
};
