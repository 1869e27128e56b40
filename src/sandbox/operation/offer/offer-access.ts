import type { Offer } from "../../model/offer.js";
import type { Call, Routes } from "../../model/route.js";
import { denied, notFound, refused, rejected } from "../../rule/failure.js";
import { existingAffiliate, existingOffer, reachesAffiliate, reachesOffer } from "../../rule/reach.js";
import { openTicket } from "../affiliate/ticket.js";

type Connecting = Call<"POST /3.0/offer/enable-affiliate"> | Call<"POST /3.0/offer/disable-affiliate">;

/** Connecting takes the right to edit either side: the offer or the affiliate. */
const offersToConnect = (call: Connecting): Offer[] => {
  const affiliate = call.state.affiliates.get(call.body.pid);
  if (!affiliate) throw rejected("pid is not the id of an affiliate");
  const found = call.body.offer_id.flatMap((id) => call.state.offers.get(id) ?? []);
  if (!found.length) throw notFound();
  const editsAffiliate = reachesAffiliate(call.caller, affiliate, "write");
  const isAllowed = (offer: Offer): boolean =>
    reachesOffer(call.state, call.caller, offer, "write") || (editsAffiliate && reachesOffer(call.state, call.caller, offer));
  if (!found.every(isAllowed)) throw denied();
  return found;
};

const connect = (offer: Offer, id: number): void => {
  offer.enabled.add(id);
  offer.disabled.delete(id);
};

const disconnect = (offer: Offer, id: number): void => {
  offer.enabled.delete(id);
  if (offer.privacy === "public") offer.disabled.add(id);
};

export const offerAccess: Routes = {
  "GET /3.1/offers/{id}/privacy": (call) => {
    const offer = existingOffer(call, call.path.id);
    return { affiliates_disabled: [...offer.disabled], affiliates_enabled: [...offer.enabled], privacy_level: offer.privacy };
  },
  "POST /3.0/offer/enable-affiliate": (call) => {
    for (const offer of offersToConnect(call)) connect(offer, call.body.pid);
    return { status: 1, message: "Affiliate enabled" };
  },
  "POST /3.0/offer/disable-affiliate": (call) => {
    for (const offer of offersToConnect(call)) disconnect(offer, call.body.pid);
    return { status: 1, message: "Affiliate disabled" };
  },
  "POST /3.0/admin/offer/{id}/disable-affiliates": (call) => {
    const offer = existingOffer(call, call.path.id, "write");
    if (offer.privacy === "public") throw refused("Offer is public");
    offer.enabled.clear();
    return { status: 1, message: "All affiliates disabled" };
  },
  "POST /3.0/admin/affiliate/{id}/disable-offers": (call) => {
    const affiliate = existingAffiliate(call, call.path.id, "write");
    for (const offer of call.state.offers.values()) if (offer.privacy !== "public") offer.enabled.delete(affiliate.id);
    return { status: 1, message: "All offers disabled" };
  },
  "POST /3.0/partner/activation/offer": (call) => {
    if (call.caller.kind !== "affiliate") throw denied();
    const offer = existingOffer(call, call.body.offer_id);
    if (offer.enabled.has(call.caller.affiliate.id)) throw refused("Offer is already enabled");
    openTicket(call.state, call.caller.affiliate, offer, call.body.comment);
    return { status: 1, message: "Request sent" };
  },
};
