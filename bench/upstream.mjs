// A REST upstream that answers like Affise and costs next to nothing: every row is serialised once, before it listens.
// UPSTREAM_PORT (0 for any), UPSTREAM_OFFERS (1000), UPSTREAM_RATE (calls a second before it answers 429; 0 for any number). GET /bench/counts, POST /bench/reset, POST /bench/latency?ms=20,
// POST /bench/changing?on=1: no two answers are the same, byte for byte.
import { createServer } from "node:http";

const counted = (length, make) => Array.from({ length }, (_, index) => make(index));
const hex = (kind, number) => (kind + number.toString(16).padStart(6, "0")).padStart(24, "5a").slice(-24);
const time = (hours) => new Date(Date.UTC(2024, 0, 1) + hours * 3_600_000).toISOString().slice(0, 19).replace("T", " ");

const size = { offers: Number(process.env.UPSTREAM_OFFERS ?? 1_000), advertisers: 50, users: 10, affiliates: 1_000 };
const advertiserId = (number) => hex("ad0", number);
const userId = (number) => hex("0e0", number);
const codes = ["US", "GB", "DE", "FR", "ES", "IT", "PL", "BR", "IN", "VN"];
const titles = ["Gaming", "Finance", "Dating", "E-commerce", "Utilities", "Travel", "Health", "Education"];
const turn = (list, number) => list[number % list.length];

const payment = (n) => ({
  countries: [turn(codes, n), turn(codes, n + 3)],
  cities: [],
  devices: ["mobile"],
  os: [],
  goal: "1",
  total: 10 + (n % 90),
  revenue: 7 + (n % 60),
  currency: "usd",
  type: "fixed",
  with_regions: false,
});

/** An offer of 51 columns, 2 KB as text. */
const offer = (n) => ({
  id: n,
  offer_id: hex("0f0", n),
  advertiser: advertiserId(n % size.advertisers),
  hide_referer: n % 2,
  hide_payments: false,
  trackingDomainId: null,
  title: `Offer ${n} – ${turn(titles, n)} ${turn(codes, n)} CPA`,
  macro_url: "",
  url: `https://track.example.com/click?offer=${n}&clickid={clickid}&pid={pid}`,
  cross_postback_url: "",
  url_preview: `https://example.com/landing/${n}`,
  preview_url: `https://example.com/landing/${n}`,
  domain_url: `track${n % 5}.example.com`,
  use_https: true,
  use_http: false,
  description_lang: { en: `${turn(titles, n)}. Incentivised traffic is not allowed, email is allowed.`, es: "", ru: "" },
  sources: [
    { id: hex("50c", n % 12), title: "Contextual", allowed: 1 },
    { id: hex("50c", (n + 5) % 12), title: "Push", allowed: n % 2 },
  ],
  logo: `https://cdn.example.com/logos/${n % 20}.png`,
  status: n % 10 < 7 ? "active" : n % 10 < 9 ? "stopped" : "suspended",
  tags: ["top", turn(titles, n).toLowerCase()],
  privacy: ["public", "protected", "private"][n % 3],
  is_top: n % 7 === 0 ? 1 : 0,
  payments: [payment(n)],
  partner_payments: [{ ...payment(n), partners: [1 + (n % size.affiliates), 1 + ((n * 7) % size.affiliates)] }],
  caps: [
    {
      goals: {},
      period: "day",
      type: "conversions",
      value: 100 + (n % 900),
      goal_type: "each",
      affiliates: [1 + (n % size.affiliates)],
      affiliate_type: "exact",
      country_type: "all",
      country: [],
    },
  ],
  caps_timezone: "Europe/Madrid",
  caps_status: ["confirmed", "pending"],
  required_approval: n % 3 === 1,
  strictly_country: 0,
  strictly_os: { items: {}, is_excluded: false },
  strictly_brands: [],
  is_cpi: false,
  creatives: [],
  creatives_zip: null,
  landings: [],
  links: [],
  smartlink_categories: [],
  macro: { url: "", short: "" },
  categories: [turn(titles, n)],
  full_categories: [{ id: hex("ca7", n % titles.length), title: turn(titles, n) }],
  cr: (n % 100) / 10,
  epc: (n % 37) / 10,
  notes: "",
  allowed_ip: "",
  hash_password: "",
  allow_deeplink: 0,
  start_at: time(n),
  stop_at: null,
  auto_offer_connect: 0,
  redirect_type: "http302",
  created_at: time(n),
  updated_at: time(n + 500),
});

