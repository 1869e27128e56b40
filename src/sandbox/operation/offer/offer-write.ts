import type { CapRule } from "../../model/cap.js";
import { wallClock } from "../../model/clock.js";
import { cities } from "../../model/geo.js";
import type { Offer, OfferLanding, OfferPayment } from "../../model/offer.js";
import { objectId, uuid } from "../../model/random.js";
import type { BodyInput, Upload } from "../../model/route.js";
import { type Row, take } from "../../model/row.js";
import { nextNumber, type State } from "../../model/state.js";
import { capFault } from "../../rule/cap.js";
import { rejected } from "../../rule/failure.js";
import { asCapRule, asTargetingGroup, asTier, blankColumns, blankPayment } from "../../rule/offer-blank.js";
import { addCreatives } from "./creative.js";
import { writeColumns } from "./offer-column.js";

export type OfferBody = BodyInput<"POST /3.0/admin/offer/{id}">;

const asCap = (sent: NonNullable<OfferBody["caps"]>[number], index: number): CapRule => {
  const missing = (["period", "type", "value"] as const).find((name) => sent[name] === undefined);
  if (missing) throw rejected(`caps[${index}][${missing}] is required`);
  const cap = asCapRule({ ...sent, country: (sent.country ?? []).map((code) => code.toUpperCase()) });
  const fault = capFault(cap, index);
  if (fault) throw rejected(fault);
  return cap;
};

const asCity = (id: number): Row | undefined => {
  const city = cities.get(id);
  return city && { id, name: city.name, region_code: city.region, country_code: city.country };
};

/** A payout rule as stored: one sent with the id of a rule that exists keeps what is left out. */
const asPayment = (state: State, sent: Row, present: readonly OfferPayment[]): OfferPayment => {
  const before = present.find((one) => String(one.id) === String(sent.id));
  const os = typeof sent.os === "string" ? sent.os.split(",").filter(Boolean) : sent.os;
  const cities = Array.isArray(sent.cities) ? sent.cities.flatMap((id) => asCity(Number(id)) ?? []) : undefined;
  const exclude = sent.country_exclude === undefined ? undefined : sent.country_exclude === 1;
  const changes = { ...sent, os, cities, country_exclude: exclude };
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return { ...(before ?? blankPayment()), ...given, id: before?.id ?? nextNumber(state, "payout") } as OfferPayment;
};

const asLanding = (state: State, sent: Row, present: readonly OfferLanding[]): OfferLanding => {
  const before = present.find((one) => one.id === sent.id);
  return { type: "landing", ...before, ...sent, id: before?.id ?? nextNumber(state, "landing") } as OfferLanding;
};

/** Ids for titles or ids, whichever was sent. */
const known = (field: string, sent: readonly string[], rows: Iterable<{ id: string; title: string }>): string[] => {
  const all = [...rows];
  return sent.map((text) => {
    const found = all.find(({ id, title }) => id === text || title.toLowerCase() === text.toLowerCase());
    if (!found) throw rejected(`${field} holds ${text}, which does not exist`);
    return found.id;
  });
};

const writeSubAccounts = (offer: Offer, body: OfferBody): void => {
  const accounts: Partial<Record<"1" | "2", { value: unknown; except: unknown }>> = { ...(offer.columns.sub_accounts as object) };
  for (const number of ["1", "2"] as const) {
    const except = body[`sub_account_${number}_except`];
    // Old offers print an empty list where there are no rules.
    const before = accounts[number] ?? { value: "", except: false };
    const value = body[`sub_account_${number}`] ?? before.value;
    accounts[number] = { value, except: except === undefined ? before.except : except === 1 };
  }
  offer.columns.sub_accounts = accounts;
};

const writeSchedule = (offer: Offer, sent: NonNullable<OfferBody["schedule"]>): void => {
  const before = (offer.detail.schedule ?? { enabled: 0, date_start: null, date_to: null, timezone: null, intervals: [] }) as Row;
  const { intervals, ...plain } = sent;
  const flat = intervals?.flatMap((spans, weekday) => spans.map(({ from = 0, to = 23 }) => ({ day_of_week: weekday, from, to })));
  offer.detail.schedule = { ...before, ...plain, ...(flat ? { intervals: flat } : {}) };
};

