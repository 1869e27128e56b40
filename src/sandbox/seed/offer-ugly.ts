import type { Offer } from "../model/offer.js";
import { uuid } from "../model/random.js";

/**
 * The ugly offers, each with one family of oddities that Affise's own clients have met. They are the multiples of five
 * up to sixty, so that the first page of any list has them.
 *
 *  5 numbers as text: cr, epc, affiliate_epc, hold and threshold flags, "1" for true
 * 10 times of 0000-00-00 00:00:00, stop_at ""
 * 15 nulls and empty texts wherever one may stand
 * 20 payments with uuid ids, subs and custom fields as lists, region codes as numbers
 * 25 external_offer_id false, logo a full URL, restriction_isp a list of objects
 * 30 empty lists where maps belong: description_lang, kpi, sub_accounts, strictly_os
 * 35 strictly_os with items, sub_accounts with values, countries in lower case
 * 40 targeting with only some of its keys, and flags as booleans
 * 45 commission tiers with goals as maps, creatives of the older form
 * 50 no payments, landings, categories or sources at all
 * 55 a very long title with quotes, markup, an emoji and right-to-left text
 * 60 words the reference does not know: a payment type, a redirect type, a currency
 */
export const makeUgly = (offer: Offer): void => uglyForms[offer.id]?.(offer);

const uglyForms: Record<number, (offer: Offer) => void> = {
  5: (offer) => {
    offer.quirk = "text";
    Object.assign(offer.columns, { is_top: "1", strictly_country: "1", is_redirect_overcap: "0", hide_referer: "1" });
    offer.detail.hide_caps = "0";
  },
  10: (offer) => {
    offer.quirk = "zero";
    offer.columns.stop_at = "";
  },
  15: (offer) => {
    offer.quirk = "blank";
    const nulls = [
      "bundle_id",
      "logo",
      "macro_url",
      "notes",
      "allowed_ip",
      "url_preview",
      "note_aff",
      "hash_password",
      "strictly_brands",
    ];
    for (const column of nulls) offer.columns[column] = null;
    for (const column of ["cross_postback_url", "trafficback_url", "start_at", "stop_at"])
      offer.columns[column] = column === "start_at" ? null : "";
    Object.assign(offer.detail, {
      click_session: null,
      minimal_click_session: null,
      redirect_type: null,
      strictly_devices: null,
    });
    offer.caps = [];
  },
  20: (offer) => {
    offer.payments = offer.payments.map((payment, index) => ({
      ...payment,
      id: uuid("payment", offer.id * 10 + index),
      sub1: ["fb", "tt"],
      custom_field1: ["a"],
      cities: [{ id: 1001, name: "New York", region_code: 36, region: "New York", country_code: "US" }],
    }));
  },
  25: (offer) => {
    offer.columns.external_offer_id = false;
    offer.columns.logo = "https://cdn.sandbox.example/logo-25.png";
    offer.columns.restriction_isp = [{ name: "Bluepeak Wireless", country: "US" }];
  },
  30: (offer) => {
    Object.assign(offer.columns, { description_lang: [], kpi: [], sub_accounts: [], strictly_os: [] });
  },
  35: (offer) => {
    offer.columns.strictly_os = { items: { iOS: { comparison: "GTE", value: "15" } } };
    offer.columns.sub_accounts = { "1": { value: "fb,tt", except: true }, "2": { value: null, except: false } };
    offer.payments = offer.payments.map((payment) => ({
      ...payment,
      countries: payment.countries.map((code) => code.toLowerCase()),
    }));
  },
  40: (offer) => {
    offer.targeting = [
      {
        ...{ id: uuid("ugly-group", 40), name: "Old group", condition: "or", enabled: true, os_deny: false, block_proxy: true },
        country: { allow: ["US"], deny: [] },
        region: { allow: { US: [33] }, deny: [] },
        device_model: [],
        affiliate_id: [],
      },
    ];
  },
  45: (offer) => {
    offer.commission_tiers = [
      {
        id: uuid("ugly-tier", 45),
        timeframe: "all",
        type: "budget",
        value: 1000.5,
        modifier_value: 2,
        modifier_type: "to_fix",
        ...{ modifier_payment_type: "payout_and_total", goals: { "1": "Install" }, target_goals: [], affiliate_type: "exact" },
        ...{ affiliates: [1], countries: ["US"], conversion_status: null },
      },
    ];
    offer.creatives = [
      {
        id: uuid("ugly-creative", 45),
        title: "old.jpg",
        url: "//cdn.sandbox.example/old.jpg",
        type: "image/jpeg",
        size: 0,
        countries: ["US"],
      },
    ];
  },
  50: (offer) => {
    Object.assign(offer, { payments: [], partner_payments: [], landings: [], categories: [], sources: [], caps: [] });
  },
  55: (offer) => {
    offer.title =
      `${offer.title} "quoted" <b>& marked</b> \u{1F680} \u0639\u0631\u0628\u064A ${"very long title ".repeat(12)}`.trim();
  },
  60: (offer) => {
    offer.payments = offer.payments.map((payment) => ({ ...payment, type: "hybrid_v2", currency: "usdt" }));
    offer.detail.redirect_type = "http307";
  },
};
