import type { Affiliate } from "../affiliate.js";
import { day, hour } from "../clock.js";
import type { Offer, OfferPayment } from "../offer.js";
import { createRandom, objectId, type Random, uuid } from "../random.js";
import {
  addClick,
  addConversion,
  type Click,
  type Conversion,
  type ConversionStatus,
  createTraffic,
  type Traffic,
} from "../traffic.js";
import { goalTitles } from "./brand.js";
import { countries, countryOf, profiles } from "./geo.js";

const span = 60 * day;
const statuses: readonly ConversionStatus[] = [
  "confirmed",
  "confirmed",
  "confirmed",
  "confirmed",
  "confirmed",
  "confirmed",
  "pending",
  "pending",
  "declined",
  "hold",
];
const declineReasons = [
  "anti_fraud",
  "cap_reached",
  "by_manager",
  "ip_duplicate",
  "by_server_postback",
  "min_click_time_not_reached",
];
const trafficbackReasons = ["unknown-affiliate", "invalid-affiliate", "overcap", "inactive-offer", "geo-mismatch"];
const channels = ["fb", "tt", "gg", "native", "push", ""];

/** Offers by how busy they are: a few take most of the traffic, as in life. */
const busyOffers = (random: Random, offers: readonly Offer[]): Offer[] => {
  const running = offers.filter((offer) => offer.enabled.size > 0);
  return running.flatMap((offer) => {
    const weight =
      offer.id <= 5 ? 24 : offer.status !== "active" ? 1 : random.chance(0.08) ? random.int(12, 30) : random.int(1, 4);
    return Array.from({ length: weight }, () => offer);
  });
};

const landingOf = (random: Random, offer: Offer, type: string): number | null => {
  const found = offer.landings.filter((landing) => landing.type === type);
  return found.length && random.chance(0.8) ? random.pick(found).id : null;
};

const visitTime = (random: Random, offer: Offer, now: number): number => {
  // An offer that is no longer active has had its traffic earlier.
  const youngest = offer.status === "active" ? 0 : 20 * day;
  const floor = Math.max(now - span + hour, Math.min(offer.created_at, now - youngest - hour));
  return floor + random.next() * Math.max(0, now - youngest - floor);
};

const seedClick = (random: Random, offers: readonly Offer[], now: number): Click => {
  const offer = random.pick(offers);
  const affiliates = [...offer.enabled];
  const favourite = affiliates[0] ?? 1;
  const country = (offer.countries.length ? countryOf(random.pick(offer.countries)) : undefined) ?? random.pick(countries);
  const raw = random.int(3, offer.id % 9 === 0 ? 90 : 40);
  const channel = random.pick(channels);
  return {
    // Clicks are kept by the hour, never later than the present.
    time: Math.floor(visitTime(random, offer, now) / hour) * hour,
    offer: offer.id,
    affiliate: random.chance(0.35) ? favourite : random.pick(affiliates),
    country,
    city: random.pick(country.cities),
    isp: random.pick(country.isps),
    profile: random.pick(profiles),
    subs: [channel, random.chance(0.5) ? `camp${random.int(1, 9)}` : "", "", "", "", "", "", ""],
    landing: landingOf(random, offer, "landing"),
    prelanding: landingOf(random, offer, "transit"),
    smartlink: random.chance(0.06) ? (offer.smartlink_categories[0] ?? null) : null,
    raw,
    uniq: Math.max(1, Math.round(raw * (0.7 + random.next() * 0.25))),
    views: offer.columns.allow_impressions === true ? raw * random.int(5, 20) : 0,
    reason: random.chance(0.04) ? random.pick(trafficbackReasons) : null,
  };
};

const paymentFor = (random: Random, offer: Offer, affiliate: number): OfferPayment | undefined => {
  const personal = offer.partner_payments.find((payment) => payment.partners?.includes(affiliate));
  if (personal && random.chance(0.8)) return personal;
  return offer.payments.length ? offer.payments[Math.min(offer.payments.length - 1, random.chance(0.75) ? 0 : 1)] : undefined;
};