const user = (n) => ({
  id: userId(n),
  first_name: `Manager${n}`,
  last_name: `Last${n}`,
  email: `manager${n}@example.com`,
  work_hours: "9-18",
  type: "account_manager",
  skype: `manager.${n}`,
  roles: ["ROLE_ACCOUNT_MANAGER"],
  avatar: null,
  info: "",
  created_at: time(n),
  last_login_at: time(n + 900),
  locale: "en",
});

const advertiser = (n) => ({
  id: advertiserId(n),
  title: `Advertiser ${n}`,
  contact: `Contact ${n}`,
  skype: `adv.${n}`,
  manager: userId(n % size.users),
  url: `https://adv${n}.example.com`,
  email: `adv${n}@example.com`,
  allowed_ip: [],
  address_1: `${n} Main street`,
  address_2: "",
  city: "Madrid",
  country: turn(codes, n),
  zip_code: `28${String(n).padStart(3, "0")}`,
  vat_code: `ES${1_000_000 + n}`,
  sub_accounts: [],
  tags: ["direct"],
  note: "",
  offers: 20,
  created_at: time(n),
  updated_at: time(n),
});

const affiliate = (n) => ({
  id: n,
  created_at: time(n),
  updated_at: time(n + 3),
  email: `partner${n}@example.com`,
  title: `Partner ${n}`,
  login: `partner${n}`,
  ref_percent: "0",
  notes: "",
  status: n % 9 ? "active" : "banned",
  manager: user(n % size.users),
  manager_id: userId(n % size.users),
  level: "0",
  payment_systems: [],
  customFields: [],
  balance: { USD: { balance: n * 3, hold: 0, available: n * 3 } },
  offersCount: n % 40,
  city: "Kyiv",
  country: "UA",
  sub_accounts: {},
  tags: [],
  locale: "en",
});

const report = (n) => ({
  slice: { offer: { id: n, title: `Offer ${n}` } },
  traffic: { raw: n * 13, uniq: n * 11 },
  actions: {
    confirmed: { revenue: n, charge: n * 1.5, earning: n * 0.5, null: 0, count: n % 50 },
    total: { revenue: n, charge: n * 1.5, earning: n * 0.5, null: 0, count: n % 50 },
  },
  views: 0,
  cr: (n % 100) / 10,
  ratio: "1:20",
  epc: (n % 37) / 10,
});

const table = (list, one, filter, keys, make) => {
  const rows = new Map(keys.map((key, index) => [String(key), JSON.stringify(make(index))]));
  return { list, one, filter, rows, all: [...rows.values()] };
};

const numbers = (count) => counted(count, (index) => index + 1);
const lists = {
  "/3.0/offers": table("offers", "offer", "int_id", numbers(size.offers), (index) => offer(index + 1)),
  "/3.0/admin/advertisers": table("advertisers", "advertiser", "id", counted(size.advertisers, advertiserId), advertiser),
  "/3.0/admin/users": table("users", "user", "id", counted(size.users, userId), user),
  "/3.0/admin/partners": table("partners", "partner", "id", numbers(size.affiliates), (index) => affiliate(index + 1)),
  "/3.0/stats/custom": table("stats", "stat", "filter[offer]", numbers(size.offers), (index) => report(index + 1)),
};
const singles = {
  "/3.0/offer/": lists["/3.0/offers"],
  "/3.0/admin/advertiser/": lists["/3.0/admin/advertisers"],
  "/3.0/admin/user/": lists["/3.0/admin/users"],
  "/3.0/admin/partner/": lists["/3.0/admin/partners"],
};

