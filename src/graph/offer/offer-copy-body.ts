import type { Value } from "../../affise/encoding/encode.js";
import { camel, withFieldNames } from "../../affise/error/caller-words.js";
import { entries, flag, list, number, type Row, record, rows, text } from "../column/decode.js";
import type { OfferRow } from "../column/row.js";
import { capAsBody, goalValues } from "./cap-body.js";
import type { BodyOf } from "./offer-body.js";
import { fieldsByColumn, privacyWord } from "./offer-body.js";
import { payoutAsBody, personalPayoutAsBody } from "./offer-payment-body.js";

/** What is sent under a name, read by the same, or by those that stand behind it. */
type Column = string | readonly [body: string, ...columns: string[]];

const texts: readonly Column[] = [
  ...["title", "advertiser", "status", "url", "parallel_tracking_url", "cross_postback_url", "cross_postback_method"],
  ...["cross_postback_body", "macro_url", "trafficback_url", "caps_timezone", "caps_goal_overcap", "hold_type", "notes"],
  ...["allowed_ip", "disallowed_ip", "hash_password", "redirect_type", "click_session", "minimal_click_session", "bundle_id"],
  ...["external_offer_id", "note_aff", "note_sales", "impressions_url", "sign_clicks_integration", "strictly_connection_type"],
  ["url_preview", "url_preview", "preview_url"],
  ["tracking_domain", "domain_url", "tracking_domain"],
];

const flags: readonly Column[] = [
  ...["is_top", "is_cpi", "strictly_country", "enabled_commission_tiers", "allow_deeplink", "is_redirect_overcap"],
  ...["is_impression_overcap", "hide_payments", "hide_caps", "allow_impressions", "auto_offer_connect", "hosts_only"],
  "hide_referer",
  ["uniqIpOnly", "uniq_ip_only"],
  ["rejectNotUniqIp", "reject_not_uniq_ip"],
];

const numbers = ["notice_percent_overcap", "hold_period", "duplicate_clicks_threshold", "search_empty_sub"];
const lists = ["tags", "caps_status", "smartlink_categories", "strictly_devices", "strictly_brands"];

const first = (row: Row, columns: readonly string[]) =>
  columns.map((column) => row[column]).find((value) => value !== null && value !== undefined && value !== "");

/** Columns as one reads them, under the names by which they are sent; what says nothing is left out. */
const gathered = (row: Row, columns: readonly Column[], read: (value: unknown) => Value) =>
  Object.fromEntries(
    columns.flatMap((column) => {
      const [body, ...from] = typeof column === "string" ? [column, column] : column;
      const value = read(first(row, from));
      return value === null || value === undefined ? [] : [[body, value] as const];
    }),
  );

const toBit = (value: unknown): Value => {
  const read = flag(value);
  return read === null ? null : Number(read);
};

/** Ids of rows that stand bare or whole. */
const idsIn = (value: unknown): string[] =>
  (list(value) ?? [])
    .map((one) => text(one !== null && typeof one === "object" ? (record(one)?.id ?? record(one)?._id) : one))
    .filter((id) => id !== null);

const isEmpty = (value: unknown): boolean =>
  value === "" || value === null || value === undefined || (typeof value === "object" && Object.values(value).every(isEmpty));

/** A rule, tree or map without what is empty. */
const filled = (value: unknown): Value => {
  if (Array.isArray(value)) return value.map(filled);
  if (value === null || value === undefined) return undefined;
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "object") return value as string | number;
  const kept = Object.entries(value).filter(([, inner]) => !isEmpty(inner));
  return Object.fromEntries(kept.map(([name, inner]) => [name, filled(inner)]));
};

/** A rule without the id by which the original is known; what it holds may be by names of countries, of which one is ID. */
const withoutId = ({ id: _, ...rule }: Row): Record<string, Value> => filled(rule) as Record<string, Value>;

const tierAsBody = (tier: Row): Value => ({
  ...withoutId(tier),
  goals: goalValues(tier.goals),
  target_goals: goalValues(tier.target_goals),
});

const landingAsBody = (landing: Row): Value => ({
  title: text(landing.title) ?? "",
  url: text(landing.url) ?? "",
  url_preview: text(landing.url_preview) ?? "",
  type: text(landing.type),
});

const scheduleAsBody = (value: unknown): Value => {
  const schedule = record(value);
  if (!schedule) return undefined;
  const spans = rows(schedule.intervals);
  const ofDay = (day: number) =>
    spans
      .filter(({ day_of_week }) => number(day_of_week) === day)
      .map(({ from, From, to, To }) => ({ from: number(from ?? From), to: number(to ?? To) }));
  return {
    enabled: toBit(schedule.enabled),
    date_start: text(schedule.date_start)?.slice(0, 10),
    date_to: text(schedule.date_to)?.slice(0, 10),
    timezone: text(schedule.timezone),
    intervals: spans.length ? Array.from({ length: 7 }, (_, day) => ofDay(day)) : undefined,
  };
};

