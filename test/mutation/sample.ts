import { graphql } from "../world/document.js";
import type { World } from "../world/world.js";
import { pixel, prepare } from "./prepare.js";

/** One good use of a mutation. */
export interface Sample {
  input: Record<string, unknown> | undefined;
  /** The key that may do it: a General manager's unless told; null for none. */
  key?: string | null;
  /** The write that it makes. */
  write: string;
}

const affiliateKey = "sandbox-affiliate";

const seen = graphql(`{
  offers(first: 3, filter: { ids: [1, 2, 3] }) { nodes { id } }
  advertisers(first: 2) { nodes { id email } }
  affiliates(first: 1) { nodes { id email } }
  users(first: 3) { nodes { id email } }
  categories(first: 1) { nodes { id } }
  presets(first: 1) { nodes { id } }
  payments(first: 1, from: "2000-01-01", to: "2099-01-01", filter: { status: [WAITING] }) { nodes { id } }
  invoices(first: 1, filter: { status: UNPAID }) { nodes { id } }
  kpiRules(first: 1) { nodes { id offer { id } } }
  conversions(first: 2) { nodes { id } }
  tickets(first: 100) { nodes { id type status } }
  trafficSources { id }
  smartlinkCategories { id }
}`);

const payout = { type: "FIXED", currency: "USD", payout: 1, income: 2 };
const file = { name: "logo.png", base64: "iVBORw0KGgo=" };
const html = { title: "Page", width: 300, height: 250, code: "<a>" };
const day = { from: "2026-02-01", to: "2026-03-01" };
const cost = { offerId: "1", affiliateId: "2", date: "2026-02-14", sub8: "spring" };

