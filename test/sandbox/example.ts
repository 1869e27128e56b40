import { form, general } from "./stranger.js";

/** A good call of an operation: by whom, with what, and whether its body is JSON. */
export interface Example {
  key?: string;
  path?: Record<string, string | number>;
  query?: string;
  body?: string;
  json?: unknown;
}

/** Ids that the seeded data is known by. */
export interface Known {
  advertiser: string;
  user: string;
  category: string;
  source: string;
  smartlink: string;
  news: string;
  preset: string;
  rule: string;
  conversion: string;
  payment: number;
  correction: number;
  invoice: number;
  postback: number;
  pixel: number;
  offerTicket: string;
  smartlinkTicket: string;
  html: { offer: number; id: string };
  creatives: number;
}

const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const dayFirst = (ago: number): string => day(ago).split("-").reverse().join("-");
const span = `date_from=${day(60)}&date_to=${day(0)}`;
const filter = `filter[date_from]=${day(60)}&filter[date_to]=${day(0)}`;

const affiliate = "sandbox-affiliate";
const advertiser = "sandbox-advertiser";
/** The sample key of a manager that may see statistics by browser. */
const seesBrowsers = "sandbox-account-manager";
const clean = "int_id[]=1&int_id[]=2&int_id[]=3&int_id[]=4";
const tree = { stats: { "affiliate-postback": { level: "deny" } } };
const rule = "offers[]=1&action_type=conversion&period=day&change_to=hold&goal1=1&goal2=2&kpi=5&notify_manager=0";

const reports = (): Record<string, Example> => {
  const plain = [
    "date",
    "hour",
    "program",
    "advertiser",
    "accountmanager",
    "affiliatemanager",
    "partner",
    "partnerbydate",
    "countries",
    "cities",
  ];
  const more = ["os", "versions", "devices", "devicemodels", "mobilecarrier", "connectiontype", "goal", "trafficback"];
  return {
    ...Object.fromEntries([...plain, ...more].map((name) => [`GET /3.0/stats/getby${name}`, { query: `${filter}&limit=20` }])),
    "GET /3.0/stats/getbybrowsers": { key: seesBrowsers, query: `${filter}&limit=20` },
    "GET /3.0/stats/getbybrowsersversion": { key: seesBrowsers, query: `${filter}&limit=20` },
    "GET /3.0/stats/getbylanding": { query: `${filter}&filter[offer]=1` },
    "GET /3.0/stats/getbyprelanding": { query: `${filter}&filter[offer]=1` },
    "GET /3.0/stats/getbysub": { key: affiliate, query: `${filter}&filter[offer][]=1&filter[offer][]=2` },
  };
};

