import type { Context } from "../../context.js";
import type { AdvertiserOffersArgs, OfferFilter, OfferResolvers, Resolvers } from "../../generated/schema.js";
import { anyStatus } from "../../loaders.js";
import { subRules } from "../affiliate/sub-account.js";
import { column, detailColumn } from "../column/column.js";
import { type Connection, connection } from "../column/connection.js";
import { codes, entries, firstSaid, flag, isHexId, list, record, text, whole, word } from "../column/decode.js";
import { nullIfNotFound } from "../column/failure.js";
import { foreignKey, ownNumber } from "../column/foreign-key.js";
import { inLanguage, localized } from "../column/localized.js";
import type { OfferRow } from "../column/row.js";
import { hex, ids, int, toZeroOne } from "../mutation/write.js";
import { reportArgs } from "../statistics/statistics.js";
import { figuresOf } from "../statistics/statistics-figures.js";
import { capsOfOffer as caps } from "./cap.js";

const privacyNumbers = { public: 0, premoderated: 1, private: 2 } as const;

const offerQuery = (filter: OfferFilter | undefined) => ({
  int_id: ids(int, filter?.ids, "filter.ids"),
  q: filter?.search,
  status: filter?.status ?? [...anyStatus],
  privacy: filter?.privacy?.map((level) => privacyNumbers[level]),
  advertiser: ids(hex, filter?.advertiserIds, "filter.advertiserIds"),
  advertiser_manager_id: ids(hex, filter?.advertiserManagerIds, "filter.advertiserManagerIds"),
  countries: filter?.countries,
  os: filter?.oses as "Windows"[] | undefined,
  categories: ids(hex, filter?.categoryIds, "filter.categoryIds"),
  smartlink_categories: ids(hex, filter?.smartlinkCategoryIds, "filter.smartlinkCategoryIds"),
  updated_at: filter?.updatedFrom,
  is_top: toZeroOne(filter?.isTop),
  external_offer_id: filter?.externalId,
  bundle_id: filter?.bundleId,
  caps_type: filter?.hasRoomIn?.[0],
  caps_country: filter?.capCountries?.[0],
});

/** A connection over the offers list; `only` narrows it to what a parent stands for. */
export const offerConnection = (
  { load }: Context,
  { filter, orderBy, ...page }: Partial<AdvertiserOffersArgs>,
  only: { advertiser?: string[] } = {},
): Connection<OfferRow> => {
  const query = { ...offerQuery(filter), ...only, sort: orderBy ? { [orderBy.field]: orderBy.direction } : undefined };
  return connection(page, load.pages.offers({ query }));
};

export const Query = {
  offer: (_, { id }, { load }) => load.offer.load(int(id, "id")),
  offers: (_, args, context) => offerConnection(context, args),
} satisfies Resolvers["Query"];

const fromDetail = detailColumn((row: OfferRow, { load }: Context) => nullIfNotFound(load.offerDetail.load(ownNumber(row.id))));

/** Descriptions are a map by language, or one text in older answers. */
const descriptionIn = ({ description_lang, description }: OfferRow) => {
  const map = firstSaid(description_lang, description);
  return typeof map === "string" && map !== "" ? { en: map } : map;
};

/** Bare ids, titles or whole categories: Affise prints all three, by view and age. What stands here is as it was printed. */
const printedCategories = (offer: OfferRow) =>
  list(firstSaid(offer.full_categories, offer.categories))?.map((one) => (typeof one === "string" ? one : (record(one) ?? {})));

const present = <T>(found: (T | null | Promise<T | null>)[] | undefined): Promise<T[]> | null =>
  found ? Promise.all(found).then((all) => all.filter((one): one is Awaited<T> & {} => one !== null)) : null;

const categories: OfferResolvers["categories"] = (offer, _, { load }) =>
  present(
    printedCategories(offer)?.map((one) => {
      if (typeof one !== "string") return one;
      return isHexId(one) ? load.category.load(one) : load.categoryByTitle.load(one);
    }),
  );

