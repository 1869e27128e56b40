import { isVisibleTo, reachesAdvertiser, reachesOffer } from "./access.js";
import type { CapRule } from "./cap.js";
import { denied, notFound, rejected } from "./failure.js";
import { findOffers } from "./offer-filter.js";
import { advertiserOffer, affiliateOffer, offerDetail, offerRow } from "./offer-view.js";
import { createOffer, writeOffer } from "./offer-write.js";
import { pageWithNext } from "./paging.js";
import type { Call, Operation, Routes } from "./route.js";

export type Row = Record<string, unknown>;

/** A payout rule; with partners it is personal to those affiliates. */
export interface OfferPayment extends Row {
  id: number | string;
  goal: string;
  total: number;
  revenue: number;
  currency: string;
  type: string;
  countries: string[];
  country_exclude: boolean | number | string;
  partners?: number[];
}

export interface OfferLanding extends Row {
  id: number;
  title: string;
  url: string;
  url_preview: string;
  type: string;
}

export interface Offer {
  id: number;
  offer_id: string;
  title: string;
  advertiser: string;
  status: "active" | "stopped" | "suspended";
  privacy: "public" | "premoderated" | "private";
  /** The affiliates connected to the offer and those shut out of it. */
  enabled: Set<number>;
  disabled: Set<number>;
  categories: string[];
  sources: { id: string; allowed: number | boolean }[];
  payments: OfferPayment[];
  partner_payments: OfferPayment[];
  landings: OfferLanding[];
  caps: CapRule[];
  caps_status: string[];
  caps_timezone: string | null;
  targeting: Row[];
  commission_tiers: Row[];
  creatives: Row[];
  tags: string[];
  countries: string[];
  smartlink_categories: string[];
  hold_period: number;
  hold_type: string;
  created_at: number;
  updated_at: number;
  /** The remaining columns, printed as they are: those of every row, and those only the single offer has. */
  columns: Row;
  detail: Row;
  /** Which ugly form the row takes, if any; see the seed. */
  quirk: string | null;
}

/** The offer, if the caller may read it or edit it. */
export const existingOffer = (call: Call<Operation>, id: number, level: "read" | "write" = "read"): Offer => {
  const offer = call.state.offers.get(id);
  if (!offer || !reachesOffer(call.state, call.caller, offer, "read")) throw notFound();
  if (level === "write" && !reachesOffer(call.state, call.caller, offer, "write")) throw denied();
  return offer;
};

/** The offers of a bulk write: unknown ids are passed over, and one that may not be edited refuses all. */
export const editableOffers = (call: Call<Operation>, ids: readonly number[]): Offer[] => {
  const found = ids.flatMap((id) => call.state.offers.get(id) ?? []);
  if (!found.length) throw notFound();
  if (found.some((offer) => !reachesOffer(call.state, call.caller, offer, "write"))) throw denied();
  return found;
};

const privacyOf = { public: "public", protected: "premoderated", private: "private" } as const;

const view = (call: Call<Operation>, offer: Offer): Row => {
  if (call.caller.kind === "affiliate") return affiliateOffer(call.state, offer, call.caller.affiliate);
  return call.caller.kind === "advertiser" ? advertiserOffer(call.state, offer) : offerRow(call.state, offer);
};

export const offer: Routes = {
  "GET /3.0/offers": (call) => {
    const { state, caller, query } = call;
    const { rows, pagination } = pageWithNext(findOffers(state, caller, query), {
      page: query.page ?? 1,
      limit: query.limit ?? 100,
    });
    const withAffiliates = caller.kind === "admin" && query.additional_fields === "enabled_affiliates";
    const offers = rows.map((one) =>
      withAffiliates ? { ...view(call, one), enabled_affiliates: [...one.enabled] } : view(call, one),
    );
    return { status: 1, offers, pagination };
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
      found.updated_at = call.state.now().getTime();
    }
    return { status: 1, message: "Offers updated" };
  },
  "POST /3.0/admin/offer/delete": (call) => {
    for (const found of editableOffers(call, call.body.offer_id)) call.state.offers.delete(found.id);
    return { status: 1, message: "Offers deleted" };
  },
  "GET /3.0/offers/count": ({ state, caller }) => {
    const active = [...state.offers.values()].filter((one) => one.status === "active" && reachesOffer(state, caller, one));
    return { status: 1, count: active.length };
  },
  "GET /ui/offers/available-for/{affiliate_id}": ({ state, caller, path, query }) => {
    const affiliate = state.affiliates.get(path.affiliate_id);
    if (!affiliate) throw notFound();
    const found = [...state.offers.values()].filter(
      (one) => isVisibleTo(state, one, affiliate) && reachesOffer(state, caller, one),
    );
    const { rows, pagination } = pageWithNext(found, { page: query.page ?? 1, limit: query.limit ?? 100 });
    return { offers: rows.map((one) => offerRow(state, one)), pagination };
  },
};