const offers = (known: Known): Record<string, Example> => ({
  "GET /3.0/offers": { query: clean },
  "GET /3.0/offer/{id}": { path: { id: 1 } },
  "POST /3.0/admin/offer": {
    body: `title=New&advertiser=${known.advertiser}&url=https://n.example&payments[0][currency]=USD&payments[0][type]=fixed&payments[0][total]=2`,
  },
  "POST /3.0/admin/offer/{id}": { path: { id: 1 }, body: "title=Changed&caps=" },
  "POST /3.0/admin/offer/mass-update": { body: "offer_id[]=1&offer_id[]=2&status=stopped" },
  "POST /3.0/admin/offer/delete": { body: "offer_id[]=1" },
  "GET /ui/offers/available-for/{affiliate_id}": { path: { affiliate_id: 1 }, query: "limit=4" },
  "GET /3.0/partner/offers": { key: affiliate, query: clean },
  "GET /3.0/partner/live-offers": { key: affiliate, query: clean },
  "GET /3.1/advertiser/offers": { key: advertiser, query: "limit=1" },
  "GET /3.1/advertiser/offers/{id}": { key: advertiser, path: { id: 1 } },
  "POST /3.0/admin/offer/{offerId}/tracking-link": { path: { offerId: 1 }, body: "affiliate_id=1&sub1=fb" },
  "GET /3.1/offers/{id}/privacy": { path: { id: 1 } },
  "POST /3.0/offer/enable-affiliate": { body: "offer_id[]=1&pid=1" },
  "POST /3.0/offer/disable-affiliate": { body: "offer_id[]=1&pid=1" },
  "POST /3.0/admin/offer/{id}/disable-affiliates": { path: { id: 1 } },
  "POST /3.0/admin/affiliate/{id}/disable-offers": { path: { id: 1 } },
  "DELETE /3.0/admin/offer/{id}/remove-creative": { path: { id: known.creatives }, body: "creatives[]=1" },
  "POST /3.0/admin/offer/{offer_id}/creative/html/{creative_id}": {
    path: { offer_id: known.html.offer, creative_id: known.html.id },
    body: "code=<b>&name=b.html&width=300&height=250",
  },
  "DELETE /3.0/admin/offer/{offer_id}/creative/html/{creative_id}": {
    path: { offer_id: known.html.offer, creative_id: known.html.id },
  },
  "GET /3.1/offers/promocodes": { query: "limit=5" },
  "POST /3.1/offers/promocodes/bulk": {
    body: `promocodes[0][type]=manual&promocodes[0][code]=NEW&promocodes[0][offer_id]=1&promocodes[0][affiliate_id]=1&promocodes[0][date_from]=${day(1)}T00:00:00Z&promocodes[0][date_to]=${day(0)}T00:00:00Z`,
  },
  "POST /3.0/admin/category": { body: "title=Fresh" },
  "POST /3.0/admin/category/{id}": { path: { id: known.category }, body: "title=Fresh" },
  "POST /3.0/admin/offer/source": { body: "title_lang[en]=Fresh" },
  "POST /3.0/admin/offer/source/{id}": { path: { id: known.source }, body: "title_lang[en]=Fresh" },
  "DELETE /3.0/admin/offer/source/{id}": { path: { id: known.source } },
  "GET /3.1/product-feed/{product_feed_id}/items": {
    key: affiliate,
    path: { product_feed_id: known.category },
    query: "affiliate_id=1&offer_id=1",
  },
  "GET /3.0/stats/caps": { query: "offer_id[]=1&offer_id[]=2" },
});

const people = (known: Known): Record<string, Example> => ({
  "POST /3.0/admin/partner": { body: "email=fresh@aff.example&password=Sandbox-1&country=US" },
  "GET /3.0/admin/partner/{id}": { path: { id: 1 } },
  "POST /3.0/admin/partner/{id}": { path: { id: 1 }, body: "notes=Changed&custom_fields[1]=x" },
  "POST /3.0/admin/partners/mass-update": { body: "id[]=1&id[]=2&status=active" },
  "POST /3.0/admin/partner/password/{id}": { path: { id: 1 } },
  "POST /3.0/admin/partner/{id}/locale": { path: { id: 1 }, body: "lang=es&timezone=UTC" },
  "POST /3.1/partner/auth": { body: "email=AFFILIATE_EMAIL&password=Sandbox-1" },
  "GET /3.0/admin/partner/{id}/referrals": { path: { id: 2 } },
  "GET /3.1/partner/me": { key: affiliate },
  "POST /3.1/partner/api-key": { key: affiliate },
  "POST /3.1/partner/api_key": { key: affiliate },
  "GET /3.0/balance": { key: affiliate },
  "POST /3.0/admin/advertiser": { body: "title=Fresh" },
  "GET /3.0/admin/advertiser/{id}": { path: { id: known.advertiser } },
  "POST /3.0/admin/advertiser/{id}": { path: { id: known.advertiser }, body: "note=Changed" },
  "POST /3.0/admin/advertiser/{id}/sendpass": { path: { id: known.advertiser } },
  "POST /3.0/admin/advertiser/enable-affiliate": { body: `advertisers_id[]=${known.advertiser}&pid=1` },
  "POST /3.0/admin/advertiser/disable-affiliate": { body: `advertisers_id[]=${known.advertiser}&pid=1` },
  "POST /3.1/advertiser/registration": { body: "title=Fresh&email=fresh@adv.example&password=Sandbox-1" },
  "POST /3.1/advertiser/login": { body: "email=ADVERTISER_EMAIL&password=Sandbox-1" },
  "POST /3.0/admin/user": { body: "email=fresh@network.example&password=Sandbox-1&first_name=A&last_name=B&roles[]=ROLE_ADMIN" },
  "GET /3.0/admin/user/{id}": { path: { id: known.user } },
  "POST /3.0/admin/user/{id}": { path: { id: known.user }, body: "first_name=Changed" },
  "POST /3.0/admin/user/api_key/{id}": { path: { id: known.user } },
  "POST /3.0/admin/user/{id}/password": { path: { id: known.user }, body: "password=Sandbox-2" },
  "POST /3.1/user/{id}/permissions": { path: { id: known.user }, json: { permissions: tree } },
  "POST /3.1/pub-auth": { body: "email=USER_EMAIL&password=Sandbox-1" },
  "POST /3.1/presets": { json: { name: "Fresh", type: "account_manager", permissions: tree } },
  "POST /3.1/presets/{preset_id}": { path: { preset_id: known.preset }, json: { name: "Changed", permissions: tree } },
  "DELETE /3.1/presets/{preset_id}": { path: { preset_id: known.preset } },
  "POST /3.0/partner/activation/offer": { key: affiliate, body: "offer_id=OPEN_OFFER&comment=Please" },
  "GET /3.0/news": { key: affiliate },
  "GET /3.0/news/{id}": { key: affiliate, path: { id: known.news } },
  "GET /3.0/admin/ticket/{id}": { path: { id: known.offerTicket } },
  "GET /3.0/admin/tickets": { query: "page=1" },
  "POST /3.0/admin/ticket/{id}/offer": { path: { id: known.offerTicket }, body: "do=approve" },
  "POST /3.0/admin/ticket/{id}/smartlink": { path: { id: known.smartlinkTicket }, body: "do=reject" },
});

