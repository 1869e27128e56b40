import type { Advertiser } from "../model/advertiser.js";
import type { Affiliate } from "../model/affiliate.js";
import type { Caller } from "../model/caller.js";
import { groupBy } from "../model/group.js";
import type { Offer } from "../model/offer.js";
import { customFields, paymentSystems } from "../model/reference.js";
import { type SandboxOptions, type State, uglyNouns } from "../model/state.js";
import type { User } from "../model/user.js";
import { seedAdCosts } from "./ad-cost.js";
import { seedAdvertisers } from "./advertiser.js";
import { seedAffiliates } from "./affiliate.js";
import { seedAutomation } from "./automation.js";
import { seedCategories, seedSources } from "./category.js";
import { seedInvoices } from "./invoice.js";
import { seedNews } from "./news.js";
import { seedOffers } from "./offer.js";
import { seedPayments } from "./payment.js";
import { seedPixels, seedPostbacks } from "./postback.js";
import { seedPresets } from "./preset.js";
import { seedPromocodes } from "./promocode.js";
import { seedSmartlinks } from "./smartlink.js";
import { seedTickets } from "./ticket.js";
import { seedTraffic } from "./traffic.js";
import { seedUsers } from "./user.js";

const byId = <T extends { id: string | number }>(rows: readonly T[]): Map<T["id"], T> =>
  new Map(rows.map((row) => [row.id, row]));

const keysOf = (users: readonly User[], affiliates: readonly Affiliate[], advertisers: readonly Advertiser[]) =>
  new Map<string, Caller>([
    ...users.map((user) => [user.api_key, { kind: "admin", user }] as const),
    ...affiliates.map((affiliate) => [affiliate.api_key, { kind: "affiliate", affiliate }] as const),
    ...advertisers.map((advertiser) => [advertiser.api_key, { kind: "advertiser", advertiser }] as const),
  ]);

/** The last number given to each kind of row. */
const lastNumbers = (counts: Record<"users" | "affiliates" | "advertisers" | "categories" | "offers" | "conversions", number>) =>
  new Map([
    ["user", counts.users],
    ["affiliate", counts.affiliates],
    ["advertiser", counts.advertisers],
    ["category", counts.categories],
    ["offer", counts.offers],
    ["ticket", 400],
    ["invoice", counts.advertisers],
    ["conversion", counts.conversions + 1_000_000],
    // Seeded payouts and landings have the numbers of their offers, times ten.
    ["payout", counts.offers * 10 + 100_000],
    ["landing", counts.offers * 10 + 100_000],
  ]);

/** What is counted out of the rows of the other nouns: visits, and the money that follows from them. */
const seedMoney = (conversions: number, offers: Offer[], affiliates: Affiliate[], advertisers: Advertiser[], time: number) => {
  const traffic = seedTraffic(conversions, offers, time);
  const payments = seedPayments(traffic, affiliates, time);
  return {
    traffic,
    payments: byId(payments),
    paymentsByAffiliate: groupBy(payments, ({ affiliate }) => affiliate),
    invoices: new Map(seedInvoices(advertisers, traffic, time).map((one) => [one.number, one])),
  };
};

/** Gives an object more properties, which are made, all at once, when one of them is looked at. */
const lazily = <T extends object, U extends object>(target: T, names: readonly (keyof U)[], make: () => U): T & U => {
  let made: U | undefined;
  const read = (name: keyof U) => {
    made ??= make();
    return made[name];
  };
  for (const name of names) Object.defineProperty(target, name, { enumerable: true, get: () => read(name) });
  return target as T & U;
};

/**
 * The seeded state: the same for the same options. Visits and money, two thirds of the work, are made when somebody looks at them; whoever changes
 * rows looks at them before, since they follow from the rows as they were seeded.
 */
export const createState = (options: SandboxOptions): State => {
  const { offers = 1000, categories = 40, conversions = 20_000 } = options;
  // The sample keys always have their owners.
  const users = Math.max(3, options.users ?? 12);
  const affiliates = Math.max(1, options.affiliates ?? 300);
  const advertisers = Math.max(1, options.advertisers ?? 60);
  const time = options.now?.getTime() ?? Date.now();
  const ugly = new Set(options.ugly === "all" ? uglyNouns : options.ugly);
  const userRows = seedUsers(users, time);
  const affiliateRows = seedAffiliates(affiliates, userRows, time, ugly.has("affiliate"));
  const advertiserRows = seedAdvertisers(advertisers, userRows, affiliates, time, ugly.has("advertiser"));
  const categoryRows = seedCategories(categories);
  const sourceRows = seedSources();
  const smartlinkRows = seedSmartlinks(affiliates, time);
  const offerRows = seedOffers(
    { count: offers, advertisers: advertiserRows, affiliates: affiliateRows, categories: categoryRows, sources: sourceRows },
    smartlinkRows,
    time,
    ugly.has("offer"),
  );
  const numbers = lastNumbers({ users, affiliates, advertisers, categories, offers, conversions });
  const automation = seedAutomation(offerRows, userRows[0]?.id ?? "", time);
  const state = {
    now: options.now ? () => time : () => Date.now(),
    changes: 0,
    queueDelay: options.queueDelay ?? 0,
    queue: [],
    ugly,
    deletedOffers: new Map(),
    keys: keysOf(userRows, affiliateRows, advertiserRows),
    users: byId(userRows),
    affiliates: byId(affiliateRows),
    advertisers: byId(advertiserRows),
    categories: byId(categoryRows),
    sources: byId(sourceRows),
    offers: byId(offerRows),
    smartlinks: byId(smartlinkRows),
    postbacks: byId(seedPostbacks(affiliateRows, offerRows, time)),
    pixels: byId(seedPixels(offerRows, time)),
    news: byId(seedNews(time)),
    promocodes: byId(seedPromocodes(offerRows, time)),
    presets: byId(seedPresets(time)),
    adCosts: seedAdCosts(offerRows, time),
    kpiRules: byId(automation.rules),
    kpiChanges: automation.changes,
    blocks: automation.blocks,
    tickets: byId(seedTickets(offerRows, affiliateRows, smartlinkRows, time)),
    paymentSystems,
    customFields,
    tagNumbers: new Map(),
    numbers,
  };
  return lazily(state, ["traffic", "payments", "paymentsByAffiliate", "invoices"], () => {
    const money = seedMoney(conversions, offerRows, affiliateRows, advertiserRows, time);
    numbers.set("payment", money.payments.size);
    return money;
  });
};
