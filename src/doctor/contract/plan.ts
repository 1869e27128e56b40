import type { Value } from "../../affise/encoding/encode.js";
import { type OperationInfo, operations } from "../../contract/operation.js";
import type { Schema } from "../../contract/schema.js";

/** What one call sends. */
export interface Asked {
  path: Record<string, unknown>;
  query: Record<string, Value>;
}

/** Ids met in lists, by what they are of. */
export type Ids = Map<string, string | number>;

export type KeyKind = "admin" | "affiliate" | "advertiser";

const idOf: Record<string, readonly [list: string, ...columns: string[]]> = {
  "GET /3.0/offers": ["offer", "offers", "id"],
  "GET /3.0/partner/offers": ["offer", "offers", "id"],
  "GET /3.1/advertiser/offers": ["offer", "offers", "id"],
  "GET /3.0/admin/partners": ["affiliate", "partners", "id"],
  "GET /3.1/partner/me": ["affiliate", "user", "partner_id"],
  "GET /3.0/admin/advertisers": ["advertiser", "advertisers", "id"],
  "GET /3.0/admin/users": ["user", "users", "id"],
  "GET /3.0/stats/conversions": ["conversion", "conversions", "id"],
  "GET /3.1/payments": ["payment", "payments", "id"],
  "GET /3.0/admin/advertiser-invoices": ["invoice", "message", "number"],
  "GET /3.0/admin/tickets": ["ticket", "tickets", "id"],
  "GET /3.0/admin/smartlink/categories": ["smartlink", "data", "_id"],
  "GET /3.0/partner/smartlink/categories": ["smartlink", "data", "_id"],
  "GET /3.0/news": ["news", "items", "_id", "$id"],
};

const at = (value: unknown, steps: readonly string[]): unknown =>
  steps.reduce<unknown>(
    (inside, step) => (inside && typeof inside === "object" ? (inside as Record<string, unknown>)[step] : undefined),
    value,
  );

/** Keeps the first id of a list, for the operations that read one of its rows. */
export const keepId = (operation: string, answer: unknown, ids: Ids): void => {
  const [noun, list = "", ...columns] = idOf[operation] ?? [];
  if (!noun) return;
  const rows = at(answer, [list]);
  const own = at(rows, columns);
  for (const row of own === undefined && rows && typeof rows === "object" ? Object.values(rows) : [rows]) {
    const id = at(row, columns) ?? at(row, ["id"]);
    if ((typeof id === "string" && id !== "") || typeof id === "number") {
      if (!ids.has(noun)) ids.set(noun, id);
      return;
    }
  }
};

/** Which id stands in the path of an operation. */
const nounIn: readonly [RegExp, string][] = [
  [/offers?\/\{id\}/, "offer"],
  [/\{affiliate(_id)?\}|admin\/partner\/\{id\}/, "affiliate"],
  [/admin\/advertiser\/\{id\}/, "advertiser"],
  [/admin\/user\/\{id\}/, "user"],
  [/payments\/\{id\}/, "payment"],
  [/invoice\/\{number\}/, "invoice"],
  [/ticket\/\{id\}/, "ticket"],
  [/smartlink\/category\/\{id\}/, "smartlink"],
  [/news\/\{id\}/, "news"],
];

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const dayFirst = (date: string): string => date.split("-").reverse().join("-");

/** Clicks are kept for a week; of the rest a month is enough to be seen. */
const daysFor = ({ path }: OperationInfo): number => (path.endsWith("/clicks") ? 6 : /payments/.test(path) ? 180 : 30);

const isList = (schema: Schema): boolean => schema.type === "array";

/** What the operations that cannot be asked need, and why nobody can guess it. */
const unguessable: Record<string, string> = {
  "GET /3.1/product-feed/{product_feed_id}/items": "needs the id of a product feed, which no operation lists",
  "GET /3.0/stats/retentionrate": "needs names of events, which are the network's own",
};

const fixed: Record<string, Record<string, Value>> = {
  "GET /3.0/stats/custom": { slice: ["day", "offer"] },
  "GET /3.0/appsflyer_stats/getbyslice": { slice: ["country"] },
  "GET /3.0/stats/time-to-action": { timezone: "UTC" },
};

const required = (facts: OperationInfo, name: string, schema: Schema, ids: Ids): Value => {
  const days = daysFor(facts);
  const date = (back: number) => (schema.$ref?.endsWith("/DayFirstDate") ? dayFirst(daysAgo(back)) : daysAgo(back));
  if (name === "filter") {
    const period = { date_from: daysAgo(days), date_to: daysAgo(0) };
    if (!facts.path.endsWith("/getbysub")) return period;
    const offer = ids.get("offer");
    return offer === undefined ? undefined : { ...period, offer: [offer] };
  }
  if (name === "date_from") return date(days);
  if (name === "date_to") return date(0);
  if (name === "country") return isList(schema) ? ["US"] : "US";
  if (name === "page") return 1;
  const noun = { offer_id: "offer", partner_id: "affiliate", id: "conversion", affiliate_id: "affiliate" }[name];
  const id = noun === undefined ? undefined : ids.get(noun);
  return id !== undefined && isList(schema) ? [id] : id;
};

/** What an operation is asked with, as far as it is known: rows at the most, one id met before, the last month. Or what is missing. */
export const askedOf = (facts: OperationInfo, rows: number, ids: Ids): Asked | { missing: string } => {
  const unknown = unguessable[facts.operation];
  if (unknown) return { missing: unknown };
  const asked: Asked = { path: {}, query: { ...fixed[facts.operation] } };
  for (const { name, in: place, required: isRequired, schema } of facts.parameters) {
    if (place === "path") {
      const noun = name === "os" ? undefined : nounIn.find(([pattern]) => pattern.test(facts.path))?.[1];
      const id = name === "os" ? "Android" : ids.get(noun ?? "");
      if (id === undefined) return { missing: `no ${noun ?? name} was met to ask for` };
      asked.path[name] = id;
    } else if (name === "limit") asked.query.limit = Math.min(rows, schema.maximum ?? rows);
    else if (isRequired && asked.query[name] === undefined) {
      const value = required(facts, name, schema, ids);
      if (value === undefined) return { missing: `no row was met to take ${name} from` };
      asked.query[name] = value;
    }
  }
  return asked;
};

/** Every reading operation that is open to a kind of key: lists first, then what needs an id of theirs. */
export const stepsFor = (kind: KeyKind): { lists: OperationInfo[]; single: OperationInfo[] } => {
  const reads = [...operations.values()].filter(({ method, audience }) => method === "GET" && audience.includes(kind));
  const none: Ids = new Map();
  const needsId = (facts: OperationInfo) => "missing" in askedOf(facts, 1, none);
  return { lists: reads.filter((facts) => !needsId(facts)), single: reads.filter(needsId) };
};
