import type { Context } from "../../context.js";
import type {
  AdvertiserOffersArgs,
  LandingResolvers,
  OfferFilter,
  OfferResolvers,
  OfferScheduleResolvers,
  OfferSourceResolvers,
  QueryResolvers,
  ScheduleIntervalResolvers,
} from "../../generated/schema.js";
import { anyStatus } from "../../loaders.js";
import { subRules } from "../affiliate/sub-account.js";
import { type Connection, connection } from "../column/connection.js";
import { hexIn, ownNumber } from "../column/joined.js";
import { inLanguage, localized } from "../column/localized.js";
import { entries, from, fromSingle, list, number, record, text, word } from "../column/read.js";
import type { CapRow, OfferRow } from "../column/row.js";
import { bit, given, hex, ids, int } from "../mutation/write.js";
import { figures, reportArgs } from "../statistics/statistics.js";

const privacyNumbers = { public: 0, premoderated: 1, private: 2 } as const;

const offerQuery = (filter: OfferFilter | null | undefined) => ({
  int_id: ids(int, filter?.ids, "filter.ids"),
  q: given(filter?.search),
  status: filter?.status ?? [...anyStatus],
  privacy: filter?.privacy?.map((level) => privacyNumbers[level]),
  advertiser: ids(hex, filter?.advertiserIds, "filter.advertiserIds"),
  advertiser_manager_id: ids(hex, filter?.advertiserManagerIds, "filter.advertiserManagerIds"),
  countries: given(filter?.countries),
  os: given(filter?.oses),
  categories: ids(hex, filter?.categoryIds, "filter.categoryIds"),
  smartlink_categories: ids(hex, filter?.smartlinkCategoryIds, "filter.smartlinkCategoryIds"),
  updated_at: given(filter?.updatedSince),
  is_top: bit(filter?.isTop),
  external_offer_id: given(filter?.externalId),
  bundle_id: given(filter?.bundleId),
  caps_type: given(filter?.hasRoomIn),
  caps_country: given(filter?.capCountry),
});

/** A connection over the offers list; `only` narrows it to what a parent stands for. */
export const offerConnection = (
  { call }: Context,
  { filter, orderBy, ...page }: Partial<AdvertiserOffersArgs>,
  only: { advertiser?: string[] } = {},
): Connection<OfferRow> => {
  const query = { ...offerQuery(filter), ...only, sort: orderBy ? { [orderBy.field]: orderBy.direction } : undefined };
  return connection(page, async ({ page, limit }) => {
    const { offers, pagination } = await call("GET /3.0/offers", { query: { ...query, page, limit } });
    return { rows: offers, total: pagination.total_count };
  });
};

export const Query = {
  offer: (_, { id }, { load }) => load.offer.load(int(id, "id")),
  offers: (_, args, context) => offerConnection(context, args),
} satisfies QueryResolvers;

const fromDetail = fromSingle((row: OfferRow, { load }: Context) => load.offerDetail.load(ownNumber(row.id)));

/** Descriptions are a map by language, or one text in older answers. */
const languages = (map: unknown) => (typeof map === "string" && map !== "" ? { en: map } : map);

/** Bare ids, titles or whole categories: Affise prints all three, by view and age. */
const categories: OfferResolvers["categories"] = (offer, _, { load }) => {
  const whole = list(offer.full_categories);
  if (whole) return whole.map((one) => record(one) ?? {});
  const some = list(offer.categories)?.map((one) => (typeof one === "string" ? one : record(one)));
  const found = some?.map((one) => {
    if (typeof one !== "string") return one;
    return /^[0-9a-f]{24}$/i.test(one) ? load.category.load(one) : load.categoryByTitle.load(one);
  });
  return found ? Promise.all(found).then((all) => all.filter((one) => one !== null)) : null;
};

/** strictly_os is a list of names, or a map of rules by name. */
const osNames = (value: unknown): string[] | null => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((name) => text(name) ?? "");
  const map = record(value) ?? {};
  return entries(map.items ?? map).map(([name]) => name);
};

/** Affiliates get a number for the offers they see. */
const statuses = { active: "active", stopped: "stopped", suspended: "suspended", "1": "active" } as const;