const categoryIds: OfferResolvers["categoryIds"] = (offer, _, { load }) =>
  present(
    printedCategories(offer)?.map((one) => {
      if (typeof one !== "string") return text(firstSaid(one.id, one._id));
      return isHexId(one) ? one : load.categoryByTitle.load(one).then((found) => text(found?.id));
    }),
  );

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
  objectId: column("offer_id"),
  externalId: column("external_offer_id"),
  status: ({ status }) => word(status, statuses) as never,
  ...foreignKey("advertiser", "advertiser"),
  description: (offer, { language }) => inLanguage(descriptionIn(offer), language),
  descriptions: (offer) => localized(descriptionIn(offer)),
  kpi: ({ kpi }, { language }) => inLanguage(kpi, language),
  kpis: ({ kpi }) => localized(kpi),
  url: column("url", "tracking_url"),
  previewUrl: column("preview_url", "url_preview"),
  trackingLink: column("link"),
  trackingDomain: column("domain_url", "tracking_domain"),
  redirectType: fromDetail("redirect_type"),
  categoryIds,
  categories,
  sourceIds: ({ sources }) =>
    list(sources)
      ?.map((one) => record(one) ?? {})
      .flatMap(({ id, allowed }) => (flag(allowed) === false ? [] : (text(id) ?? []))) ?? null,
  sources: column("sources", "traffic_sources"),
  smartlinkCategoryIds: column("smartlink_categories"),
  countries: ({ countries }) => codes(countries),
  requiresApproval: column("required_approval"),
  payouts: column("payments", "payouts"),
  affiliatePayouts: column("partner_payments"),
  hidesPayouts: column("hide_payments"),
  commissionTiersEnabled: column("enabled_commission_tiers"),
  holdUnit: column("hold_type"),
  conversionRate: column("cr"),
  caps,
  capsTimezone: fromDetail("caps_timezone"),
  capsStatuses: fromDetail("caps_status"),
  hidesCaps: fromDetail("hide_caps"),
  redirectsOvercap: column("is_redirect_overcap"),
  limitsImpressionsOvercap: column("is_impression_overcap"),
  overcapNoticePercent: column("notice_percent_overcap"),
  targeting: column("targeting", "targetings"),
  strictCountries: column("strictly_country"),
  strictOses: ({ strictly_os }) => osNames(strictly_os),
  strictBrands: column("strictly_brands"),
  strictDevices: fromDetail("strictly_devices"),
  strictConnection: column("strictly_connection_type"),
  strictIsps: column("strictly_isp"),
  restrictedIsps: column("restriction_isp"),
  personalTargetingOnly: column("consider_personal_targeting_only"),
  creativesArchive: column("creatives_zip"),
  schedule: fromDetail("schedule"),
  startsAt: column("start_at"),
  stopsOn: column("stop_at"),
  clickSession: fromDetail("click_session"),
  minimalClickSession: fromDetail("minimal_click_session"),
  allowsHttps: column("use_https"),
  allowsHttp: column("use_http"),
  allowsDeeplinks: column("allow_deeplink"),
  allowsImpressions: column("allow_impressions"),
  allowsDuplicateConversions: column("allow_duplicate_conversions"),
  impressionsUniqueBySub3: column("enable_impression_sub3_uniqueness"),
  uniqueClicksOnly: column("hosts_only"),
  uniqueIpOnly: column("uniq_ip_only"),
  rejectsRepeatedIp: fromDetail("reject_not_uniq_ip"),
  hidesReferrer: column("hide_referer"),
  clickSigning: column("sign_clicks_integration"),
  postbackSecret: column("hash_password"),
  subAccounts: ({ sub_accounts }) => subRules(sub_accounts),
  subRestrictions: fromDetail("sub_restrictions"),
  requiredSub: fromDetail("search_empty_sub"),
  locksPostbackStatus: fromDetail("disabled_choice_postback_status"),
  insertionOrder: fromDetail("io_document"),
  connectsAffiliates: column("auto_offer_connect"),
  affiliateNote: column("note_aff"),
  salesNote: column("note_sales"),
  statistics: ({ id }, args, { load }, info) => figuresOf(load.offerFigures, ownNumber(id), reportArgs(args, info)),
} satisfies Resolvers["Offer"];

export const OfferSource = { sourceId: column("id"), isAllowed: column("allowed") } satisfies Resolvers["OfferSource"];

export const Landing = { landingId: column("id"), previewUrl: column("url_preview") } satisfies Resolvers["Landing"];

export const OfferSchedule = {
  isEnabled: column("enabled"),
  startDate: column("date_start"),
  endDate: column("date_to"),
} satisfies Resolvers["OfferSchedule"];

export const ScheduleInterval = {
  weekday: column("day_of_week"),
  fromHour: (span) => whole(span.from ?? span.From),
  toHour: (span) => whole(span.to ?? span.To),
} satisfies Resolvers["ScheduleInterval"];
