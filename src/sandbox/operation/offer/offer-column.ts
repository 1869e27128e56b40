import type { Offer } from "../../model/offer.js";
import type { Row } from "../../model/row.js";

type Kind = "text" | "flag" | "number" | "list" | "map" | "yes";

/** A field of a body, or a field and the column that has another name. */
type Field = string | readonly [field: string, column: string];

/** Body fields of an offer that are written as they come: where the answer shows them, and as what. */
const columns: readonly [place: "columns" | "detail", kind: Kind, fields: readonly Field[]][] = [
  [
    "columns",
    "text",
    [
      ...["url", "parallel_tracking_url", "cross_postback_url", "cross_postback_method", "cross_postback_body", "domain_url"],
      ["tracking_domain", "domain_url"],
      ...["macro_url", "url_preview", "trafficback_url", "strictly_connection_type", "caps_goal_overcap", "notes"],
      ...["allowed_ip", "disallowed_ip", "hash_password", "external_offer_id", "bundle_id", "note_aff", "note_sales"],
      ...["impressions_url", "sign_clicks_integration", "start_at"],
      ["stopDate", "stop_at"],
    ],
  ],
  ["columns", "map", ["description_lang", "kpi"]],
  [
    "columns",
    "number",
    [
      ...["is_top", "notice_percent_overcap", "strictly_country", "allow_deeplink", "hide_referer"],
      ...["duplicate_clicks_threshold", "auto_offer_connect"],
    ],
  ],
  [
    "columns",
    "flag",
    [
      ...["is_cpi", "enabled_commission_tiers", "is_redirect_overcap", "is_impression_overcap", "hide_payments"],
      ...["allow_impressions", "hosts_only"],
      ["uniqIpOnly", "uniq_ip_only"],
    ],
  ],
  ["columns", "list", [["restriction_os", "strictly_os"], "restriction_isp", "strictly_brands"]],
  ["columns", "yes", ["consider_personal_targeting_only"]],
  ["detail", "text", ["redirect_type", "click_session", "minimal_click_session"]],
  ["detail", "list", ["strictly_devices", "sub_restrictions"]],
  ["detail", "number", [["rejectNotUniqIp", "reject_not_uniq_ip"], "hide_caps", "search_empty_sub"]],
];

const valueOf = (kind: Kind, value: unknown, before: unknown): unknown => {
  if (kind === "flag") return value === 1;
  if (kind === "yes") return value === "true";
  if (kind === "map") return { ...(before as Row | undefined), ...(value as Row) };
  return value;
};

/** Writes the plain fields of a body into an offer's columns; what the body leaves out stays. */
export const writeColumns = (offer: Offer, body: Row): void => {
  for (const [place, kind, fields] of columns) {
    for (const one of fields) {
      const [field, column] = typeof one === "string" ? [one, one] : one;
      if (body[field] !== undefined) offer[place][column] = valueOf(kind, body[field], offer[place][column]);
    }
  }
};