const rest = (known: Known): Record<string, Example> => ({
  "POST /3.1/automation/kpi": { body: rule },
  "POST /3.1/automation/kpi/{id}": { path: { id: known.rule }, body: rule },
  "DELETE /3.1/automation/kpi/{id}": { path: { id: known.rule } },
  "GET /3.1/automation/kpi/change-logs": { query: filter },
  "GET /3.1/automation/kpi/block-logs": { query: filter },
  "GET /3.1/automation/cr-and-sub/block-logs": { query: filter },
  "GET /3.1/adcosts": { query: "offer_id=1" },
  "POST /3.1/adcosts": { body: `offer_id=1&affiliate_id=1&date=${day(1)}&sub8=x&costs=3.5` },
  "DELETE /3.1/adcosts": { body: "AD_COST" },
  "POST /3.0/admin/advertiser-invoice": {
    body: `supplier_id=${known.advertiser}&currency=USD&detail[0][offer_id]=1&detail[0][amount]=5`,
  },
  "GET /3.0/admin/advertiser-invoice/{number}": { path: { number: known.invoice } },
  "POST /3.0/admin/advertiser-invoice/{number}": { path: { number: known.invoice }, body: "comment=Changed" },
  "GET /3.1/payments": { query: `date_from=${day(90)}&date_to=${day(0)}` },
  "GET /3.1/payments/{id}": { path: { id: known.payment } },
  "POST /3.1/payments/{id}": { path: { id: known.payment }, body: "note=Changed" },
  "POST /3.1/payments/create-for-affiliate": { body: "aid=1&sum=5&currency=1" },
  "POST /3.1/payments/generate": { body: "aid=1" },
  "POST /3.1/payments/{id}/add-correction": { path: { id: known.payment }, body: "revenue=-2.5&comment=Bonus" },
  "DELETE /3.1/payments/del-correction/{id}": { path: { id: known.correction } },
  "DELETE /3.1/payments/delete/{id}": { path: { id: known.payment } },
  "POST /3.1/payments/delete/{id}": { path: { id: known.payment }, body: "ids[]=999999" },
  "POST /3.1/payments/bulk-delete": { body: `ids[]=${known.payment}&ids[]=999999` },
  "POST /3.1/payments/{invoice_id}/conversions/delete": { path: { invoice_id: known.payment }, body: "offer_ids[]=1" },
  "GET /3.0/admin/smartlink/category/{id}/offers-count": { path: { id: known.smartlink } },
  "POST /3.0/admin/smartlink/category": { body: "name=Fresh" },
  "POST /3.0/admin/smartlink/category/{id}": { path: { id: known.smartlink }, body: "name=Changed" },
  "POST /3.0/admin/smartlink/category/{id}/remove": { path: { id: known.smartlink } },
  "GET /3.0/partner/smartlink/categories": { key: affiliate },
  "GET /3.0/partner/smartlink/category/{id}/offers-count": { key: affiliate, path: { id: known.smartlink } },
  "GET /3.0/stats/conversions": { query: `date_from=${day(7)}&date_to=${day(0)}&limit=20` },
  "GET /3.0/stats/clicks": { key: "sandbox-affiliate-manager", query: `date_from=${day(7)}&date_to=${day(0)}&limit=20` },
  "GET /3.0/stats/conversionsbyid": { query: `id=${known.conversion}` },
  "POST /3.0/admin/conversion/edit": { body: `ids[]=${known.conversion}&status=hold&payouts=3` },
  "POST /3.0/admin/conversion/edit-by-advertiser": {
    body: `ids[]=${known.conversion}&advertiser_id=CONVERSION_ADVERTISER&status=hold`,
  },
  "POST /3.0/admin/conversion/import": { body: "offer=1&pid=1" },
  "POST /3.0/admin/conversions/import": { body: "list[0][offer]=1&list[0][pid]=1&list[1][offer]=2&list[1][pid]=1" },
  "POST /4.0/affiliate/conversion/import": { key: affiliate, body: "offer=1" },
  "POST /4.0/affiliate/conversions/import": { key: affiliate, body: "list[0][offer]=1" },
  "GET /3.0/stats/custom": { query: `${filter}&slice[]=day&slice[]=offer&limit=20` },
  "GET /3.0/stats/find-subs": { key: affiliate },
  "GET /3.0/stats/retentionrate": { query: `${span}&offer_id=1&base_event=lead&events[0]=purchase` },
  "GET /3.0/stats/time-to-action": { query: `${span}&offer_id=1&timezone=UTC` },
  "GET /3.0/stats/getreferralpayments": { query: `date_from=${dayFirst(60)}&date_to=${dayFirst(0)}` },
  "GET /3.0/appsflyer_stats/getbyslice": { query: `${filter}&slice[]=country` },
  "GET /3.0/admin/postbacks": { query: "partner_id=1" },
  "POST /3.0/partner/postback": { key: affiliate, body: "url=https://a.example&pid=1&offer_id=1" },
  "POST /3.0/partner/postback/{id}": { path: { id: known.postback }, body: "url=https://b.example" },
  "DELETE /3.0/partner/postback/{id}/remove": { path: { id: known.postback } },
  "DELETE /3.0/partner/postbacks/by-offers": { query: "ids=1,2" },
  "DELETE /3.0/partner/postbacks/by-affiliates": { query: "ids=1,2" },
  "GET /3.0/stats/serverpostbacks": { query: `date_from=${dayFirst(9)}&date_to=${dayFirst(0)}` },
  "GET /3.0/stats/affiliatepostbacks": { query: `date_from=${day(9)}&date_to=${day(0)}` },
  "GET /3.0/partner/pixels": { key: affiliate },
  "GET /3.0/partner/pixels/{affiliate}": { key: affiliate, path: { affiliate: 1 } },
  "POST /3.0/partner/pixel": { key: affiliate, body: "offer_id=1&name=P&code=<img>&code_type=image" },
  "POST /3.0/partner/pixel/{id}": { path: { id: known.pixel }, body: "name=Changed" },
  "DELETE /3.0/partner/pixel/{id}/remove": { path: { id: known.pixel } },
  "GET /3.1/regions": { query: "country[]=US" },
  "GET /3.1/cities": { query: "country=US" },
  "GET /3.1/isp": { query: "country=US" },
  "GET /3.1/oses/{os}": { path: { os: "Android" } },
});

/** A good call for every operation; those absent need nothing but a key. */
export const examplesOf = (known: Known): Record<string, Example> => ({
  ...offers(known),
  ...people(known),
  ...rest(known),
  ...reports(),
});

/** The request of an example. */
export const asRequest = (operation: string, example: Example): Request => {
  const [method = "GET", pattern = ""] = operation.split(" ");
  const path = pattern.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(String(example.path?.[name] ?? "")));
  const headers: Record<string, string> = { "API-Key": example.key ?? general };
  if (example.json !== undefined) headers["content-type"] = "application/json";
  const body = example.json === undefined ? example.body && form(example.body) : JSON.stringify(example.json);
  return new Request(`http://sandbox${path}?${example.query ?? ""}`, { method, headers, ...(body ? { body } : {}) });
};
