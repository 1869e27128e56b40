import type { Caller } from "../model/caller.js";
import { spaced } from "../model/clock.js";
import { currencyId } from "../model/geo.js";
import { numbered, pick, type Row } from "../model/row.js";
import type { State } from "../model/state.js";
import { type Conversion, statusNumbers } from "../model/traffic.js";
import { actionIdOf, clickIdOf } from "../rule/conversion-id.js";
import { cents } from "../rule/ledger.js";
import { reachesAffiliate } from "../rule/reach.js";
import { externalId } from "./offer.js";

const agent = ({ profile: { os, os_version, browser, browser_version } }: Conversion): string =>
  os ? `Mozilla/5.0 (${os} ${os_version}) ${browser}/${browser_version}.0` : "";

const offerOf = (state: State, caller: Caller, one: Conversion): Row | null => {
  const offer = state.offers.get(one.offer) ?? state.deletedOffers.get(one.offer);
  if (!offer) return null;
  const url = caller.kind === "affiliate" ? null : offer.columns.url;
  return { id: offer.id, offer_id: offer.offer_id, title: offer.title, url, external_id: externalId(state, offer) };
};

/** The affiliate; the manager inside has the whole name as title and none in its parts. On odd rows it is a name. */
const partnerOf = (state: State, caller: Caller, one: Conversion): Row | null => {
  const affiliate = state.affiliates.get(one.affiliate);
  if (!affiliate || !reachesAffiliate(caller, affiliate, "read")) return null;
  const manager = affiliate.manager === null ? undefined : state.users.get(affiliate.manager);
  const title = manager ? `${manager.first_name} ${manager.last_name}` : "";
  const isName = state.ugly.has("conversion") && one.affiliate % 2 === 1;
  return {
    id: affiliate.id,
    title: affiliate.name || affiliate.email,
    ...pick(affiliate, "email", "login"),
    name: affiliate.name ?? "",
    manager: manager ? (isName ? title : { id: manager.id, title, first_name: "", last_name: "" }) : null,
    manager_id: affiliate.manager,
  };
};

const moneyOf = (caller: Caller, one: Conversion): Row => {
  const payouts = cents(one.payout);
  const revenue = cents(one.revenue);
  // Under an affiliate's key the one amount, its own pay, has the name of what advertisers pay.
  if (caller.kind === "affiliate") return { revenue: payouts };
  return caller.kind === "advertiser" ? { revenue } : { revenue, payouts, earnings: cents(revenue - payouts) };
};

/** is_paid is no yes or no, but the payment status once more, as a code. */
const paidCodes = { opened: "1", closed: "2", pending: "3" } as const;

const shared = (state: State, caller: Caller, one: Conversion): Row => {
  const isOwnSide = caller.kind !== "affiliate";
  const partner = caller.kind === "advertiser" ? null : partnerOf(state, caller, one);
  const advertiser = state.advertisers.get(one.advertiser);
  return {
    id: one.id,
    action_id: actionIdOf(one),
    conversion_id: one.id,
    cbid: actionIdOf(one),
    currency: one.currency,
    offer: offerOf(state, caller, one),
    goal: one.goal,
    goal_value: one.goalValue,
    hold_date_expire: one.holdUntil === null ? null : spaced(one.holdUntil),
    ip: one.ip,
    country: one.country.code,
    country_name: one.country.name,
    district: one.city.region,
    city: one.city.name,
    city_id: one.city.id,
    isp_code: one.isp,
    ua: agent(one),
    ...pick(one.profile, "browser", "os", "device", "device_type"),
    ...numbered("sub", one.subs),
    ...numbered(
      "custom_field_",
      one.custom.slice(0, 7).map((value) => value ?? ""),
    ),
    comment: one.comment ?? "",
    created_at: spaced(one.time),
    updated_at: spaced(one.updated),
    click_time: spaced(one.clickTime),
    referrer: one.referrer,
    ref_id: "",
    landing_id: one.landing ?? 0,
    prelanding_id: one.prelanding ?? 0,
    clickid: clickIdOf(one),
    partner,
    partner_id: partner ? one.affiliate : null,
    supplier_id: isOwnSide ? one.advertiser : null,
    advertiser: isOwnSide && advertiser ? { id: advertiser.id, title: advertiser.title } : null,
    sum: one.sum ?? 0,
    ...moneyOf(caller, one),
    payment_type: one.paymentType,
    payment_status: one.paymentStatus,
    is_paid: paidCodes[one.paymentStatus],
    fraud_risk_level: one.fraudRisk,
    decline_reason: one.declineReason,
    fraud_type: one.fraudType,
  };
};

/** A conversion in the list: the status is a word. */
export const conversionRow = (state: State, caller: Caller, one: Conversion, isRaw: boolean): Row => ({
  ...shared(state, caller, one),
  ...(isRaw ? { offer: null, partner: null, advertiser: null } : {}),
  status: one.status,
  offer_id: one.offer,
  ios_idfa: null,
  android_id: null,
  forensiq: null,
});

/** One conversion by its id: the status is a number, much of it stands twice, and `revenue` is the affiliate's part. */
export const conversionDetail = (state: State, caller: Caller, one: Conversion): Row => ({
  ...shared(state, caller, one),
  status: statusNumbers[one.status],
  offer_id: one.offer,
  currency_id: String(currencyId(one.currency)),
  price: null,
  revenue: cents(one.payout),
  charge: cents(one.revenue),
  earning: cents(one.revenue - one.payout),
  click_id: clickIdOf(one),
  createdAt: spaced(one.time),
  updatedAt: spaced(one.updated),
});
