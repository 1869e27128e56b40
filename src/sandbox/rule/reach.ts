import type { Advertiser } from "../model/advertiser.js";
import type { Affiliate } from "../model/affiliate.js";
import type { Caller } from "../model/caller.js";
import type { Offer } from "../model/offer.js";
import { allows, entityAllows, type Level } from "../model/permission.js";
import type { Call } from "../model/route.js";
import type { State } from "../model/state.js";
import type { Visit } from "../model/traffic.js";
import { denied, notFound, orNotFound } from "./failure.js";

/** Refuses a network user who lacks a permission, such as that for a slice. */
export const requirePermission = (caller: Caller, permission: string, level: Level = "read"): void => {
  if (caller.kind === "admin" && !allows(caller.user.permissions, permission, level)) throw denied();
};

/** Whether the caller may read or edit an advertiser, and with it the advertiser's offers and invoices. */
export const reachesAdvertiser = (caller: Caller, advertiser: Advertiser | undefined, level: Level): boolean => {
  if (!advertiser) return caller.kind === "admin" && allows(caller.user.permissions, "users.entity-advertiser", level);
  if (caller.kind === "advertiser") return level === "read" && caller.advertiser.id === advertiser.id;
  if (caller.kind === "affiliate") return false;
  const { user } = caller;
  return user.id === advertiser.manager || entityAllows(user.permissions, "users.entity-advertiser", advertiser.id, level);
};

/** Whether the caller may read or edit an affiliate. */
export const reachesAffiliate = (caller: Caller, affiliate: Affiliate, level: Level): boolean => {
  if (caller.kind === "affiliate") return caller.affiliate.id === affiliate.id;
  if (caller.kind === "advertiser") return false;
  const { user } = caller;
  return user.id === affiliate.manager || entityAllows(user.permissions, "users.entity-affiliate", affiliate.id, level);
};

/** Whether an affiliate sees an offer at all. */
export const isVisibleTo = (state: State, offer: Offer, affiliate: Affiliate): boolean => {
  if (offer.status !== "active" || offer.disabled.has(affiliate.id)) return false;
  if (state.advertisers.get(offer.advertiser)?.affiliates_disabled.includes(affiliate.id)) return false;
  return offer.privacy !== "private" || offer.enabled.has(affiliate.id);
};

/** Whether an affiliate may send traffic to an offer. */
export const mayRun = (state: State, offer: Offer, affiliate: Affiliate): boolean =>
  isVisibleTo(state, offer, affiliate) && (offer.privacy === "public" || offer.enabled.has(affiliate.id));

/** Whether the caller sees an offer, or may edit it. */
export const reachesOffer = (state: State, caller: Caller, offer: Offer, level: Level = "read"): boolean =>
  caller.kind === "affiliate"
    ? level === "read" && isVisibleTo(state, offer, caller.affiliate)
    : reachesAdvertiser(caller, state.advertisers.get(offer.advertiser), level);

/** Whether the caller may know of a click or a conversion. */
export const reachesVisit = (state: State, caller: Caller, one: Visit): boolean => {
  if (caller.kind === "affiliate") return one.affiliate === caller.affiliate.id;
  return reachesAdvertiser(caller, state.advertisers.get(one.advertiser), "read");
};

/** An offer by its number, or by its 24 hex digits where an operation takes them. */
const offerBy = ({ offers }: State, id: number | string): Offer | undefined =>
  typeof id === "number" ? offers.get(id) : [...offers.values()].find(({ offer_id }) => offer_id === id.toLowerCase());

/** The offer, if the caller may read it or edit it. */
export const existingOffer = (call: Call, id: number | string, level: "read" | "write" = "read"): Offer => {
  const offer = offerBy(call.state, id);
  if (!offer || !reachesOffer(call.state, call.caller, offer, "read")) throw notFound();
  if (level === "write" && !reachesOffer(call.state, call.caller, offer, "write")) throw denied();
  return offer;
};

/** The offer, for reports and costs, which tell callers that may not read or edit it that it is there. */
export const knownOffer = (call: Call, id: number, level: Level): Offer => {
  const offer = orNotFound(call.state.offers.get(id));
  if (!reachesOffer(call.state, call.caller, offer, level)) throw denied();
  return offer;
};

/** The affiliate, if the caller may read it or edit it. */
export const existingAffiliate = (call: Call, id: number, level: Level): Affiliate => {
  const affiliate = orNotFound(call.state.affiliates.get(id));
  if (!reachesAffiliate(call.caller, affiliate, level)) throw denied();
  return affiliate;
};

/** The offers of a bulk write: unknown ids are passed over, and one that may not be edited refuses all. */
export const editableOffers = (call: Call, ids: readonly number[]): Offer[] => {
  const found = ids.flatMap((id) => call.state.offers.get(id) ?? []);
  if (!found.length) throw notFound();
  if (found.some((offer) => !reachesOffer(call.state, call.caller, offer, "write"))) throw denied();
  return found;
};
