/**
 * A call as a client outside this project writes it: whole query, bracket forms and body as it builds them, and what it reads in the answer.
 * `reads` names leaves by path (`[]` any row of a list, `*` any value of a map) and the type its program declares; null passes everywhere,
 * as in Go and PHP.
 */
export interface OutsideCall {
  client: "go" | "php" | "mcp" | "postman";
  call: string;
  key?: string;
  body?: string | Record<string, unknown>;
  reads?: Record<string, "int" | "float" | "text" | "flag" | "list" | "map" | "any">;
}

/** Ids of the sandbox that calls speak of. */
export interface Ids {
  advertiser: string;
  /** The 24 hex digits of a private offer. */
  offer: string;
  category: string;
  conversion: string;
  manager: string;
  source: string;
  user: string;
  invoice: number;
  postback: number;
  pixel: number;
  ticket: string;
  smartlink: string;
  news: string;
  preset: string;
}

export const affiliate = "sandbox-affiliate";
export const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
export const dayFirst = (ago: number): string => day(ago).split("-").reverse().join("-");
export const days = `filter%5Bdate_from%5D=${day(30)}&filter%5Bdate_to%5D=${day(0)}`;
export const span = `date_from=${day(30)}&date_to=${day(0)}`;

const action = { revenue: "float", charge: "float", earning: "float", null: "int", count: "int" } as const;
const actions = (status: string): OutsideCall["reads"] =>
  Object.fromEntries(Object.entries(action).map(([name, type]) => [`stats[].actions.${status}.${name}`, type]));
export const row: OutsideCall["reads"] = {
  status: "int",
  "pagination.page": "int",
  "pagination.per_page": "int",
  "pagination.total_count": "int",
  "pagination.next_page": "int",
  "stats[].traffic.raw": "text",
  "stats[].traffic.uniq": "text",
  ...actions("*"),
};
export const offer: OutsideCall["reads"] = {
  "offers[].id": "int",
  "offers[].offer_id": "text",
  "offers[].title": "text",
  "offers[].description_lang": "any",
  "offers[].sources[].allowed": "int",
  "offers[].tags": "list",
  "offers[].payments[].total": "float",
  "offers[].payments[].currency": "text",
  "offers[].landings[].url": "text",
  "offers[].hold_period": "int",
  "offers[].categories": "list",
  "offers[].required_approval": "flag",
  "offers[].is_cpi": "flag",
  "pagination.total_count": "int",
};
export const partner = (at: string): OutsideCall["reads"] => ({
  [`${at}.id`]: "int",
  [`${at}.created_at`]: "text",
  [`${at}.email`]: "text",
  [`${at}.login`]: "text",
  [`${at}.ref_percent`]: "text",
  [`${at}.status`]: "text",
  [`${at}.payment_systems`]: "list",
  [`${at}.customFields`]: "list",
  [`${at}.offersCount`]: "int",
  [`${at}.ref`]: "text",
  [`${at}.balance.*.balance`]: "float",
  [`${at}.balance.*.hold`]: "float",
  [`${at}.balance.*.available`]: "float",
});
export const user = (at: string): OutsideCall["reads"] => ({
  [`${at}.id`]: "text",
  [`${at}.first_name`]: "text",
  [`${at}.email`]: "text",
  [`${at}.roles`]: "list",
  [`${at}.api_key`]: "text",
  [`${at}.type`]: "text",
  [`${at}.created_at`]: "text",
});
