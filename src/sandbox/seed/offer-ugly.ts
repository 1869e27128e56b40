import type { Offer } from "../model/offer.js";
import { uuid } from "../model/random.js";
import type { Row } from "../model/row.js";

/**
 * The ugly offers, each with one family of oddities that Affise's own clients have met. They are the multiples of five
 * up to sixty, so that the first page of any list has them.
 */
export const makeUgly = (offer: Offer): void => uglyForms[offer.id]?.(offer);

const nullColumns = "bundle_id logo macro_url notes allowed_ip url_preview note_aff hash_password strictly_brands start_at".split(
  " ",
);

const nullDetails = ["click_session", "minimal_click_session", "redirect_type", "strictly_devices"];

const fill = (row: Row, names: readonly string[], value: unknown): void => {
  for (const name of names) row[name] = value;
};

const uglyForms: Record<number, (offer: Offer) => void> = {
  // Numbers as text: cr, epc, affiliate_epc, hold and threshold flags, "1" for true.
  5: (offer) => {
    offer.quirk = "text";
    Object.assign(offer.columns, { is_top: "1", strictly_country: "1", is_redirect_overcap: "0", hide_referer: "1" });
    offer.detail.hide_caps = "0";
  },
  // Times of 0000-00-00 00:00:00, stop_at "".
  10: (offer) => {
    offer.quirk = "zero";
    offer.columns.stop_at = "";
  },
  // Nulls and empty texts wherever one may stand.
  15: (offer) => {
    offer.quirk = "blank";
    fill(offer.columns, nullColumns, null);
    fill(offer.columns, ["cross_postback_url", "trafficback_url", "stop_at"], "");
    fill(offer.detail, nullDetails, null);
    offer.caps = [];
  },
  // Payments with uuid ids, subs and custom fields as lists, region codes as numbers.
  20: (offer) => {
    offer.payments = offer.payments.map((payment, index) => ({
      ...payment,
      id: uuid("payment", offer.id * 10 + index),
      sub1: ["fb", "tt"],
      custom_field1: ["a"],
      cities: [{ id: 1001, name: "New York", region_code: 36, region: "New York", country_code: "US" }],
    }));
  },
  // external_offer_id false, logo a full URL, restriction_isp a list of objects.
  25: (offer) => {
    const restriction_isp = [{ name: "Bluepeak Wireless", country: "US" }];
    Object.assign(offer.columns, { external_offer_id: false, logo: "https://cdn.sandbox.example/logo-25.png", restriction_isp });
  },
  // Empty lists where maps belong.
  30: (offer) => fill(offer.columns, ["description_lang", "kpi", "sub_accounts", "strictly_os"], []),
  // strictly_os with items, sub_accounts with values, countries in lower case.
  35: (offer) => {
    offer.columns.strictly_os = { items: { iOS: { comparison: "GTE", value: "15" } } };
    offer.columns.sub_accounts = { "1": { value: "fb,tt", except: true }, "2": { value: null, except: false } };
    offer.payments = offer.payments.map((payment) => ({
      ...payment,
      countries: payment.countries.map((code) => code.toLowerCase()),
    }));
  },
  // Targeting with only some of its keys, and flags as booleans.
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
  // Commission tiers with goals as maps, creatives of the older form.
  45: (offer) => {
    offer.commission_tiers = [
      {
        ...{
          id: uuid("ugly-tier", 45),
          timeframe: "all",
          type: "budget",
          value: 1000.5,
          modifier_value: 2,
          modifier_type: "to_fix",
        },
        ...{ modifier_payment_type: "payout_and_total", goals: { "1": "Install" }, target_goals: [], affiliate_type: "exact" },
        ...{ affiliates: [1], countries: ["US"], conversion_status: null },
      },
    ];
    offer.creatives = [
      {
        ...{ id: uuid("ugly-creative", 45), title: "old.jpg", url: "//cdn.sandbox.example/old.jpg", type: "image/jpeg" },
        ...{ size: 0, countries: ["US"] },
      },
    ];
  },
  50: (offer) => {
    Object.assign(offer, { payments: [], partner_payments: [], landings: [], categories: [], sources: [], caps: [] });
  },
  // A very long title with quotes, markup, an emoji and right-to-left text.
  55: (offer) => {
    offer.title =
      `${offer.title} "quoted" <b>& marked</b> \u{1F680} \u0639\u0631\u0628\u064A ${"very long title ".repeat(12)}`.trim();
  },
  // Words the reference does not know: a payment type, a redirect type, a currency.
  60: (offer) => {
    offer.payments = offer.payments.map((payment) => ({ ...payment, type: "hybrid_v2", currency: "usdt" }));
    offer.detail.redirect_type = "http307";
  },
};