const subAccountsAsBody = (value: unknown): Record<string, Value> => {
  const rules = record(Array.isArray(value) ? Object.fromEntries(value.map((rule, index) => [index + 1, rule])) : value) ?? {};
  return Object.fromEntries(
    ["1", "2"].flatMap((sub): [string, Value][] => {
      const rule = record(rules[sub]);
      const values = text(rule?.value);
      return values
        ? [
            [`sub_account_${sub}`, values],
            [`sub_account_${sub}_except`, toBit(rule?.except) ?? 0],
          ]
        : [];
    }),
  );
};

const mapIn = (value: unknown): Value => {
  const map = Object.fromEntries(entries(typeof value === "string" ? null : value).filter(([, words]) => text(words) !== null));
  return Object.keys(map).length ? (map as Record<string, string>) : undefined;
};

/** When it starts, where Affise still takes that: the day is not past, wherever the network's midnight is. */
const startAhead = (value: unknown): string | undefined => {
  const start = text(value);
  return start && start > new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) ? start : undefined;
};

/** What of a payout is the original's alone, or cannot be written. */
const ofOriginal = { id: undefined, url: undefined, with_regions: undefined };

/** An offer as it was read, in the form in which another like it can be made. Ids of its parts stay behind: they are the original's. `argument` is what names it. */
export const offerAsBody = (row: OfferRow & Row, argument: string): BodyOf<"POST /3.0/admin/offer"> => {
  const body: Record<string, Value> = {
    ...gathered(row, texts, text),
    ...gathered(row, flags, toBit),
    ...gathered(row, numbers, number),
    ...Object.fromEntries(lists.map((name) => [name, (list(row[name]) ?? []).map(String)])),
    privacy: privacyWord(text(row.privacy)),
    consider_personal_targeting_only:
      flag(row.consider_personal_targeting_only) === null ? undefined : String(flag(row.consider_personal_targeting_only)),
    description_lang: mapIn(row.description_lang),
    kpi: mapIn(row.kpi),
    categories: idsIn(row.full_categories ?? row.categories),
    sources: rows(row.sources)
      .filter(({ allowed }) => flag(allowed) !== false)
      .flatMap(({ id }) => text(id) ?? []),
    payments: rows(row.payments).map((payout) => ({ ...payoutAsBody(payout), ...ofOriginal })),
    partner_payments: rows(row.partner_payments).map((payout) => ({ ...personalPayoutAsBody(payout), ...ofOriginal })),
    caps: rows(row.caps).map(capAsBody),
    landings: rows(row.landings).map(landingAsBody),
    targeting: rows(row.targeting).map(withoutId),
    commission_tiers: rows(row.commission_tiers).map(tierAsBody),
    sub_restrictions: rows(row.sub_restrictions).map(withoutId),
    ...subAccountsAsBody(row.sub_accounts),
    schedule: scheduleAsBody(row.schedule),
    start_at: startAhead(row.start_at),
    stopDate: text(row.stop_at)?.slice(0, 10),
  };
  const sent = Object.entries(body).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  const paths = sent.map(([column]) => [column, `${argument}: its ${fieldsByColumn[column] ?? camel(column)}`]);
  return withFieldNames(Object.fromEntries(sent) as BodyOf<"POST /3.0/admin/offer">, Object.fromEntries(paths));
};

/** Whether a payout has what cannot be written: an address or regions of its own. */
const leadsElsewhere = ({ url, with_regions }: Row) => text(url) !== null || flag(with_regions) === true;

/** What an original has and Affise has no way to write, by the names of its fields. */
export const leftBehind = (row: OfferRow & Row): string[] => {
  const said: [string, boolean][] = [
    ["creatives", rows(row.creatives).length > 0],
    ["logo", text(row.logo) !== null],
    ["startsAt", text(row.start_at) !== null && !startAhead(row.start_at)],
    ["strictOses", !isEmpty(row.strictly_os)],
    ["strictIsps", !isEmpty(row.strictly_isp)],
    ["restrictedIsps", !isEmpty(row.restriction_isp)],
    ["locksPostbackStatus", flag(row.disabled_choice_postback_status) === true],
    ["insertionOrder", !isEmpty(row.io_document)],
    ["logoSource", text(row.logo_source) !== null],
    ["allowsHttps", flag(row.use_https) === true],
    ["allowsHttp", flag(row.use_http) === true],
    ["allowsDuplicateConversions", flag(row.allow_duplicate_conversions) === true],
    ["impressionsUniqueBySub3", flag(row.enable_impression_sub3_uniqueness) === true],
    ["sources", rows(row.sources).some(({ allowed }) => flag(allowed) === false)],
    ["payouts", rows(row.payments).some(leadsElsewhere)],
    ["affiliatePayouts", rows(row.partner_payments).some(leadsElsewhere)],
  ];
  return said.flatMap(([name, isThere]) => (isThere ? [name] : []));
};
