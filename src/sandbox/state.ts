import type { AdCost } from "./ad-cost.js";
import type { Advertiser } from "./advertiser.js";
import type { Affiliate } from "./affiliate.js";
import type { Block, KpiChange, KpiRule } from "./automation.js";
import type { Category } from "./category.js";
import type { Invoice } from "./invoice.js";
import type { NewsItem } from "./news.js";
import type { Offer } from "./offer.js";
import type { Payment } from "./payment.js";
import type { Pixel } from "./pixel.js";
import type { Postback } from "./postback.js";
import type { Preset } from "./preset.js";
import type { Promocode } from "./promocode.js";
import { seedAdCosts } from "./seed/ad-cost.js";
import { seedAdvertisers } from "./seed/advertiser.js";
import { seedAffiliates } from "./seed/affiliate.js";
import { seedAutomation } from "./seed/automation.js";
import { seedCategories, seedSources } from "./seed/category.js";
import { type City, cities } from "./seed/geo.js";
import { seedInvoices } from "./seed/invoice.js";
import { seedNews } from "./seed/news.js";
import { seedOffers } from "./seed/offer.js";
import { seedPayments } from "./seed/payment.js";
import { seedPixels, seedPostbacks } from "./seed/postback.js";
import { seedPresets } from "./seed/preset.js";
import { seedPromocodes } from "./seed/promocode.js";
import { type CustomField, customFields, type PaymentSystem, paymentSystems } from "./seed/reference.js";
import { seedSmartlinks } from "./seed/smartlink.js";
import { seedTickets } from "./seed/ticket.js";
import { seedTraffic } from "./seed/traffic.js";
import { seedUsers } from "./seed/user.js";
import type { Smartlink } from "./smartlink.js";
import type { Source } from "./source.js";
import type { Ticket } from "./ticket.js";
import type { Traffic } from "./traffic.js";
import type { User } from "./user.js";

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
  /** How long a queued conversion edit or import takes to show, in milliseconds; by default the next read shows it. */
  queueDelay?: number;
}

type KeyOwner = { kind: "admin"; id: string } | { kind: "affiliate"; id: number } | { kind: "advertiser"; id: string };

/** Everything a sandbox knows. */
export interface State {
  now(): Date;
  city(id: number): Record<string, unknown> | undefined;
  queueDelay: number;
  /** Changes that are accepted and not applied yet. */
  queue: { due: number; apply(): void }[];
  keys: Map<string, KeyOwner>;
  users: Map<string, User>;
  affiliates: Map<number, Affiliate>;
  advertisers: Map<string, Advertiser>;
  categories: Map<string, Category>;
  sources: Map<string, Source>;
  offers: Map<number, Offer>;
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

const byId = <T extends { id: string | number }>(rows: readonly T[]): Map<T["id"], T> =>
  new Map(rows.map((row) => [row.id, row]));

const cityColumn = ({ id, name, region, country }: City & { country: string }): Record<string, unknown> => ({
  ...{ id, name, region_code: region, country_code: country },
});

const keysOf = (state: Pick<State, "users" | "affiliates" | "advertisers">): Map<string, KeyOwner> =>
  new Map<string, KeyOwner>([
    ...[...state.users.values()].map(({ api_key, id }) => [api_key, { kind: "admin", id }] as const),
    ...[...state.affiliates.values()].map(({ api_key, id }) => [api_key, { kind: "affiliate", id }] as const),
    ...[...state.advertisers.values()].map(({ api_key, id }) => [api_key, { kind: "advertiser", id }] as const),
  ]);

/** The seeded state: the same for the same options. */
export const createState = (options: SandboxOptions): State => {
  const { offers = 1000, categories = 40, conversions = 20_000 } = options;
  // The sample keys always have their owners.
  const users = Math.max(3, options.users ?? 12);
  const affiliates = Math.max(1, options.affiliates ?? 300);
  const advertisers = Math.max(1, options.advertisers ?? 60);
  const start = options.now ?? new Date();
  const time = start.getTime();
  const userRows = seedUsers(users, time);
  const affiliateRows = seedAffiliates(affiliates, userRows, time);
  const advertiserRows = seedAdvertisers(advertisers, userRows, affiliates, time);
  const categoryRows = seedCategories(categories);
  const sourceRows = seedSources();
  const smartlinkRows = seedSmartlinks(affiliates, time);
  const offerRows = seedOffers(
    { count: offers, advertisers: advertiserRows, affiliates: affiliateRows, categories: categoryRows, sources: sourceRows },
    smartlinkRows,
    time,
  );
  const traffic = seedTraffic(conversions, offerRows, time);
  const payments = seedPayments(traffic, affiliateRows, time);
  const paymentsByAffiliate = new Map<number, Payment[]>();
  for (const payment of payments)
    paymentsByAffiliate.set(payment.affiliate, [...(paymentsByAffiliate.get(payment.affiliate) ?? []), payment]);
  const automation = seedAutomation(offerRows, userRows[0]?.id ?? "", time);
  const people = { users: byId(userRows), affiliates: byId(affiliateRows), advertisers: byId(advertiserRows) };
  return {
    now: options.now ? () => start : () => new Date(),
    city: (id) => {
      const found = cities.get(id);
      return found && cityColumn(found);
    },
    queueDelay: options.queueDelay ?? 0,
    queue: [],
    keys: keysOf(people),
    ...people,
    categories: byId(categoryRows),
    sources: byId(sourceRows),
    offers: byId(offerRows),
    traffic,
    payments: byId(payments),
    paymentsByAffiliate,
    smartlinks: byId(smartlinkRows),
    postbacks: byId(seedPostbacks(affiliateRows, offerRows, time)),
    pixels: byId(seedPixels(offerRows, time)),
    news: byId(seedNews(time)),
    promocodes: byId(seedPromocodes(offerRows, time)),
    presets: byId(seedPresets(time)),
    adCosts: seedAdCosts(offerRows, time),
    invoices: new Map(seedInvoices(advertiserRows, traffic, time).map((one) => [one.number, one])),
    kpiRules: byId(automation.rules),
    kpiChanges: automation.changes,
    blocks: automation.blocks,
    tickets: byId(seedTickets(offerRows, affiliateRows, smartlinkRows, time)),
    paymentSystems,
    customFields,
    tagNumbers: new Map(),
    numbers: new Map([
      ...Object.entries({ user: users, affiliate: affiliates, advertiser: advertisers, category: categories, offer: offers }),
      ...Object.entries({ ticket: 400, payment: payments.length, invoice: advertisers, conversion: conversions + 1_000_000 }),
      // Seeded payouts and landings have the numbers of their offers, times ten.
      ...Object.entries({ payout: offers * 10 + 100_000, landing: offers * 10 + 100_000 }),
    ]),
  };
};
