import type { Advertiser } from "../model/advertiser.js";
import type { Affiliate } from "../model/affiliate.js";
import type { Category } from "../model/category.js";
import { day, spaced } from "../model/clock.js";
import { countries } from "../model/geo.js";
import type { Offer, OfferLanding, OfferPayment } from "../model/offer.js";
import { createRandom, objectId, type Random, uuid } from "../model/random.js";
import type { Row } from "../model/row.js";
import type { Smartlink } from "../model/smartlink.js";
import type { Source } from "../model/source.js";
import { cents } from "../rule/ledger.js";
import { blankColumns, blankPayment } from "../rule/offer-blank.js";
import { brand, goalValue, type Vertical, verticals } from "./brand.js";
import { seedCaps, seedSchedule, seedTargeting, seedTiers } from "./offer-rule.js";
import { makeUgly } from "./offer-ugly.js";

export interface OfferWorld {
  count: number;
  advertisers: readonly Advertiser[];
  affiliates: readonly Affiliate[];
  categories: readonly Category[];
  sources: readonly Source[];
}

const currencyFor = (random: Random): string => (random.chance(0.8) ? "USD" : random.pick(["EUR", "EUR", "GBP"]));

const blankRule: Row = { ...blankPayment(), currency: "USD", type: "fixed", baseline_value: null };

const rule = (id: number, extra: Row): OfferPayment => ({ ...blankRule, ...extra, id }) as OfferPayment;

const seedPayouts = (random: Random, id: number, vertical: Vertical, codes: readonly string[]): OfferPayment[] => {
  const currency = currencyFor(random);
  const [low, high] = vertical.price;
  return vertical.goals.map((title, index) => {
    const isPercent = vertical.model === "CPS" && index === vertical.goals.length - 1 && random.chance(0.4);
    const total = isPercent ? random.int(8, 20) : cents((low + random.next() * (high - low)) * (index ? 1.8 : 1));
    return rule(id * 10 + index, {
      title,
      goal: goalValue(title),
      countries: [...codes],
      total,
      revenue: cents(total * (0.62 + random.next() * 0.23)),
      // Lower-case codes are seen on the wire; every eighth offer has them.
      currency: id % 8 === 5 ? currency.toLowerCase() : currency,
      type: isPercent ? "percent" : "fixed",
      ...(vertical.mobile ? { os: ["iOS", "Android"], devices: ["mobile", "tablet"] } : {}),
    });
  });
};

const seedPersonal = (
  random: Random,
  id: number,
  payments: readonly OfferPayment[],
  affiliates: readonly number[],
): OfferPayment[] => {
  const [first] = payments;
  if (!first || !affiliates.length || !random.chance(0.25)) return [];
  const partners = random.some(affiliates, random.int(1, 3));
  return [{ ...first, id: id * 10 + 9, title: "Personal", revenue: cents(first.revenue * 1.1), partners }];
};

const seedLandings = (random: Random, id: number, slug: string): OfferLanding[] =>
  Array.from({ length: random.chance(0.45) ? random.int(1, 3) : 0 }, (_, index) => ({
    id: id * 10 + index + 1,
    title: `${["Main", "Short form", "Quiz"][index]} page`,
    url: `https://${slug}.example/l${index + 1}?click={clickid}`,
    url_preview: `https://${slug}.example/l${index + 1}`,
    type: index === 2 ? "transit" : "landing",
  }));

const seedCreatives = (random: Random, id: number): Row[] =>
  Array.from({ length: random.chance(0.35) ? random.int(1, 4) : 0 }, (_, index) => {
    const isHtml = index === 2;
    const [width, height] = random.pick([
      [300, 250],
      [728, 90],
      [320, 50],
    ] as const);
    const title = isHtml ? `playable-${id}.html` : `banner-${id}-${index + 1}.jpg`;
    return {
      ...{ id: uuid("seed-creative", id * 10 + index), title, type: isHtml ? "text/html" : "image/jpeg" },
      ...{ url: `/creatives/${id}/${title}`, width, height, size: random.int(9_000, 190_000), overwritten: false, countries: [] },
      ...(isHtml ? { assets: [{ url: `/creatives/${id}/logo.png`, title: "logo.png", size: 2048 }] } : {}),
    };
  });

