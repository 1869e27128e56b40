import type { Value } from "../../affise/encoding/encode.js";
import { withFieldNames } from "../../affise/error/caller-words.js";
import type { Input, Operation } from "../../contract/operation.js";
import type {
  CreateOfferInput,
  LandingInput,
  LocalizedTextInput,
  OfferScheduleInput,
  UpdateOfferInput,
} from "../../generated/schema.js";
import { subRuleColumns } from "../affiliate/sub-account.js";
import { byLanguage } from "../column/localized.js";
import { type ColumnWriter, columns, columnsWritten, each, hex, idTo, int, zeroOne } from "../mutation/write.js";
import { capColumns } from "./cap-body.js";
import { payoutColumns, tierColumns } from "./offer-payment-body.js";
import { targetingColumns } from "./targeting-body.js";

export type BodyOf<O extends Operation> = Input<O> extends { body?: infer B } ? Exclude<B, undefined> : never;

export type OfferBody = BodyOf<"POST /3.0/admin/offer/{id}">;

/** The wire says protected where its answers say premoderated. */
export const privacyWord = (privacy: string | null | undefined) =>
  privacy === "premoderated" ? "protected" : (privacy ?? undefined);

/** Bodies have the intervals nested by weekday, answers flat. */
const scheduleColumns = (
  { isEnabled, startDate, endDate, timezone, intervals }: OfferScheduleInput,
  argument: string,
): Record<string, Value> => {
  const body = {
    enabled: isEnabled === null || isEnabled === undefined ? undefined : Number(isEnabled),
    date_start: startDate,
    date_to: endDate,
    timezone,
    intervals: intervals
      ? Array.from({ length: 7 }, (_, day) =>
          intervals.flatMap(({ weekday, fromHour: from, toHour: to }, index) => {
            const at = `${argument}.intervals.${index}`;
            return weekday === day ? [withFieldNames({ from, to }, { from: `${at}.fromHour`, to: `${at}.toHour` })] : [];
          }),
        )
      : undefined,
  };
  return withFieldNames(body, { enabled: ".isEnabled", date_start: ".startDate", date_to: ".endDate" });
};

const ways: Record<string, ColumnWriter> = {
  advertiserId: idTo("advertiser", hex),
  payouts: each("payments", payoutColumns),
  affiliatePayouts: each("partner_payments", payoutColumns),
  privacy: (privacy: string) => ({ privacy: privacyWord(privacy) }),
  caps: each("caps", capColumns),
  capsStatuses: "caps_status",
  hidesCaps: zeroOne("hide_caps"),
  redirectsOvercap: zeroOne("is_redirect_overcap"),
  limitsImpressionsOvercap: zeroOne("is_impression_overcap"),
  overcapNoticePercent: "notice_percent_overcap",
  descriptions: (texts: LocalizedTextInput[], argument) => ({ description_lang: byLanguage(texts, argument) }),
  kpis: (texts: LocalizedTextInput[], argument) => ({ kpi: byLanguage(texts, argument) }),
  previewUrl: "url_preview",
  categoryIds: each("categories", hex),
  sourceIds: each("sources", hex),
  smartlinkCategoryIds: each("smartlink_categories", hex),
  isTop: zeroOne("is_top"),
  isCpi: zeroOne("is_cpi"),
  landings: each("landings", (landing: LandingInput, argument) =>
    columns(
      { ...landing, previewUrl: landing.previewUrl ?? "" },
      { landingId: idTo("id", int), previewUrl: "url_preview" },
      argument,
    ),
  ),
  targeting: each("targeting", targetingColumns),
  personalTargetingOnly: (only: boolean) => ({ consider_personal_targeting_only: String(only) }),
  strictCountries: zeroOne("strictly_country"),
  strictConnection: "strictly_connection_type",
  strictBrands: "strictly_brands",
  strictDevices: "strictly_devices",
  commissionTiers: each("commission_tiers", tierColumns),
  commissionTiersEnabled: zeroOne("enabled_commission_tiers"),
  hidesPayouts: zeroOne("hide_payments"),
  holdUnit: "hold_type",
  schedule: (schedule: OfferScheduleInput, argument) => ({ schedule: scheduleColumns(schedule, argument) }),
  startsAt: "start_at",
  stopsOn: "stopDate",
  allowsDeeplinks: zeroOne("allow_deeplink"),
  allowsImpressions: zeroOne("allow_impressions"),
  additionalImpressionUrls: "additional_impression_destination_urls",
  uniqueClicksOnly: zeroOne("hosts_only"),
  uniqueBy: "host_uniqueness_type",
  uniqueIpOnly: zeroOne("uniqIpOnly"),
  rejectsRepeatedIp: zeroOne("rejectNotUniqIp"),
  clickSigning: "sign_clicks_integration",
  postbackSecret: "hash_password",
  subAccounts: subRuleColumns,
  requiredSub: "search_empty_sub",
  externalId: "external_offer_id",
  affiliateNote: "note_aff",
  salesNote: "note_sales",
  connectsAffiliates: zeroOne("auto_offer_connect"),
  managerIds: each("managers", hex),
  sendEmails: zeroOne("send_emails"),
};

/** The fields of an offer's input by the columns that they are written to, where those have other names. */
export const fieldsByColumn: Readonly<Record<string, string>> = {
  advertiser: "advertiserId",
  sub_account_1: "subAccounts",
  sub_account_2: "subAccounts",
  ...Object.fromEntries(Object.entries(ways).flatMap(([field, way]) => columnsWritten(way).map((column) => [column, field]))),
};

/** What the input says, as the body of an offer's write; `argument` is where the input stands. */
export const offerBody = <O extends Operation>(
  input: Partial<CreateOfferInput | Omit<UpdateOfferInput, "id">>,
  argument = "input",
): BodyOf<O> => columns(input, ways, argument) as BodyOf<O>;