/** A good use of every mutation, over a fresh sandbox. */
export const samples = async (world: World): Promise<Record<string, Sample>> => {
  const { data: known, errors } = await world.ask(seen);
  if (errors) throw new Error(JSON.stringify(errors));
  const first = (nodes: { id: string }[]) => nodes[0]?.id ?? "";
  const [advertiserId, userId] = [first(known.advertisers.nodes), known.users.nodes[2]?.id ?? ""];
  const ticketOf = (type: string) => known.tickets.nodes.find((one) => one.type === type && one.status === "OPEN")?.id ?? "";
  const { html: creativeId, pixelId, postbackId, correctionId } = await prepare(world);
  const change = { conversionIds: known.conversions.nodes.map(({ id }) => id), change: { comment: "x" } };
  const caps = [{ period: "DAY", type: "CONVERSIONS", value: 5 }];
  const offerIds = ["1", "2"];
  const edit = "POST /3.0/admin/offer/{id}";
  const kpi = {
    offerId: "1",
    period: "DAY",
    action: "CHANGE_STATUS",
    changeTo: "HOLD",
    goal1: "1",
    goal2: "2",
    kpi: 5,
    notifiesManager: false,
  };
  const signIn = (nodes: { email: string | null }[]) => ({ email: nodes[0]?.email, password: "Sandbox-1" });
  return {
    logInUser: { input: signIn(known.users.nodes), key: null, write: "POST /3.1/pub-auth" },
    logInAdvertiser: { input: signIn(known.advertisers.nodes), key: null, write: "POST /3.1/advertiser/login" },
    authenticateAffiliate: { input: signIn(known.affiliates.nodes), write: "POST /3.1/partner/auth" },
    registerAdvertiser: {
      input: { companyName: "Shop", email: "boss@shop.example", password: "Better-than-1" },
      key: null,
      write: "POST /3.1/advertiser/registration",
    },
    createOffer: {
      input: { title: "New", advertiserId, url: "https://a.example", payouts: [payout] },
      write: "POST /3.0/admin/offer",
    },
    copyOffer: { input: { offerId: "1", title: "Again" }, write: "POST /3.0/admin/offer" },
    updateOffer: { input: { id: "1", title: "Renamed" }, write: edit },
    updateOffers: { input: { changes: [{ offerIds, status: "STOPPED" }] }, write: "POST /3.0/admin/offer/mass-update" },
    deleteOffers: { input: { offerIds }, write: "POST /3.0/admin/offer/delete" },
    connectAffiliateToOffers: { input: { affiliateId: "3", offerIds, notify: false }, write: "POST /3.0/offer/enable-affiliate" },
    disconnectAffiliateFromOffers: {
      input: { affiliateId: "3", offerIds, notify: false },
      write: "POST /3.0/offer/disable-affiliate",
    },
    disconnectAllAffiliatesFromOffer: { input: { offerId: "4" }, write: "POST /3.0/admin/offer/{id}/disable-affiliates" },
    disconnectAffiliateFromAllOffers: { input: { affiliateId: "3" }, write: "POST /3.0/admin/affiliate/{id}/disable-offers" },
    requestOfferAccess: {
      input: { offerId: "1", comment: "please" },
      key: affiliateKey,
      write: "POST /3.0/partner/activation/offer",
    },
    updateOfferCaps: {
      input: {
        offers: [
          { offerId: "1", caps },
          { offerId: "2", caps },
        ],
      },
      write: edit,
    },
    addOfferCaps: { input: { offerIds, caps }, write: edit },
    removeOfferCaps: { input: { offerIds: ["3"], caps: [{ period: "MONTH", value: 4711 }] }, write: edit },
    addOfferTags: { input: { offerIds, tags: ["brand-new"] }, write: edit },
    removeOfferTags: { input: { offerIds: ["3"], tags: ["worn-out"] }, write: edit },
    addAffiliatePayouts: { input: { offerIds, payouts: [{ ...payout, affiliateIds: ["2"] }] }, write: edit },
    removeAffiliatePayouts: { input: { offerIds: ["3"], affiliateIds: ["3"] }, write: edit },
    createCategory: { input: { title: "New" }, write: "POST /3.0/admin/category" },
    updateCategory: { input: { id: first(known.categories.nodes), title: "New" }, write: "POST /3.0/admin/category/{id}" },
    createTrafficSource: { input: { titles: [{ language: "en", text: "New" }] }, write: "POST /3.0/admin/offer/source" },
    updateTrafficSource: {
      input: { id: first(known.trafficSources), titles: [{ language: "en", text: "New" }] },
      write: "POST /3.0/admin/offer/source/{id}",
    },
    deleteTrafficSource: { input: { id: first(known.trafficSources) }, write: "DELETE /3.0/admin/offer/source/{id}" },
    createSmartlinkCategory: { input: { title: "New" }, write: "POST /3.0/admin/smartlink/category" },
    updateSmartlinkCategory: {
      input: { id: first(known.smartlinkCategories), title: "New" },
      write: "POST /3.0/admin/smartlink/category/{id}",
    },
    deleteSmartlinkCategory: {
      input: { id: first(known.smartlinkCategories) },
      write: "POST /3.0/admin/smartlink/category/{id}/remove",
    },
    createPromocodes: {
      input: {
        promocodes: ["A1", "A2"].map((code) => ({
          code,
          offerId: "1",
          affiliateId: "2",
          startsAt: "2026-04-01T00:00:00",
          endsAt: "2026-05-01T00:00:00",
        })),
      },
      write: "POST /3.1/offers/promocodes/bulk",
    },
    setOfferLogo: { input: { offerId: "1", logo: file }, write: edit },
    addCreatives: { input: { offerId: "1", files: [{ file }] }, write: edit },
    resizeCreatives: { input: { offerId: "1", creatives: [{ fileName: "logo.png", width: 1, height: 2 }] }, write: edit },
    deleteCreatives: {
      input: { offerId: "1", creativeIds: ["1"] },
      write: "DELETE /3.0/admin/offer/{id}/remove-creative",
    },
    updateHtmlCreative: {
      input: { offerId: "1", creativeId, ...html, title: "Other" },
      write: "POST /3.0/admin/offer/{offer_id}/creative/html/{creative_id}",
    },
    deleteHtmlCreative: {
      input: { offerId: "1", creativeId },
      write: "DELETE /3.0/admin/offer/{offer_id}/creative/html/{creative_id}",
    },
    createAffiliate: {
      input: { email: "new@a.example", password: "Better-than-1", country: "DE" },
      write: "POST /3.0/admin/partner",
    },
    updateAffiliate: { input: { id: "3", notes: "x" }, write: "POST /3.0/admin/partner/{id}" },
    updateAffiliates: {
      input: { changes: [{ affiliateIds: ["3", "4"], status: "ON_MODERATION" }] },
      write: "POST /3.0/admin/partners/mass-update",
    },
    resetAffiliatePassword: { input: { affiliateId: "3" }, write: "POST /3.0/admin/partner/password/{id}" },
    setAffiliateLocale: { input: { affiliateId: "3", language: "en" }, write: "POST /3.0/admin/partner/{id}/locale" },
    rotateOwnApiKey: { input: undefined, key: affiliateKey, write: "POST /3.1/partner/api-key" },
    createPostback: { input: { affiliateId: "2", url: "https://a.example/q" }, write: "POST /3.0/partner/postback" },
    updatePostback: {
      input: { id: postbackId, affiliateId: "2", url: "https://a.example/r" },
      write: "POST /3.0/partner/postback/{id}",
    },
    deletePostback: { input: { id: postbackId }, write: "DELETE /3.0/partner/postback/{id}/remove" },
    deletePostbacksOfOffers: { input: { offerIds }, write: "DELETE /3.0/partner/postbacks/by-offers" },
    deletePostbacksOfAffiliates: { input: { affiliateIds: ["2", "3"] }, write: "DELETE /3.0/partner/postbacks/by-affiliates" },
    createPixel: { input: pixel, write: "POST /3.0/partner/pixel" },
    updatePixel: { input: { id: pixelId, name: "q" }, write: "POST /3.0/partner/pixel/{id}" },
    deletePixel: { input: { id: pixelId }, write: "DELETE /3.0/partner/pixel/{id}/remove" },
    decideOfferRequests: {
      input: { decisions: [{ ticketId: ticketOf("OFFER_REQUEST"), decision: "REJECT" }] },
      write: "POST /3.0/admin/ticket/{id}/offer",
    },
    decideSmartlinkRequests: {
      input: { decisions: [{ ticketId: ticketOf("SMARTLINK_REQUEST"), decision: "REJECT" }] },
      write: "POST /3.0/admin/ticket/{id}/smartlink",
    },
    updateConversions: { input: { changes: [change] }, write: "POST /3.0/admin/conversion/edit" },
    updateAdvertiserConversions: {
      input: { advertiserId, changes: [change] },
      write: "POST /3.0/admin/conversion/edit-by-advertiser",
    },
    updateAllMatchingConversions: {
      input: { ...day, atMost: 100_000, change: { comment: "x" } },
      write: "POST /3.0/admin/conversion/edit",
    },
    importConversions: {
      input: {
        conversions: [
          { offerId: "1", affiliateId: "3" },
          { offerId: "2", affiliateId: "3" },
        ],
      },
      write: "POST /3.0/admin/conversions/import",
    },
    importOwnConversions: {
      input: { conversions: [{ offerId: "1" }, { offerId: "1" }] },
      key: affiliateKey,
      write: "POST /4.0/affiliate/conversions/import",
    },
    createKpiRule: { input: kpi, write: "POST /3.1/automation/kpi" },
    updateKpiRule: { input: { id: first(known.kpiRules.nodes), kpi: 7 }, write: "POST /3.1/automation/kpi/{id}" },
    deleteKpiRule: { input: { id: first(known.kpiRules.nodes) }, write: "DELETE /3.1/automation/kpi/{id}" },
    createPayment: { input: { affiliateId: "3", amount: 5, currency: "USD" }, write: "POST /3.1/payments/create-for-affiliate" },
    generatePayments: { input: { affiliateIds: ["1", "2"] }, write: "POST /3.1/payments/generate" },
    updatePayment: { input: { id: first(known.payments.nodes), note: "x" }, write: "POST /3.1/payments/{id}" },
    addPaymentCorrection: {
      input: { paymentId: first(known.payments.nodes), amount: 1, comment: "x" },
      write: "POST /3.1/payments/{id}/add-correction",
    },
    deletePaymentCorrection: { input: { correctionId }, write: "DELETE /3.1/payments/del-correction/{id}" },
    removePaymentConversions: {
      input: { paymentId: first(known.payments.nodes), offerIds },
      write: "POST /3.1/payments/{invoice_id}/conversions/delete",
    },
    deletePayment: { input: { id: first(known.payments.nodes) }, write: "DELETE /3.1/payments/delete/{id}" },
    deletePayments: { input: { paymentIds: [first(known.payments.nodes)] }, write: "POST /3.1/payments/bulk-delete" },
    setAdCost: { input: { ...cost, amount: 5 }, write: "POST /3.1/adcosts" },
    deleteAdCost: { input: cost, write: "DELETE /3.1/adcosts" },
    createAdvertiser: { input: { companyName: "New" }, write: "POST /3.0/admin/advertiser" },
    updateAdvertiser: { input: { id: advertiserId, note: "x" }, write: "POST /3.0/admin/advertiser/{id}" },
    sendAdvertiserPassword: { input: { advertiserId }, write: "POST /3.0/admin/advertiser/{id}/sendpass" },
    blacklistAffiliate: {
      input: { affiliateId: "3", advertiserIds: [advertiserId] },
      write: "POST /3.0/admin/advertiser/disable-affiliate",
    },
    unblacklistAffiliate: {
      input: { affiliateId: "4", advertiserIds: [advertiserId] },
      write: "POST /3.0/admin/advertiser/enable-affiliate",
    },
    createInvoice: {
      input: { advertiserId, currency: "USD", startDate: "2026-02-01", endDate: "2026-02-28" },
      write: "POST /3.0/admin/advertiser-invoice",
    },
    updateInvoice: {
      input: { id: first(known.invoices.nodes), comment: "x" },
      write: "POST /3.0/admin/advertiser-invoice/{number}",
    },
    createUser: {
      input: { email: "new@u.example", password: "Better-than-1", firstName: "A", lastName: "B", role: "AFFILIATE_MANAGER" },
      write: "POST /3.0/admin/user",
    },
    updateUser: { input: { id: userId, firstName: "A" }, write: "POST /3.0/admin/user/{id}" },
    rotateUserApiKey: { input: { userId }, write: "POST /3.0/admin/user/api_key/{id}" },
    setUserPassword: { input: { userId, password: "Better-than-1" }, write: "POST /3.0/admin/user/{id}/password" },
    setUserPermissions: {
      input: { userId, changes: [{ section: "users", name: "entity-advertiser", level: "READ" }] },
      write: "POST /3.1/user/{id}/permissions",
    },
    createPreset: {
      input: {
        name: "New",
        role: "AFFILIATE_MANAGER",
        permissions: [{ section: "users", name: "entity-advertiser", level: "READ" }],
      },
      write: "POST /3.1/presets",
    },
    updatePreset: { input: { id: first(known.presets.nodes), name: "New" }, write: "POST /3.1/presets/{preset_id}" },
    deletePreset: { input: { id: first(known.presets.nodes) }, write: "DELETE /3.1/presets/{preset_id}" },
  };
};
