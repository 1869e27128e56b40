import { day, hour } from "../model/clock.js";
import { type Country, countries, countryOf, profiles } from "../model/geo.js";
import { goalTitles } from "../model/goal.js";
import type { Offer, OfferPayment } from "../model/offer.js";
import { createRandom, objectId, type Random } from "../model/random.js";
import {
  addClick,
  addConversion,
  type Click,
  type Conversion,
  type ConversionStatus,
  createTraffic,
  type Traffic,
} from "../model/traffic.js";
import { priceOf } from "../rule/payout.js";

const span = 60 * day;

const statuses: readonly ConversionStatus[] = [
  ...Array<ConversionStatus>(6).fill("confirmed"),
  ...(["pending", "pending", "declined", "hold"] as const),
];

const declineReasons = "anti_fraud cap_reached by_manager ip_duplicate by_server_postback min_click_time_not_reached".split(" ");

const trafficbackReasons = ["unknown-affiliate", "invalid-affiliate", "overcap", "inactive-offer", "geo-mismatch"];

const channels = ["fb", "tt", "gg", "native", "push", ""];

/** Offers by how busy they are: a few take most of the traffic, as in life. */
const busyOffers = (random: Random, offers: readonly Offer[], now: number): Source[] => {
  const running = offers.filter((offer) => offer.enabled.size > 0);
  return running.flatMap((offer) => {
    const weight =
      offer.id <= 5 ? 24 : offer.status !== "active" ? 1 : random.chance(0.08) ? random.int(12, 30) : random.int(1, 4);
    const source = sourceOf(offer, now);
    return Array.from({ length: weight }, () => source);
  });
};

/** What the clicks of an offer are drawn from. */
interface Source {
  offer: Offer;
  affiliates: readonly number[];
  countries: readonly Country[];
  landings: readonly number[];
  prelandings: readonly number[];
  floor: number;
  room: number;
}

const sourceOf = (offer: Offer, now: number): Source => {
  // An offer that is no longer active has had its traffic earlier.
  const youngest = offer.status === "active" ? 0 : 20 * day;
  const floor = Math.max(now - span + hour, Math.min(offer.created_at, now - youngest - hour));
  const idsOf = (type: string): number[] => offer.landings.filter((landing) => landing.type === type).map(({ id }) => id);
  const own = offer.countries.flatMap((code) => countryOf(code) ?? []);
  return {
    offer,
    affiliates: [...offer.enabled],
    countries: own.length ? own : countries,
    landings: idsOf("landing"),
    prelandings: idsOf("transit"),
    floor,
    room: Math.max(0, now - youngest - floor),
  };
};

const maybe = (random: Random, ids: readonly number[]): number | null =>
  ids.length && random.chance(0.8) ? random.pick(ids) : null;

const subTexts: readonly (readonly string[])[] = channels.flatMap((channel) =>
  ["", "", "", "camp1", "camp2", "camp3", "camp4"].map((campaign) => [channel, campaign, "", "", "", "", "", ""]),
);

const seedClick = (random: Random, sources: readonly Source[]): Click => {
  const { offer, affiliates, countries: places, landings, prelandings, floor, room } = random.pick(sources);
  const country = random.pick(places);
  const raw = random.int(3, offer.id % 9 === 0 ? 90 : 40);
  return {
    // Clicks are kept by the hour, never later than the present.
    time: Math.floor((floor + random.next() * room) / hour) * hour,
    offer: offer.id,
    advertiser: offer.advertiser,
    affiliate: random.chance(0.35) ? (affiliates[0] ?? 1) : random.pick(affiliates),
    country,
    city: random.pick(country.cities),
    isp: random.pick(country.isps),
    profile: random.pick(profiles),
    subs: random.pick(subTexts),
    landing: maybe(random, landings),
    prelanding: maybe(random, prelandings),
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

/** No conversion is on hold for longer. */
const longestHold = 30 * day;

const asStatus = (random: Random, time: number, now: number): ConversionStatus => {
  const status = random.pick(statuses);
  return status === "hold" && now - time >= longestHold ? "confirmed" : status;
};

const noCustom: readonly (string | null)[] = Array.from({ length: 15 }, () => null);

const spam: readonly string[] = ["click_spam"];

const harmless: readonly string[] = [];

const risks = ["not_analyzed", "no_risk", "low"];

const holdEnd = (offer: Offer, time: number): number | null =>
  offer.hold_period ? time + offer.hold_period * (offer.hold_type === "hours" ? hour : day) : null;

/** A conversion on hold becomes payable by itself, so its hold has an end, which is still to come. */
const holdUntil = (offer: Offer, time: number, status: ConversionStatus, now: number): number | null => {
  const end = holdEnd(offer, time);
  return status === "hold" && (end === null || end <= now) ? time + longestHold : end;
};

const seedConversion = (random: Random, number: number, click: Click, offer: Offer, now: number): Conversion => {
  const payment = paymentFor(random, offer, click.affiliate);
  const sum = payment?.type === "percent" ? random.int(20, 260) : null;
  const clickTime = click.time + random.int(0, 3599) * 1000;
  const time = Math.min(now - 1000, clickTime + random.int(1, 300) * 60_000);
  const status = asStatus(random, time, now);
  const goalValue = payment?.goal ?? "1";
  const { payout, revenue } = priceOf(payment, sum);
  const isFraud = status === "declined" && random.chance(0.3);
  return {
    id: objectId("conversion", number),
    number,
    time,
    offer: click.offer,
    affiliate: click.affiliate,
    country: click.country,
    city: click.city,
    isp: click.isp,
    profile: click.profile,
    subs: click.subs,
    landing: click.landing,
    prelanding: click.prelanding,
    smartlink: click.smartlink,
    actionId: null,
    clickId: null,
    clickTime: Math.min(clickTime, time),
    updated: status === "pending" || random.chance(0.5) ? time : Math.min(now, time + random.int(1, 48) * hour),
    advertiser: offer.advertiser,
    goal: goalTitles[Number(goalValue) - 1] ?? "",
    goalValue,
    status,
    payout,
    revenue,
    currency: (payment?.currency ?? "USD").toUpperCase(),
    sum,
    ip: `198.51.${random.int(0, 255)}.${random.int(1, 254)}`,
    referrer: random.chance(0.3) ? "https://blog.example/post" : "",
    custom: noCustom,
    comment: null,
    declineReason: status === "declined" ? (isFraud ? "anti_fraud" : random.pick(declineReasons)) : null,
    fraudRisk: isFraud ? "high" : random.pick(risks),
    fraudType: isFraud ? spam : harmless,
    paymentType: payment?.type ?? "fixed",
    paymentStatus: "opened",
    invoice: null,
    holdUntil: holdUntil(offer, time, status, now),
    promocode: null,
    imported: false,
  };
};

/** Clicks over the last sixty days and the conversions that came of them; every conversion has its click. */
export const seedTraffic = (count: number, offers: readonly Offer[], now: number): Traffic => {
  const traffic = createTraffic();
  const random = createRandom("traffic");
  const sources = busyOffers(random, offers, now);
  if (!sources.length) return traffic;
  for (let index = 0; index < count * 2; index += 1) addClick(traffic, seedClick(random, sources));
  const through = traffic.clicks.filter((click) => click.reason === null);
  const byId = new Map(offers.map((offer) => [offer.id, offer]));
  for (let number = 1; number <= count && through.length; number += 1) {
    const click = random.pick(through);
    const offer = byId.get(click.offer);
    if (offer) addConversion(traffic, seedConversion(random, number, click, offer, now));
  }
  return traffic;
};