const writtenColumns = (
  random: Random,
  id: number,
  title: string,
  slug: string,
  vertical: Vertical,
): Pick<Offer, "columns" | "detail"> => {
  const { columns, detail } = blankColumns();
  const goals = vertical.goals.join(", ");
  return {
    columns: {
      ...columns,
      url: `https://${slug}.example/track?aff_click={clickid}&pub={pid}`,
      url_preview: `https://${slug}.example`,
      description_lang: {
        en: `${title}. Paid for: ${goals}.`,
        ...(random.chance(0.2) ? { ru: `${title}. Оплата за: ${goals}.` } : {}),
      },
      kpi: { en: random.pick(["", "CR above 1%", "No fraud, day-7 retention above 12%", "Deposit rate above 20%"]) },
      logo: random.chance(0.8) ? `/images/offers/${id}.png` : "",
      bundle_id: vertical.mobile ? `example.${slug}.app` : "",
      external_offer_id: random.chance(0.3) ? `ext-${id}` : null,
      is_cpi: vertical.model === "CPI",
      is_top: random.chance(0.08) ? 1 : 0,
      strictly_country: random.chance(0.5) ? 1 : 0,
      strictly_connection_type: random.pick(["", "", "", "wi-fi", "cellular"]),
      notice_percent_overcap: random.chance(0.3) ? 80 : null,
      is_redirect_overcap: random.chance(0.3),
      hide_payments: random.chance(0.03),
      allow_deeplink: random.chance(0.2) ? 1 : 0,
      allow_impressions: random.chance(0.3),
      enabled_commission_tiers: false,
      note_sales: random.pick(["", "", "Budget renewed monthly"]),
      notes: random.pick(["", "", "Check quality weekly"]),
      hash_password: random.chance(0.2) ? uuid("hash", id).slice(0, 8) : "",
      sign_clicks_integration: random.pick(["no_sign", "no_sign", "no_sign", "appsflyer"]),
    },
    detail: {
      ...detail,
      hide_caps: random.chance(0.1) ? 1 : 0,
      reject_not_uniq_ip: random.chance(0.1) ? 1 : 0,
      schedule: seedSchedule(random),
    },
  };
};

const connect = (random: Random, offer: Offer, active: readonly number[]): void => {
  for (const id of random.some(active, random.int(2, offer.privacy === "private" ? 8 : 16))) offer.enabled.add(id);
  if (active.includes(1) && random.chance(0.25)) offer.enabled.add(1);
  if (random.chance(0.1)) for (const id of random.some(active, 2)) if (!offer.enabled.has(id)) offer.disabled.add(id);
};

const seedOffer = (
  random: Random,
  id: number,
  world: OfferWorld,
  smartlinks: readonly Smartlink[],
  active: readonly number[],
  now: number,
): Offer => {
  const vertical = random.pick(verticals);
  const name = brand(random);
  const slug = `${name.toLowerCase()}${id}`;
  const codes = random.chance(0.12) ? [] : random.some(countries, random.int(1, 4)).map(({ code }) => code);
  const title = `${name} ${vertical.name} - ${codes.join(", ") || "Worldwide"} [${vertical.model}]`;
  const created = now - random.int(70, 700) * day - random.int(0, 80_000) * 1000;
  const payments = seedPayouts(random, id, vertical, codes);
  const status = id <= 3 || random.chance(0.7) ? "active" : random.pick(["stopped", "suspended"] as const);
  const privacy = id <= 3 || random.chance(0.62) ? "public" : random.pick(["premoderated", "private"] as const);
  const columns = writtenColumns(random, id, title, slug, vertical);
  const tiers = seedTiers(random, id);
  columns.columns.enabled_commission_tiers = tiers.length > 0;
  const offer: Offer = {
    ...{ id, offer_id: objectId("offer", id), title, status, privacy, enabled: new Set(), disabled: new Set() },
    advertiser: (id % 40 === 1 ? world.advertisers[0] : random.pick(world.advertisers))?.id ?? "",
    categories: random.some(world.categories, random.int(1, 2)).map((one) => one.id),
    sources: random.some(world.sources, random.int(2, 5)).map((one) => ({ id: one.id, allowed: random.chance(0.8) ? 1 : 0 })),
    ...{ payments, partner_payments: seedPersonal(random, id, payments, active), landings: seedLandings(random, id, slug) },
    caps: seedCaps(random, id, payments, codes, active),
    caps_status: random.pick([["confirmed", "pending", "hold"], ["confirmed"], ["confirmed", "pending"]]),
    caps_timezone: random.pick([null, "UTC", "Europe/Berlin", "America/New_York"]),
    ...{ targeting: seedTargeting(random, id, codes, active), commission_tiers: tiers, creatives: seedCreatives(random, id) },
    tags: random.some(["exclusive", "top", "new", "mobile", "tested", "seasonal"], random.int(0, 2)),
    countries: codes,
    smartlink_categories: smartlinks.length && random.chance(0.3) ? [random.pick(smartlinks).id] : [],
    hold_period: random.pick([0, 0, 7, 14, 30]),
    ...{ hold_type: "days", created_at: created, updated_at: created + random.int(1, 60) * day },
    ...{ ...columns, quirk: null },
  };
  if (random.chance(0.1)) offer.columns.stop_at = spaced(now + random.int(10, 300) * day);
  connect(random, offer, active);
  return offer;
};

/** The offers, numbered from 1. The first three are active and public; the ugly ones are named in offer-ugly.ts. */
export const seedOffers = (world: OfferWorld, smartlinks: readonly Smartlink[], now: number, hasUgly: boolean): Offer[] => {
  const random = createRandom("offers");
  if (!world.advertisers.length) return [];
  const active = world.affiliates.filter(({ status }) => status === "active").map(({ id }) => id);
  return Array.from({ length: world.count }, (_, index) => {
    const offer = seedOffer(random, index + 1, world, smartlinks, active, now);
    if (hasUgly) makeUgly(offer);
    return offer;
  });
};