export const Offer = {
  objectId: from("offer_id"),
  externalId: from("external_offer_id"),
  status: ({ status }) => word(status, statuses) as never,
  advertiser: ({ advertiser }, _, { load }) => {
    const id = hexIn(advertiser !== null && typeof advertiser === "object" ? record(advertiser)?.id : advertiser);
    return id ? load.advertiser.load(id) : null;
  },
  description: (offer, { language }) => inLanguage(languages(offer.description_lang ?? offer.description), language),
  descriptions: (offer) => localized(languages(offer.description_lang ?? offer.description)),
  kpi: ({ kpi }, { language }) => inLanguage(kpi, language),
  kpis: ({ kpi }) => localized(kpi),
  url: from("url", "tracking_url"),
  previewUrl: from("preview_url", "url_preview"),
  trackingLink: from("link"),
  trackingDomain: from("domain_url", "tracking_domain"),
  redirectType: fromDetail("redirect_type"),
  categories,
  sources: from("sources", "traffic_sources"),
  smartlinkCategoryIds: from("smartlink_categories"),
  countries: ({ countries }) => list(countries)?.map((code) => text(code)?.toUpperCase() ?? "") ?? null,
  requiresApproval: from("required_approval"),
  payouts: from("payments", "payouts"),
  affiliatePayouts: from("partner_payments"),
  hidesPayouts: from("hide_payments"),
  commissionTiersEnabled: from("enabled_commission_tiers"),
  holdUnit: from("hold_type"),
  conversionRate: from("cr"),
  caps: ({ id, caps }) => list(caps)?.map((cap, place): CapRow => ({ ...record(cap), offerId: id, place })) ?? null,
  capsTimezone: fromDetail("caps_timezone"),
  capsStatuses: fromDetail("caps_status"),
  hidesCaps: fromDetail("hide_caps"),
  redirectsOvercap: from("is_redirect_overcap"),
  limitsImpressionsOvercap: from("is_impression_overcap"),
  overcapNoticePercent: from("notice_percent_overcap"),
  targeting: from("targeting", "targetings"),
  strictCountries: from("strictly_country"),
  strictOses: ({ strictly_os }) => osNames(strictly_os),
  strictBrands: from("strictly_brands"),
  strictDevices: fromDetail("strictly_devices"),
  strictConnection: from("strictly_connection_type"),
  strictIsps: from("strictly_isp"),
  restrictedIsps: from("restriction_isp"),
  personalTargetingOnly: from("consider_personal_targeting_only"),
  creativesArchive: from("creatives_zip"),
  schedule: fromDetail("schedule"),
  startsAt: from("start_at"),
  stopsAt: from("stop_at"),
  clickSession: fromDetail("click_session"),
  minimalClickSession: fromDetail("minimal_click_session"),
  allowsHttps: from("use_https"),
  allowsHttp: from("use_http"),
  allowsDeeplinks: from("allow_deeplink"),
  allowsImpressions: from("allow_impressions"),
  allowsDuplicateConversions: from("allow_duplicate_conversions"),
  impressionsUniqueBySub3: from("enable_impression_sub3_uniqueness"),
  uniqueClicksOnly: from("hosts_only"),
  uniqueIpOnly: from("uniq_ip_only"),
  rejectsRepeatedIp: fromDetail("reject_not_uniq_ip"),
  hidesReferrer: from("hide_referer"),
  clickSigning: from("sign_clicks_integration"),
  postbackSecret: from("hash_password"),
  subAccounts: ({ sub_accounts }) => subRules(sub_accounts),
  subRestrictions: fromDetail("sub_restrictions"),
  requiredSub: fromDetail("search_empty_sub"),
  locksPostbackStatus: fromDetail("disabled_choice_postback_status"),
  insertionOrder: fromDetail("io_document"),
  connectsAffiliates: from("auto_offer_connect"),
  affiliateNote: from("note_aff"),
  salesNote: from("note_sales"),
  impressionsLink: from("impressions_link"),
  statistics: async ({ id }, args, { load }, info) =>
    figures(await load.offerFigures.load(ownNumber(id), reportArgs(args, info))),
} satisfies OfferResolvers;

export const OfferSource = { isAllowed: from("allowed") } satisfies OfferSourceResolvers;

export const Landing = { previewUrl: from("url_preview") } satisfies LandingResolvers;

export const OfferSchedule = {
  isEnabled: from("enabled"),
  startDate: from("date_start"),
  endDate: from("date_to"),
} satisfies OfferScheduleResolvers;

export const ScheduleInterval = {
  weekday: from("day_of_week"),
  fromHour: (span) => number(span.from ?? span.From),
  toHour: (span) => number(span.to ?? span.To),
} satisfies ScheduleIntervalResolvers;
