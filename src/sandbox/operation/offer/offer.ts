import type { Offer } from "../../model/offer.js";
import type { Call, Routes } from "../../model/route.js";
import type { Row } from "../../model/row.js";
import { denied, orNotFound, rejected } from "../../rule/failure.js";
import { findOffers } from "../../rule/offer-filter.js";
import { listed, pageWithNext } from "../../rule/paging.js";
import { editableOffers, existingOffer, isVisibleTo, reachesAdvertiser, reachesOffer } from "../../rule/reach.js";
import { advertiserOffer, affiliateOffer, offerDetail, offerRow } from "../../view/offer.js";
import { createOffer, privacyOf, writeOffer } from "./offer-write.js";

const view = (call: Call, offer: Offer): Row => {
  if (call.caller.kind === "affiliate") return affiliateOffer(call.state, offer, call.caller.affiliate);
  return call.caller.kind === "advertiser" ? advertiserOffer(call.state, offer) : offerRow(call.state, offer);
};

export const offer: Routes = {
  "GET /3.0/offers": (call) => {
    const { state, caller, query } = call;
    const withAffiliates = caller.kind === "admin" && query.additional_fields === "enabled_affiliates";
    return listed("offers", pageWithNext(findOffers(state, caller, query), query), (one) =>
      withAffiliates ? { ...view(call, one), enabled_affiliates: [...one.enabled] } : view(call, one),
    );
  },
  "GET /3.0/offer/{id}": (call) => {
    const found = existingOffer(call, call.path.id);
    return { status: 1, offer: call.caller.kind === "admin" ? offerDetail(call.state, found) : view(call, found) };
  },
  "POST /3.0/admin/offer": (call) => {
    const advertiser = call.state.advertisers.get(call.body.advertiser);
    if (!advertiser) throw rejected("advertiser is not the id of an advertiser");
    if (!reachesAdvertiser(call.caller, advertiser, "write")) throw denied();
    const made = createOffer(call.state, call.body, call.uploads);
    return { status: 1, offer: offerDetail(call.state, made), id: made.id };
  },
  "POST /3.0/admin/offer/{id}": (call) => {
    const found = existingOffer(call, call.path.id, "write");
    writeOffer(call.state, found, call.body, call.uploads);
    return { status: 1, offer: offerDetail(call.state, found), id: found.id };
  },
  "POST /3.0/admin/offer/mass-update": (call) => {
    const { status, privacy, offer_id } = call.body;
    if (status === undefined && privacy === undefined) throw rejected("status or privacy is required");
    for (const found of editableOffers(call, offer_id)) {
      found.status = status ?? found.status;
      found.privacy = privacy === undefined ? found.privacy : privacyOf[privacy];
      found.updated_at = call.state.now();
    }
    return { status: 1, message: "Offers updated" };
  },
  "POST /3.0/admin/offer/delete": (call) => {
    for (const found of editableOffers(call, call.body.offer_id)) {
      call.state.offers.delete(found.id);
      call.state.deletedOffers.set(found.id, found);
    }
    return { status: 1, message: "Offers deleted" };
  },
  "GET /3.0/offers/count": ({ state, caller }) => {
    const active = [...state.offers.values()].filter((one) => one.status === "active" && reachesOffer(state, caller, one));
    return { status: 1, count: active.length };
  },
  "GET /ui/offers/available-for/{affiliate_id}": ({ state, caller, path, query }) => {
    const affiliate = orNotFound(state.affiliates.get(path.affiliate_id));
    const found = [...state.offers.values()].filter(
      (one) => isVisibleTo(state, one, affiliate) && reachesOffer(state, caller, one),
    );
    const { rows, pagination } = pageWithNext(found, query);
    return { offers: rows.map((one) => offerRow(state, one)), pagination };
  },
};