/** Privacy in the words of bodies, which say protected where rows say premoderated. */
export const privacyOf = { public: "public", protected: "premoderated", private: "private" } as const;

const check = (state: State, body: OfferBody): void => {
  if (body.advertiser !== undefined && !state.advertisers.has(body.advertiser))
    throw rejected("advertiser is not the id of an advertiser");
  if (body.caps_timezone && !wallClock(body.caps_timezone)) throw rejected("caps_timezone is not the name of a time zone");
  if (body.cross_postback_method === "post" && !body.cross_postback_body)
    throw rejected("cross_postback_body is required when the method is post");
  body.caps?.forEach(asCap);
};

const writeRules = (state: State, offer: Offer, body: OfferBody): void => {
  if (body.payments) offer.payments = body.payments.map((sent) => asPayment(state, sent as Row, offer.payments));
  if (body.partner_payments) {
    offer.partner_payments = body.partner_payments.map((sent) => ({
      partners: [],
      ...asPayment(state, sent as Row, offer.partner_payments),
    }));
  }
  if (body.payments)
    offer.countries = [...new Set(offer.payments.flatMap((one) => one.countries.map((code) => code.toUpperCase())))];
  if (body.landings !== undefined) {
    const sent: readonly object[] = body.landings === "" ? [] : body.landings;
    offer.landings = sent.map((one) => asLanding(state, one as Row, offer.landings));
  }
  if (body.caps) offer.caps = body.caps.map(asCap);
  if (body.targeting) {
    offer.targeting = body.targeting.map((sent) => {
      const before = offer.targeting.find((group) => group.id === sent.id);
      return asTargetingGroup({ ...before, ...sent }, before ? String(before.id) : uuid("group", nextNumber(state, "group")));
    });
  }
  if (body.commission_tiers)
    offer.commission_tiers = body.commission_tiers.map((sent) => asTier(sent, uuid("tier", nextNumber(state, "tier"))));
};

/** Lays a body over an offer. An absent field leaves what is there, an empty text clears a list. */
export const writeOffer = (state: State, offer: Offer, body: OfferBody, uploads: readonly Upload[]): void => {
  check(state, body);
  const categories = body.categories && known("categories", body.categories, state.categories.values());
  const sources = body.sources && known("sources", body.sources, state.sources.values());
  take(offer, body, ["title", "advertiser", "status", "caps_timezone", "hold_period", "hold_type"]);
  take(offer, body, ["tags", "smartlink_categories", "caps_status"]);
  offer.privacy = body.privacy === undefined ? offer.privacy : privacyOf[body.privacy];
  offer.categories = categories ?? offer.categories;
  offer.sources = sources?.map((id) => ({ id, allowed: 1 })) ?? offer.sources;
  writeRules(state, offer, body);
  writeColumns(offer, body as Row);
  writeSubAccounts(offer, body);
  if (body.schedule) writeSchedule(offer, body.schedule);
  addCreatives(state, offer, body, uploads);
  const logo = uploads.find(({ field }) => field === "logo");
  if (logo) offer.columns.logo = `/images/offers/${offer.id}/${logo.name}`;
  offer.updated_at = state.now();
};

/** A new offer; stopped unless told otherwise. */
export const createOffer = (state: State, body: BodyInput<"POST /3.0/admin/offer">, uploads: readonly Upload[]): Offer => {
  check(state, body);
  const now = state.now();
  const offer: Offer = {
    id: 0,
    offer_id: "",
    title: body.title,
    advertiser: body.advertiser,
    status: "stopped",
    privacy: "public",
    enabled: new Set<number>(),
    disabled: new Set<number>(),
    categories: [],
    sources: [],
    ...{ payments: [], partner_payments: [], landings: [], caps: [], caps_timezone: null, targeting: [], commission_tiers: [] },
    ...{ creatives: [], tags: [], countries: [], smartlink_categories: [], hold_period: 0, hold_type: "days" },
    ...{ caps_status: ["confirmed", "pending", "hold"], created_at: now, updated_at: now, quirk: null },
    ...blankColumns(),
  };
  writeOffer(state, offer, body, uploads);
  offer.id = nextNumber(state, "offer");
  offer.offer_id = objectId("offer", offer.id);
  state.offers.set(offer.id, offer);
  return offer;
};