const listed = ({ list, filter, rows, all }, query) => {
  const parameters = [...new URLSearchParams(query)];
  const given = Object.fromEntries(parameters);
  const page = Math.max(1, Number(given.page) || 1);
  const limit = Math.min(500, Math.max(1, Number(given.limit) || 100));
  const ids = parameters.filter(([name]) => name === filter || name.startsWith(`${filter}[`)).map(([, value]) => value);
  const found = ids.length ? [...new Set(ids)].map((id) => rows.get(id)).filter(Boolean) : all;
  const text = found.slice((page - 1) * limit, page * limit).join(",");
  const pagination = `{"per_page":${limit},"total_count":${found.length},"page":${page}}`;
  return Buffer.from(`{"status":1,"${list}":[${text}],"pagination":${pagination}}`);
};

const single = (path) => {
  const [prefix, { one, rows }] = Object.entries(singles).find(([start]) => path.startsWith(start)) ?? [undefined, {}];
  const row = prefix && rows.get(path.slice(prefix.length));
  return row && [`${prefix}{id}`, Buffer.from(`{"status":1,"${one}":${row}}`)];
};

const known = new Map();
const remembered = (url, make) => {
  const found = known.get(url);
  if (found) return found;
  const made = make();
  if (known.size < 20_000) known.set(url, made);
  return made;
};

const written = Buffer.from('{"status":1,"message":"done","offer":{"id":1}}');
const noKey = Buffer.from('{"status":2,"error":"Authentication required"}');
const unknown = Buffer.from('{"status":2,"error":"Not found"}');
let counts = {};
let latency = 0;
let changing = false;
let serial = 0;

const rate = Number(process.env.UPSTREAM_RATE ?? 0);
let second = 0;
let calls = 0;
/** Whether this second has had its calls. */
const isOverRate = () => {
  const now = Math.floor(Date.now() / 1_000);
  calls = now === second ? calls + 1 : 1;
  second = now;
  return rate > 0 && calls > rate;
};
const tooMany = Buffer.from('{"status":2,"error":"Too many requests"}');

const changed = (body) => {
  serial += 1;
  return Buffer.concat([body.subarray(0, -1), Buffer.from(`,"serial":${serial}}`)]);
};

const answerTo = ({ method, url, headers }, path, query) => {
  if (!headers["api-key"]) return [403, path, noKey];
  if (method === "POST") return [200, `POST ${path.replace(/\d+$/, "{id}")}`, written];
  const list = lists[path];
  if (list) return [200, `GET ${path}`, remembered(url, () => listed(list, query))];
  const [label, row] = single(path) ?? [];
  return row ? [200, `GET ${label}`, row] : [404, "unknown", unknown];
};

const server = createServer((request, response) => {
  const { url } = request;
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? "" : url.slice(mark + 1);
  const send = (status, body) => {
    response.writeHead(status, { "content-type": "application/json", "content-length": body.length });
    response.end(body);
  };
  if (path.startsWith("/bench/")) {
    if (path === "/bench/reset") counts = {};
    if (path === "/bench/changing") changing = query === "on=1";
    if (path === "/bench/latency") latency = Number(new URLSearchParams(query).get("ms"));
    return send(200, Buffer.from(JSON.stringify(counts)));
  }
  const [status, label, known] = isOverRate() ? [429, "refused", tooMany] : answerTo(request, path, query);
  const body = changing ? changed(known) : known;
  counts[label] = (counts[label] ?? 0) + 1;
  // A body that nobody reads would keep the connection.
  request.resume();
  if (latency > 0) setTimeout(send, latency, status, body);
  else send(status, body);
});
server.keepAliveTimeout = 600_000;
server.headersTimeout = 610_000;
server.listen(Number(process.env.UPSTREAM_PORT ?? 0), "127.0.0.1", () => process.send?.({ port: server.address().port }));
process.on("SIGTERM", () => process.exit(0));