const cents = (value: number): number => Math.round(value * 100) / 100;

/** What a conversion of a payout rule is worth: percent rules take their share of the sum. */
export const priceOf = (payment: OfferPayment | undefined, sum: number | null): { payout: number; revenue: number } => {
  if (!payment) return { payout: 0, revenue: 0 };
  const share = payment.type === "percent" ? (sum ?? 0) / 100 : 1;
  return { payout: cents(payment.revenue * share), revenue: cents(payment.total * share) };
};

const asStatus = (random: Random, time: number, now: number): ConversionStatus => {
  const status = random.pick(statuses);
  return status === "hold" && now - time > 30 * day ? "confirmed" : status;
};

const seedConversion = (random: Random, number: number, click: Click, offer: Offer, now: number): Conversion => {
  const payment = paymentFor(random, offer, click.affiliate);
  const sum = payment?.type === "percent" ? random.int(20, 260) : null;
  const clickTime = click.time + random.int(0, 3599) * 1000;
  const time = Math.min(now - 1000, clickTime + random.int(1, 300) * 60_000);
  const status = asStatus(random, time, now);
  const goalValue = payment?.goal ?? "1";
  const clickid = objectId("click", number);
  const { raw: _raw, uniq: _uniq, views: _views, reason: _reason, ...visit } = click;
  const isFraud = status === "declined" && random.chance(0.3);
  return {
    ...visit,
    ...{
      id: objectId("conversion", number),
      number,
      action_id: uuid("action", number),
      clickid,
      time,
      clickTime: Math.min(clickTime, time),
    },
    updated: status === "pending" || random.chance(0.5) ? time : Math.min(now, time + random.int(1, 48) * hour),
    ...{
      advertiser: offer.advertiser,
      goal: goalTitles[Number(goalValue) - 1] ?? "",
      goalValue,
      status,
      ...priceOf(payment, sum),
      sum,
    },
    currency: (payment?.currency ?? "USD").toUpperCase(),
    ip: `198.51.${random.int(0, 255)}.${random.int(1, 254)}`,
    referrer: random.chance(0.3) ? "https://blog.example/post" : "",
    custom: [random.chance(0.2) ? `cf${random.int(1, 99)}` : null, null, null, null, null, null, null],
    ...{ comment: null, declineReason: status === "declined" ? (isFraud ? "anti_fraud" : random.pick(declineReasons)) : null },
    ...{
      fraudRisk: isFraud ? "high" : random.pick(["not_analyzed", "no_risk", "low"]),
      fraudType: isFraud ? ["click_spam"] : [],
    },
    ...{ paymentType: payment?.type ?? "fixed", paymentStatus: "opened", invoice: null, promocode: null, imported: false },
    holdUntil: offer.hold_period ? time + offer.hold_period * (offer.hold_type === "hours" ? hour : day) : null,
  };
};

/** Clicks over the last sixty days and the conversions that came of them; every conversion has its click. */
export const seedTraffic = (count: number, offers: readonly Offer[], affiliates: readonly Affiliate[], now: number): Traffic => {
  const traffic = createTraffic();
  const random = createRandom("traffic");
  const busy = busyOffers(random, offers);
  if (!busy.length || !affiliates.length) return traffic;
  for (let index = 0; index < count * 2; index += 1) addClick(traffic, seedClick(random, busy, now));
  const through = traffic.clicks.filter((click) => click.reason === null);
  const byId = new Map(offers.map((offer) => [offer.id, offer]));
  for (let number = 1; number <= count && through.length; number += 1) {
    const click = random.pick(through);
    const offer = byId.get(click.offer);
    if (offer) addConversion(traffic, seedConversion(random, number, click, offer, now));
  }
  return traffic;
};
